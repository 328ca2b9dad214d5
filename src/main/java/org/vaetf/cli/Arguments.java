package org.vaetf.cli;

import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Named;

/** The options given to a command, read as what they stand for. */
final class Arguments {
  private final CommandLine line;

  private Arguments(CommandLine line) {
    this.line = line;
  }

  /**
   * Takes a command's options apart.
   *
   * @throws UsageException if one is not known, given twice, or lacks its value
   */
  static Arguments parse(Command command, List<String> words) {
    words.forEach(Arguments::requireReadable);
    requireReadable(System.getProperty("user.dir"));
    List<CliOption> known = optionsOf(command);
    Options options = new Options();
    known.forEach(option -> options.addOption(option.parsed()));
    CommandLine line;
    try {
      line =
          DefaultParser.builder()
              .setAllowPartialMatching(false)
              .get()
              .parse(options, words.toArray(new String[0]));
    } catch (UnrecognizedOptionException e) {
      throw unknown(command, e.getOption());
    } catch (MissingArgumentException e) {
      CliOption option = CliOption.ofLabel(known, e.getOption().getLongOpt()).orElseThrow();
      throw new UsageException(
          option.flag() + " has no value; expected " + option.usage() + ": " + option.help());
    } catch (ParseException e) {
      throw new UsageException(e.getMessage());
    }
    if (!line.getArgList().isEmpty() && command.operands().isEmpty()) {
      throw new UsageException(
          "unexpected '"
              + line.getArgList().get(0)
              + "'; expected options alone, as in: "
              + command.example());
    }
    if (command.operands().equals(TrainedModel.OPERAND)) {
      requireOneModel(command, line);
    }
    for (CliOption option : known) {
      long times =
          Arrays.stream(line.getOptions())
              .filter(given -> given.getLongOpt().equals(option.label()))
              .count();
      if (times > 1 && option != CliOption.SET) {
        throw new UsageException(option.flag() + " is given " + times + " times; expected it once");
      }
    }
    return new Arguments(line);
  }

  private static void requireOneModel(Command command, CommandLine line) {
    List<String> operands = line.getArgList();
    if (operands.size() > 1) {
      throw new UsageException(
          "unexpected "
              + TypedText.quoted(operands.get(1))
              + "; expected one RUN, as in: "
              + command.example());
    }
    if (!operands.isEmpty() && line.hasOption(CliOption.MODEL.label())) {
      throw UsageException.inapplicable(
          CliOption.MODEL,
          TypedText.quoted(operands.get(0)) + " stands in its place already; expected one of them");
    }
  }

  /** Where the locale's encoding lacks a letter, Java puts a sign in its place: a name is lost. */
  private static void requireReadable(String word) {
    Charset encoding = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    if (!encoding.newEncoder().canEncode(word)) {
      throw new UsageException(
          TypedText.quoted(word)
              + " has lost letters, which the locale's encoding "
              + encoding
              + " lacks; expected one that has all, as LC_ALL=C.UTF-8 sets it");
    }
  }

  /** All that a command takes. */
  static List<CliOption> optionsOf(Command command) {
    List<CliOption> options = new ArrayList<>(command.options());
    options.addAll(CliOption.EVERYWHERE);
    return options;
  }

  private static UsageException unknown(Command command, String word) {
    String flag = word.replaceFirst("=.*", "");
    String what = "unknown option " + flag + " of " + command.name();
    if (CliOption.flags(CliOption.all()).contains(flag)) {
      what = flag + " is no option of " + command.name();
    }
    String hint =
        Suggestion.closest(flag, CliOption.flags(optionsOf(command)))
            .map(close -> "did you mean " + close + "? ")
            .orElse("");
    return new UsageException(what + "; " + hint + "'" + command.name() + " --help' lists them");
  }

  boolean has(CliOption option) {
    return line.hasOption(option.label());
  }

  Optional<String> text(CliOption option) {
    return Optional.ofNullable(line.getOptionValue(option.label()));
  }

  /** The values of an option that may be given several times. */
  List<String> texts(CliOption option) {
    String[] values = line.getOptionValues(option.label());
    return values == null ? List.of() : List.of(values);
  }

  /** What stands without an option. */
  List<Path> operands() {
    return words().stream().map(word -> toPath(word, word)).toList();
  }

  /** What stands without an option, as it stands. */
  List<String> words() {
    return line.getArgList();
  }

  /** What {@code --model} says, or the operand in its place. */
  Optional<String> model() {
    return words().stream().findFirst().or(() -> text(CliOption.MODEL));
  }

  String required(CliOption option) {
    return text(option)
        .orElseThrow(
            () -> new UsageException(option.flag() + " is missing; expected " + option.help()));
  }

  Optional<Path> path(CliOption option) {
    return text(option).map(value -> toPath(option.flag(), value));
  }

  Optional<Integer> whole(CliOption option) {
    return text(option).map(value -> TypedText.whole(option.flag(), value));
  }

  /** A whole number with a lower bound. */
  int whole(CliOption option, int otherwise, int least) {
    int value = whole(option).orElse(otherwise);
    if (value < least) {
      throw UsageException.value(option, value, "a whole number, " + least + " or more");
    }
    return value;
  }

  long seed(long otherwise) {
    return text(CliOption.SEED)
        .map(value -> TypedText.longWhole(CliOption.SEED.flag(), value))
        .orElse(otherwise);
  }

  Optional<Double> number(CliOption option) {
    return text(option).map(value -> TypedText.number(option.flag(), value));
  }

  Optional<List<Integer>> wholes(CliOption option) {
    return text(option)
        .map(
            value ->
                Arrays.stream(value.split(",", -1))
                    .map(part -> TypedText.whole(option.flag(), part))
                    .toList());
  }

  /** Two whole numbers, 0 or more. */
  List<Integer> pair(CliOption option) {
    List<Integer> pair = wholes(option).orElse(List.of(0, 1));
    if (pair.size() != 2 || pair.stream().anyMatch(number -> number < 0)) {
      throw UsageException.value(
          option, TypedText.quoted(required(option)), "two whole numbers from 0, as in 0,1");
    }
    return pair;
  }

  <E extends Enum<E> & Named> Optional<E> choice(CliOption option, Class<E> type) {
    return text(option)
        .map(value -> about(option, () -> Named.of(type, option.flag().substring(2), value)));
  }

  /** One of some words. */
  Optional<String> word(CliOption option, List<String> known) {
    return text(option).map(value -> TypedText.word(option.flag(), value, known));
  }

  /** Runs something whose refusals are refusals of this option's value. */
  static <T> T about(CliOption option, Supplier<T> work) {
    try {
      return work.get();
    } catch (ConfigException e) {
      throw UsageException.value(option, e.got(), e.expected());
    }
  }

  static Path toPath(String flag, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw UsageException.value(flag, TypedText.quoted(value), "a path");
    }
  }
}
