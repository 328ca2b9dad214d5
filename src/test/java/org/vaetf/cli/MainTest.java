package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.Json;
import org.vaetf.base.Version;
import org.vaetf.testing.OneLine;

class MainTest {

  static List<String> commands() {
    return Commands.ALL.stream().map(Command::name).toList();
  }

  @Test
  void helpNamesEveryCommandAndSucceeds() {
    CommandLine help = CommandLine.run("--help");
    assertEquals(Main.DONE, help.status());
    assertEquals("", help.err());
    commands().forEach(name -> assertTrue(help.out().contains("\n  " + name + " "), name));
  }

  @Test
  void noCommandIsWrongUsageAndShowsTheOverview() {
    CommandLine nothing = CommandLine.run();
    assertEquals(Main.USAGE, nothing.status());
    assertEquals("", nothing.out());
    assertEquals(Help.overview(Main.PROGRAM), nothing.err());
  }

  @Test
  void versionIsTheLibrarys() {
    assertEquals("vae-tf " + Version.library() + "\n", CommandLine.run("--version").out());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHelpsWithEveryOptionOfItsOwn(String name) {
    CommandLine help = CommandLine.run(name, "--help");
    assertEquals(Main.DONE, help.status());
    assertEquals("", help.err());
    Arguments.optionsOf(Commands.of(name))
        .forEach(
            option -> assertTrue(help.out().contains("  " + option.usage() + " "), option::flag));
    help.out().lines().forEach(line -> assertTrue(line.length() <= 110, line));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyExampleParses(String name) {
    Command command = Commands.of(name);
    List<String> words = List.of(command.example().split(" ", -1));
    assertEquals(List.of("java", "-jar", "vae-tf.jar", name), words.subList(0, 4));
    Arguments.parse(command, words.subList(4, words.size()));
  }

  @Test
  void everyOptionHasATaker() {
    for (CliOption option : CliOption.values()) {
      assertTrue(
          Stream.of(Commands.ALL, SparkMain.COMMANDS)
              .flatMap(List::stream)
              .anyMatch(c -> Arguments.optionsOf(c).contains(option)),
          option::flag);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trian | vae-tf: unknown command 'trian'; did you mean train? expected one of: train, sample, encode, decode, reconstruct, score, evaluate, fit-sampler, manifold, interpolate, plot, compare, report, explore, serve, info, models, zoo
          train --epoch 3 | vae-tf: unknown option --epoch of train; did you mean --epochs? 'train --help' lists them
          models --epochs 3 | vae-tf: --epochs is no option of models; 'models --help' lists them
          train --epochs | vae-tf: --epochs has no value; expected --epochs N: passes over the data (80)
          train --epochs three | vae-tf: --epochs is 'three'; expected a whole number
          train --epochs 0 | vae-tf: --epochs is 0; expected a whole number, 1 or more
          train --epochs 1 --epochs 2 | vae-tf: --epochs is given 2 times; expected it once
          train digits.npy | vae-tf: unexpected 'digits.npy'; expected options alone, as in: java -jar vae-tf.jar train --preset vae --data mnist-10k --latent 2 --epochs 20
          train --preset vea | vae-tf: --preset is 'vea'; expected one of: ae, vae, …
          train --latent 0 | vae-tf: --latent is 0; expected a whole number, 1 or more
          train --beta -1 | vae-tf: --beta is -1; expected 0 or a number above 0
          train --beta much | vae-tf: --beta is 'much'; expected a number, as in 0.5
          train --hidden 400,x | vae-tf: --hidden is 'x'; expected a whole number
          train --hidden 0 | vae-tf: --hidden is 0; expected a whole number, 1 or more
          train --activation step | vae-tf: --activation is 'step'; expected one of: relu, leaky-relu, elu, selu, gelu, swish, tanh, softplus
          train --network deep | vae-tf: --network is 'deep'; expected one of: linear, dense, …
          train --device tpu | vae-tf: --device is 'tpu'; expected cpu, gpu, gpu:N or auto
          train --precision half | vae-tf: --precision is 'half'; expected one of: float32, bfloat16
          train --threads -1 | vae-tf: --threads is -1; expected a whole number, 0 or more
          train --seed x | vae-tf: --seed is 'x'; expected a whole number of 64 bits
          train --learning-rate 0 | vae-tf: --learning-rate is 0; expected a number above 0
          train --test-fraction 1 | vae-tf: --test-fraction is 1; expected a number from 0 up to, not including, 1
          train --resize 28 | vae-tf: --resize is '28'; expected HEIGHTxWIDTH, as in 28x28
          train --resume --overwrite --out x | vae-tf: --resume and --overwrite exclude each other; expected one: go on, or begin anew
          train --resume | vae-tf: --resume names no run; expected --resume RUN
          sample | vae-tf: --model is missing; expected a run folder, a SavedModel, or zoo:NAME
          plot | vae-tf: --model is missing; expected a run folder, a SavedModel, or zoo:NAME
          report a b | vae-tf: unexpected 'b'; expected one RUN, as in: java -jar vae-tf.jar report runs/first --out first.html
          plot a --model b | vae-tf: --model does not apply: 'a' stands in its place already; expected one of them
          encode a | vae-tf: unexpected 'a'; expected options alone, as in: java -jar vae-tf.jar encode --model runs/first --in digits.idx.gz --out codes.csv
          sample --model x --count 0 | vae-tf: --count is 0; expected a whole number, 1 or more
          decode --model x | vae-tf: --in is missing; expected rows to work on: a file, a folder, or a named set's training part
          manifold --model x --dimensions 1 | vae-tf: --dimensions is '1'; expected two whole numbers from 0, as in 0,1
          manifold --model x --dimensions 1,1 | vae-tf: --dimensions is 1,1; expected two different ones
          interpolate --model x --method bezier | vae-tf: --method is 'bezier'; expected one of: linear, spherical
          """)
  void wrongUsageIsOneLineAndStatus2(String words, String line) {
    CommandLine wrong = CommandLine.run((Object[]) words.split(" ", -1));
    OneLine.assertBegins(line, wrong.err().strip());
    assertEquals("", wrong.out());
    assertEquals(Main.USAGE, wrong.status());
  }

  @Test
  void debugAddsTheStackTrace() {
    assertEquals(1, CommandLine.run("train", "--latent", "0").errLines().size());
    CommandLine debug = CommandLine.run("train", "--latent", "0", "--debug");
    assertTrue(debug.errLines().get(0).startsWith("org.vaetf.cli.UsageException"), debug.err());
    assertTrue(debug.err().contains("Caused by: org.vaetf.base.ConfigException"), debug.err());
    assertTrue(debug.err().contains("\tat org.vaetf"), debug.err());
    assertEquals(Main.USAGE, debug.status());
  }

  @Test
  void modelsListsTheAxesWithWhatSetTakes() {
    List<String> lines = CommandLine.done("models", "--axes").outLines();
    int objective = lines.indexOf("objective:");
    assertTrue(lines.get(objective + 1).matches("  reconstruction +no settings"), lines.toString());
    assertTrue(
        lines
            .get(objective + 2)
            .matches(
                "  elbo +objective\\.beta=1 objective\\.warmUpEpochs=0 objective\\.freeBits=0.*"),
        lines.get(objective + 2));
    assertTrue(
        lines.stream()
            .anyMatch(
                line ->
                    line.endsWith(
                        "network.channels=32,64 network.hidden=256 network.activation=swish")),
        lines.toString());
    Map<?, ?> axes =
        Json.read("output", CommandLine.done("models", "--axes", "--json").out(), Map.class);
    Map<?, ?> dense = (Map<?, ?>) ((Map<?, ?>) axes.get("network")).get("dense");
    assertEquals(List.of(400), dense.get("hidden"));
    assertEquals("swish", dense.get("activation"));
    assertFalse(dense.containsKey("kind"));
  }

  @Test
  void modelsListsPresetsWithPapers() {
    String text = CommandLine.done("models").out();
    assertTrue(text.contains("beta-vae") && text.contains("arXiv 1312.6114"), text);
    assertFalse(text.isBlank());
  }
}
