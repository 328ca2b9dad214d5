package org.vaetf.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.Version;
import org.vaetf.interop.Python;
import org.vaetf.interop.SparkSubmit;

/** The examples run as their page says, against the library as it is published. */
class ExamplesIT {
  private static final Path TARGET = Path.of(System.getProperty("vaetf.jar")).getParent();
  private static final Path FILLED = Path.of(System.getProperty("vaetf.repository"));
  private static final String NAME = "vae-tf-" + Version.library();
  private static final String INSTALL =
      "org.apache.maven.plugins:maven-install-plugin:3.2.0:install-file";

  @TempDir static Path installed;
  @TempDir Path folder;

  /** Their repository is empty before; what Maven would fetch, it finds where this build put it. */
  @BeforeAll
  static void install() throws Exception {
    maven(
        INSTALL,
        "-Dfile=" + TARGET.resolve(NAME + ".jar").toAbsolutePath(),
        "-DpomFile=" + Path.of("pom.xml").toAbsolutePath());
  }

  @Test
  void theLibraryIsPublishedWithSourcesJavadocAndAModuleName() {
    for (String ending : List.of(".jar", "-sources.jar", "-javadoc.jar")) {
      assertTrue(Files.isRegularFile(TARGET.resolve(NAME + ending)), NAME + ending);
    }
    assertEquals(
        Set.of("org.vaetf"),
        ModuleFinder.of(TARGET.resolve(NAME + ".jar")).findAll().stream()
            .map(module -> module.descriptor().name())
            .collect(Collectors.toSet()));
  }

  @Test
  void aProjectOfItsOwnDependsOnTheInstalledLibrary() throws Exception {
    Path project = copy(Path.of("examples/consumer"), folder.resolve("consumer"));
    maven("-f", project.toString(), "package");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jar = project.resolve("target/consumer.jar").toString();
    String out =
        run(new ProcessBuilder(java, "-jar", jar, folder.resolve("run").toString()), folder);
    assertTrue(out.matches("(?s).*epoch 3: test negative ELBO \\d+\\.\\d nats\n.*"), out);
    assertTrue(
        out.contains("drawn: 16 rows of [8, 8, 1], decoded again: 16 rows of [8, 8, 1]"), out);
    // One platform's natives, and no other's.
    try (Stream<Path> files =
        Files.walk(installed.resolve("repository/org/tensorflow/tensorflow-core-native"))) {
      List<String> natives =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches("tensorflow-core-native-[\\d.]+-.*\\.jar"))
              .toList();
      assertEquals(1, natives.size(), natives.toString());
    }
  }

  @Test
  void aSparkJobOfItsOwnFindsClustersInTheLatentSpace() throws Exception {
    String jar = TARGET.resolve("vae-tf.jar").toAbsolutePath().toString();
    String model = Path.of("saved_models/mnist-2d").toAbsolutePath().toString();
    submit(
        List.of("--class", "org.vaetf.cli.SparkMain", jar),
        List.of("sample", "--model", model, "--count", "60", "--out", "rows.parquet"));
    Path project = copy(Path.of("examples/spark-job"), folder.resolve("spark-job"));
    maven("-f", project.toString(), "package");
    String job = project.resolve("target/spark-job.jar").toString();
    String out =
        submit(
            List.of("--jars", jar, "--class", "example.LatentClusters", job),
            List.of(model, "rows.parquet"));
    List<Integer> rows =
        Pattern.compile("^cluster \\d: (\\d+) rows$", Pattern.MULTILINE)
            .matcher(out)
            .results()
            .map(cluster -> Integer.valueOf(cluster.group(1)))
            .toList();
    assertEquals(5, rows.size(), out);
    assertEquals(60, rows.stream().mapToInt(Integer::intValue).sum(), out);
  }

  private String submit(List<String> job, List<String> arguments) throws Exception {
    List<String> words = Stream.of(job, arguments).flatMap(List::stream).toList();
    return run(SparkSubmit.of("local[2]", words), folder);
  }

  @Test
  void thePythonScriptLooksAtAModel() throws Exception {
    Python.run(
        folder,
        Path.of("examples/python/explore.py").toAbsolutePath().toString(),
        Path.of("saved_models/mnist-2d").toAbsolutePath().toString());
  }

  private static void maven(String... words) throws Exception {
    Path settings = installed.resolve("settings.xml");
    String place =
        "<id>%s</id><url>"
            + FILLED.toUri()
            + "</url><releases><checksumPolicy>ignore</checksumPolicy></releases>";
    Files.writeString(
        settings,
        "<settings><profiles><profile><id>filled</id><repositories><repository>"
            + place.formatted("filled")
            + "</repository></repositories><pluginRepositories><pluginRepository>"
            + place.formatted("filled-plugins")
            + "</pluginRepository></pluginRepositories></profile></profiles><activeProfiles>"
            + "<activeProfile>filled</activeProfile></activeProfiles></settings>");
    List<String> command =
        Stream.concat(
                Stream.of(
                    program("mvn"),
                    "--batch-mode",
                    "--quiet",
                    "--global-settings",
                    settings.toString(),
                    "-Dmaven.repo.local=" + installed.resolve("repository")),
                Stream.of(words))
            .toList();
    run(new ProcessBuilder(command), installed);
  }

  private static String program(String name) {
    String found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .map(place -> Path.of(place, name))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst()
            .orElse(null);
    assertNotNull(found, name + " is on the path, since this build runs in it");
    return found;
  }

  private static String run(ProcessBuilder command, Path folder)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "log", ".txt");
    Process process =
        command
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertTrue(
          process.waitFor(10, TimeUnit.MINUTES), () -> command.command() + " takes too long");
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(log);
    assertEquals(0, process.exitValue(), () -> command.command() + " says:\n" + text);
    return text;
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.filter(path -> !path.startsWith(from.resolve("target"))).toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
    return to;
  }
}
