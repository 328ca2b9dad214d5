package org.vaetf.cli;

import java.util.List;
import org.vaetf.base.Version;

/** The help texts, made from what commands say of themselves. */
final class Help {
  private static final int WIDTH = 100;

  private Help() {}

  /** All commands. */
  static String overview(Program program) {
    StringBuilder text = new StringBuilder();
    text.append("vae-tf ").append(Version.library());
    text.append(": ").append(program.about()).append("\n\n");
    text.append("usage: ").append(program.launcher()).append(" COMMAND [options]\n\ncommands:\n");
    int column = 2 + program.commands().stream().mapToInt(c -> c.name().length()).max().orElse(0);
    program.commands().forEach(command -> row(text, command.name(), column, command.summary()));
    text.append("\n'COMMAND --help' lists a command's options; '--version' tells the version.\n");
    text.append("Begin with: ").append(program.first()).append('\n');
    return text.toString();
  }

  /** One command. */
  static String of(Program program, Command command) {
    StringBuilder text = new StringBuilder();
    text.append("usage: ").append(program.launcher()).append(' ').append(command.name());
    text.append(command.operands().isEmpty() ? "" : " " + command.operands());
    text.append(" [options]\n\n");
    wrap(text, command.summary(), 0);
    text.append("\noptions:\n");
    List<CliOption> options = Arguments.optionsOf(command);
    boolean model = command.operands().equals(TrainedModel.OPERAND);
    int column = 2 + options.stream().mapToInt(o -> o.usage().length()).max().orElse(0);
    if (model) {
      row(text, "RUN", column, "the same as --model RUN");
    }
    options.forEach(option -> row(text, option.usage(), column, option.help()));
    text.append("\nexample:\n  ").append(command.example()).append('\n');
    return text.toString();
  }

  /** Adds a name, and its description in a column of its own. */
  static void row(StringBuilder text, String name, int column, String description) {
    text.append("  ").append(name).append(" ".repeat(column - name.length()));
    wrap(text, description, column + 2);
  }

  /** Adds words, broken into lines that begin at a column. */
  private static void wrap(StringBuilder text, String words, int column) {
    int at = column;
    boolean first = true;
    for (String word : words.split(" ", -1)) {
      if (!first && at + 1 + word.length() > WIDTH) {
        text.append('\n').append(" ".repeat(column));
        at = column;
        first = true;
      }
      text.append(first ? "" : " ").append(word);
      at += word.length() + (first ? 0 : 1);
      first = false;
    }
    text.append('\n');
  }
}
