package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Keys;
import org.vaetf.base.Kinds;
import org.vaetf.base.Named;
import org.vaetf.model.ModelConfig;

/** Keys of records within records, and of each type, as kinds to come may have them. */
class ModelKeysTest {

  /** A word. */
  enum Colour implements Named {
    RED,
    DARK_BLUE
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Leaf.class, name = "leaf"),
    @JsonSubTypes.Type(value = Twig.class, name = "twig"),
  })
  interface Plant {}

  /** A kind with keys that depend on each other. */
  public record Leaf(double low, double high, Colour colour) implements Plant {
    public Leaf {
      Check.notNegative("lowest", low);
      if (low >= high) {
        throw new ConfigException("range of a leaf", low + " to " + high, "low below high");
      }
    }

    public static Leaf defaults() {
      return new Leaf(0, 1, Colour.RED);
    }
  }

  /** A kind with an axis of its own. */
  public record Twig(Plant end, int length) implements Plant {
    public static Twig defaults() {
      return new Twig(Leaf.defaults(), 3);
    }
  }

  /** A record that is no kind. */
  public record Pot(float size, boolean glazed) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({@JsonSubTypes.Type(value = Hedge.class, name = "hedge")})
  interface Shelter {}

  /** A kind of one axis that has another. */
  public record Hedge(Plant of, int height) implements Shelter {
    public static Hedge defaults() {
      return new Hedge(Twig.defaults(), 2);
    }
  }

  /** An axis within a record, and axes within an axis. */
  public record Yard(Garden garden, Shelter shelter) {}

  /** One of each type. */
  public record Garden(
      Plant plant,
      Pot pot,
      long seed,
      String name,
      List<Double> depths,
      List<Colour> colours,
      Object secret) {
    public Garden {
      if (plant instanceof Twig && pot.glazed()) {
        throw new ConfigException("pot of a twig", "glazed", "a plain one");
      }
    }
  }

  private static final Garden GARDEN =
      new Garden(Leaf.defaults(), new Pot(1, false), 1, "none", List.of(), List.of(), 0);

  private static Garden set(String words) {
    return ModelKeys.set(
        GARDEN,
        Stream.of(words.split(" ", -1))
            .map(text -> KeySetting.parse(text, "objective.beta=4"))
            .toList());
  }

  @Test
  void keysOfEachType() {
    assertEquals(
        new Garden(
            Leaf.defaults(),
            new Pot(2.5f, true),
            9_000_000_000L,
            "a=b",
            List.of(0.5, 2.0),
            List.of(Colour.DARK_BLUE, Colour.RED),
            0),
        set(
            "pot.size=2.5 pot.glazed=true seed=9000000000 name=a=b depths=0.5,2"
                + " colours=dark-blue,red"));
  }

  @Test
  void kindsWithinKinds() {
    Leaf blue = new Leaf(0, 1, Colour.DARK_BLUE);
    assertEquals(
        new Twig(new Twig(blue, 5), 3),
        set("plant.end.end.colour=dark-blue plant.end.length=5 plant.end.kind=twig"
                + " plant.kind=twig")
            .plant());
  }

  @Test
  void keysThatDependOnEachOtherAreSetTogether() {
    assertEquals(new Leaf(5, 9, Colour.RED), set("plant.low=5 plant.high=9").plant());
    assertEquals(new Leaf(5, 9, Colour.RED), set("plant.high=9 plant.low=5").plant());
  }

  @Test
  void axesWithinAxesAreFound() {
    assertEquals(
        List.of("garden.plant", "shelter", "shelter.of"),
        List.copyOf(ModelAxes.of(Yard.class).keySet()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plant.low=5 | --set plant.low: range of a leaf is 5.0 to 1.0; expected low below high
          plant.low=5 plant.colour=red | range of a leaf is 5.0 to 1.0; expected low below high
          plant.high=7 plant.low=-1e0 | --set plant.low is -1; expected 0 or a number above 0
          plant.kind=twig pot.glazed=true seed=5 | pot of a twig is glazed; expected a plain one
          plant.length=5 | --set plant.length does not apply: the plant leaf has no length; it has the keys low, high, colour; use --set plant.kind=twig
          plant.kind=twig plant.end.length=5 | --set plant.end.length does not apply: the plant.end leaf has no length; it has the keys low, high, colour; use --set plant.end.kind=twig
          plant.kind=tree | --set plant.kind is 'tree'; expected one of: leaf, twig
          plant.kind.x=1 | --set plant.kind.x does not apply: the plant leaf has no kind; it has the keys low, high, colour
          pot=2 | --set pot does not apply: pot is no single value; set one of: pot.size, pot.glazed
          pot.depth=2 | --set pot.depth does not apply: the pot has no depth; it has the keys size, glazed
          pot.glazed=yes | --set pot.glazed is 'yes'; expected one of: true, false
          depths=1,x | --set depths is 'x'; expected a number, as in 0.5
          colours=red,green | --set colours is 'green'; expected one of: red, dark-blue
          seed=1.5 | --set seed is '1.5'; expected a whole number of 64 bits
          secret=1 | --set secret does not apply: its value is no single word; give it in the file of --config
          seed=1 seed=2 | --set seed and --set seed set the same key; expected one of them
          """)
  void whatCannotBeSetIsToldInOneLine(String words, String message) {
    assertEquals(message, assertThrows(UsageException.class, () -> set(words)).getMessage());
  }

  @Test
  void everyKeyThatAnOptionSetsIsOneOfSomeKind() {
    List<String> keys = CliOption.all().stream().flatMap(option -> option.key().stream()).toList();
    assertTrue(keys.contains("objective.beta"), keys.toString());
    for (String key : keys) {
      String axis = key.replaceFirst("\\..*", "");
      if (axis.equals(key)) {
        assertEquals("latent", key);
        continue;
      }
      Kinds<?> kinds = Kinds.axesOf(ModelConfig.class).get(axis);
      assertTrue(
          key.equals(axis + "." + kinds.key())
              || kinds.choices().stream()
                  .anyMatch(
                      kind ->
                          Keys.of(kinds.type(kind).orElseThrow())
                              .containsKey(key.substring(axis.length() + 1))),
          key);
    }
  }
}
