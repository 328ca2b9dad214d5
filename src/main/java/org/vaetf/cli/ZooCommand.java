package org.vaetf.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vaetf.base.Json;
import org.vaetf.zoo.Zoo;
import org.vaetf.zoo.ZooModel;

/** Lists the models that come with the program, shows the card of one, or copies it. */
final class ZooCommand implements Command {

  @Override
  public String name() {
    return "zoo";
  }

  @Override
  public String operands() {
    return "[NAME]";
  }

  @Override
  public String summary() {
    return "List the trained models that come with the program, which any --model takes as"
        + " zoo:NAME; with NAME, show its card: what it is, its data, its metrics, how it was made;"
        + " with --out, copy it.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar zoo mnist-2d --out models/mnist-2d";
  }

  @Override
  public List<CliOption> options() {
    return List.of(CliOption.OUT, CliOption.JSON);
  }

  @Override
  public void run(Arguments arguments, Console console) {
    List<String> names = arguments.words();
    if (names.size() > 1) {
      throw new UsageException(
          "unexpected "
              + TypedText.quoted(names.get(1))
              + "; expected one NAME, as in: "
              + example());
    }
    boolean json = arguments.has(CliOption.JSON);
    Optional<Path> out = arguments.path(CliOption.OUT);
    if (names.isEmpty()) {
      if (out.isPresent()) {
        throw UsageException.inapplicable(
            CliOption.OUT, "no NAME says which model to copy; expected one, as in: " + example());
      }
      List<ZooModel> models = Zoo.models();
      console.print(json ? Json.write(models) : table(models));
      return;
    }
    ZooModel model = named("NAME", "", names.get(0));
    if (out.isPresent()) {
      Output.requireFree(out.get());
      Zoo.copy(model.name(), out.get());
      console.print(json ? Json.write(Map.of("saved_model", out.get().toString())) : copied(out));
    } else {
      console.print(json ? Json.write(model) : Zoo.card(model.name()).stripTrailing());
    }
  }

  /**
   * The model of a name.
   *
   * @throws UsageException if there is none; names a close one and all of them
   */
  static ZooModel named(String what, String prefix, String name) {
    List<ZooModel> models = Zoo.models();
    List<String> names = models.stream().map(ZooModel::name).toList();
    return models.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    what
                        + " is "
                        + TypedText.quoted(prefix + name)
                        + "; "
                        + Suggestion.closest(name, names)
                            .map(close -> "did you mean " + prefix + close + "? ")
                            .orElse("")
                        + "expected one of: "
                        + prefix
                        + String.join(", " + prefix, names)));
  }

  private static String copied(Optional<Path> out) {
    return "written to " + out.orElseThrow();
  }

  private static String table(List<ZooModel> models) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("name", "preset", "data", "latent", "MB", "what it is"));
    for (ZooModel model : models) {
      rows.add(
          List.of(
              model.name(),
              model.preset(),
              model.data(),
              String.valueOf(model.latent()),
              String.format(Locale.ROOT, "%.1f", model.bytes() / 1e6),
              model.title()));
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size() - 1; i++) {
        int column = i;
        int width = rows.stream().mapToInt(other -> other.get(column).length()).max().orElse(0);
        text.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
      }
      text.append(row.get(row.size() - 1)).append('\n');
    }
    return text.append("\nUse one as in: sample --model ")
        .append(Zoo.PREFIX)
        .append(models.get(0).name())
        .append(" --count 64 --out samples.png")
        .toString();
  }
}
