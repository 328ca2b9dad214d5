package org.vaetf.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.EagerSession;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.vaetf.export.SavedModelVae;

/** The arrows between packages point down, and native memory has one owner. */
class ArchitectureTest {
  private static final String ROOT = "org.vaetf";

  /** From the top down; a row uses the rows below it, not itself. */
  private static final List<List<String>> ROWS =
      List.of(
          List.of("cli"),
          List.of("spark", "report", "events", "explore", "serve"),
          List.of("sampler"),
          List.of("train", "eval", "zoo"),
          List.of("export"),
          List.of("model"),
          List.of("network", "latent", "likelihood"),
          List.of("flow"),
          List.of("nn", "density"),
          List.of("tf", "data", "plot", "http", "group"),
          List.of("base"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(SavedModelVae.class.getProtectionDomain().getCodeSource().getLocation());

  static List<String> packages() {
    return ROWS.stream().flatMap(List::stream).toList();
  }

  @Test
  void everyPackageHasItsRow() {
    Set<String> found =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .map(name -> name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(found.contains("train") && found.contains("base"), "classes are found: " + found);
    assertTrue(packages().containsAll(found), "a package without a row, or the root: " + found);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void arrowsPointDown(String from) {
    int row = 0;
    while (!ROWS.get(row).contains(from)) {
      row++;
    }
    List<String> above = new ArrayList<>();
    for (List<String> other : ROWS.subList(0, row + 1)) {
      other.stream().filter(name -> !name.equals(from)).forEach(name -> above.add(within(name)));
    }
    if (!above.isEmpty()) {
      noClasses()
          .that()
          .resideInAPackage(within(from))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above.toArray(String[]::new))
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void baseAndDataNeedNoTensorFlow() {
    noClasses()
        .that()
        .resideInAnyPackage(within("base"), within("data"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.tensorflow..", "org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void theLoaderNeedsNoModelLayerOrTraining() {
    Set<String> writer = Set.of("ModelExport", "ExportedModel", "ScoreGraph", "LabelInput");
    noClasses()
        .that(
            resideInAPackage(within("export"))
                .and(
                    JavaClass.Predicates.belongToAnyOf(
                            CLASSES.stream()
                                .filter(type -> writer.contains(type.getSimpleName()))
                                .map(JavaClass::reflect)
                                .toArray(Class<?>[]::new))
                        .negate()))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    within("model"),
                    within("likelihood"),
                    within("flow"),
                    within("nn"),
                    within("density"),
                    within("train"))
                .or(JavaClass.Predicates.simpleName("ModelExport"))
                .or(JavaClass.Predicates.simpleName("ExportedModel"))
                .or(JavaClass.Predicates.simpleName("ScoreGraph"))
                .or(JavaClass.Predicates.simpleName("LabelInput")))
        .check(CLASSES);
  }

  @Test
  void onlyTfOwnsNativeMemory() {
    for (Class<?> owner :
        List.of(Session.class, SavedModelBundle.class, Tensor.class, EagerSession.class)) {
      noClasses()
          .that()
          .resideOutsideOfPackage(within("tf"))
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName(owner.getName())
          .check(CLASSES);
    }
    noClasses()
        .that()
        .resideOutsideOfPackage(within("tf"))
        .should()
        .callConstructor(Graph.class)
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage(within("tf"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void noTensorInThePublicLoaderAndTrainer() {
    classes()
        .that()
        .haveSimpleName("SavedModelVae")
        .or()
        .haveSimpleName("ScaledVae")
        .or()
        .haveSimpleName("Trainer")
        .or()
        .haveSimpleName("TrainingResult")
        .should()
        .bePublic()
        .check(CLASSES);
    CLASSES.stream()
        .filter(
            type ->
                Set.of("SavedModelVae", "ScaledVae", "Trainer", "TrainingResult")
                    .contains(type.getSimpleName()))
        .map(JavaClass::reflect)
        .flatMap(type -> Arrays.stream(type.getMethods()))
        .forEach(
            method -> assertTrue(!method.toString().contains("org.tensorflow"), method.toString()));
  }

  @Test
  void everyPackageSaysWhatMayLiveThere() {
    List<String> without =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .distinct()
            .filter(
                name ->
                    !Files.exists(
                        Path.of("src", "main", "java")
                            .resolve(name.replace('.', '/'))
                            .resolve("package-info.java")))
            .toList();
    assertEquals(List.of(), without);
  }

  private static String within(String name) {
    return ROOT + "." + name + "..";
  }
}
