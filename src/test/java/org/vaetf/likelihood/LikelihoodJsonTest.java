package org.vaetf.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.ConfigException;
import org.vaetf.base.DataException;
import org.vaetf.base.Json;

/** Settings: defaults, JSON, and what is refused. */
class LikelihoodJsonTest {

  /** Every class on the axis. */
  static Set<Class<?>> kinds() {
    return types().map(JsonSubTypes.Type::value).collect(Collectors.toSet());
  }

  private static Stream<JsonSubTypes.Type> types() {
    return Arrays.stream(Likelihood.class.getAnnotation(JsonSubTypes.class).value());
  }

  static Stream<Likelihood> likelihoods() {
    return Stream.of(
        new Bernoulli(),
        new ContinuousBernoulli(),
        Gaussian.defaults(),
        new Gaussian(Spread.PER_PIXEL, 2),
        Laplace.defaults(),
        StudentT.defaults(),
        new StudentT(0.5, Spread.FIXED, 0.25),
        DiscretizedLogistic.defaults(),
        DiscretizedLogisticMixture.defaults(),
        Categorical.defaults(),
        new Categorical(16),
        new Poisson(),
        NegativeBinomial.defaults());
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void comeBackFromJson(Likelihood likelihood) {
    String json = Json.write(likelihood);
    assertEquals(likelihood, Json.read("test", json, Likelihood.class));
    int components = likelihood.getClass().getRecordComponents().length;
    assertEquals(
        components + 1, Json.toMap(likelihood).size(), "its settings and its kind: " + json);
  }

  @Test
  void everyKindIsTriedHere() {
    assertEquals(kinds(), likelihoods().map(Likelihood::getClass).collect(Collectors.toSet()));
  }

  @Test
  void everyKindWithSettingsHasDefaults() throws ReflectiveOperationException {
    for (Class<?> kind : kinds()) {
      if (kind.getRecordComponents().length > 0) {
        assertTrue(kind.isInstance(kind.getMethod("defaults").invoke(null)), kind.getName());
      }
    }
  }

  @Test
  void settingsByName() {
    assertEquals(
        Map.of("kind", "student-t", "degreesOfFreedom", 4.0, "scale", "per-channel", "value", 0.5),
        Json.toMap(new StudentT(4, Spread.PER_CHANNEL, 0.5)));
    assertEquals(
        Map.of("kind", "negative-binomial", "inverseDispersion", "per-channel", "value", 1.0),
        Json.toMap(NegativeBinomial.defaults()));
    // As earlier versions wrote it.
    assertEquals(
        new Gaussian(Spread.PER_PIXEL, 1),
        Json.read(
            "test",
            "{\"kind\": \"gaussian\", \"variance\": \"per-pixel\", \"value\": 1.0}",
            Likelihood.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"kind": "laplace", "scale": "fixed", "value": 0} | scale of the Laplace likelihood is 0.0; expected a number above 0
          {"kind": "laplace", "scale": "none", "value": 1} | none
          {"kind": "gaussian", "variance": "fixed", "value": -1} | variance of the Gaussian likelihood is -1.0
          {"kind": "student-t", "degreesOfFreedom": 0, "scale": "fixed", "value": 1} | degrees of freedom of the Student-t likelihood is 0.0
          {"kind": "student-t", "degreesOfFreedom": 1, "scale": "fixed", "value": 0} | scale of the Student-t likelihood is 0.0
          {"kind": "discretized-logistic", "scale": "learned", "value": 0} | scale of the discretized logistic likelihood is 0.0
          {"kind": "discretized-logistic-mixture", "components": 0} | components of the discretized logistic mixture is 0; expected a whole number, 1 or more
          {"kind": "categorical", "levels": 1} | levels of the categorical likelihood is 1; expected a whole number, 2 or more
          {"kind": "negative-binomial", "inverseDispersion": "fixed", "value": 0} | inverse dispersion of the negative binomial likelihood is 0.0
          {"kind": "laplace", "scale": "learned", "value": 0.001} | first value of the learned scale of the Laplace likelihood is 0.001; expected at least 0.0076: a learned one
          {"kind": "discretized-logistic", "scale": "per-channel", "value": 7} | is 7.0; expected at least 0.00038 and at most 6.6: a learned one
          {"kind": "poisson", "rate": 1} | unknown key 'rate'
          """)
  void refusals(String json, String message) {
    DataException refused =
        assertThrows(DataException.class, () -> Json.read("test", json, Likelihood.class));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  /** What a message says would do does, and fixed ones and those of the decoder may be anything. */
  @Test
  void firstValuesAtTheEdgeOfTheBounds() {
    Stream.of(
            new Gaussian(Spread.LEARNED, 5.1e-5),
            new Laplace(Spread.LEARNED, 0.0076),
            new DiscretizedLogistic(Spread.PER_CHANNEL, 0.00038),
            new DiscretizedLogistic(Spread.PER_CHANNEL, 6.6),
            new Laplace(Spread.FIXED, 1e-9),
            new Laplace(Spread.PER_PIXEL, 1e-9))
        .forEach(
            likelihood ->
                assertEquals(
                    likelihood, Json.read("test", Json.write(likelihood), Likelihood.class)));
  }

  @Test
  void aMissingKeyIsAsInTheDefaults() {
    assertEquals(
        new Laplace(Laplace.defaults().scale(), 3),
        Json.read("test", "{\"kind\": \"laplace\", \"value\": 3}", Likelihood.class));
  }

  @Test
  void everyJsonOfTheDocumentationIsRead() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("docs", "likelihoods.md"));
    Set<Class<?>> documented =
        lines.stream()
            .filter(line -> line.startsWith("{"))
            .map(line -> Json.read("docs/likelihoods.md", line, Likelihood.class).getClass())
            .collect(Collectors.toSet());
    assertEquals(kinds(), documented);
    types()
        .forEach(
            type -> assertTrue(lines.contains("## " + type.name()), "no section " + type.name()));
  }

  @Test
  void inJavaToo() {
    assertThrows(ConfigException.class, () -> new Laplace(null, 1));
    assertThrows(ConfigException.class, () -> new StudentT(Double.NaN, Spread.FIXED, 1));
    assertThrows(
        ConfigException.class, () -> new NegativeBinomial(Spread.FIXED, Double.POSITIVE_INFINITY));
  }

  @Test
  void probabilitiesAndDensities() {
    Set<Class<?>> densities =
        likelihoods()
            .filter(likelihood -> !likelihood.isDiscrete())
            .map(Likelihood::getClass)
            .collect(Collectors.toSet());
    assertEquals(
        Set.of(ContinuousBernoulli.class, Gaussian.class, Laplace.class, StudentT.class),
        densities);
  }
}
