package org.vaetf.train;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaetf.group.Group;

/** Means of an objective's terms over rows, gathered batch by batch and weighted by rows. */
final class Terms {
  private final List<String> names;
  private final double[] sums;
  private long rows;

  Terms(List<String> names) {
    this.names = names;
    this.sums = new double[names.size()];
  }

  /** Takes up where {@link #sums} and {@link #rows} left off. */
  Terms(List<String> names, List<Double> sums, long rows) {
    this(names);
    for (int i = 0; i < this.sums.length; i++) {
      this.sums[i] = sums.get(i);
    }
    this.rows = rows;
  }

  void add(float[] means, int batchRows) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (double) means[i] * batchRows;
    }
    rows += batchRows;
  }

  List<Double> sums() {
    return Arrays.stream(sums).boxed().toList();
  }

  long rows() {
    return rows;
  }

  /** What all processes of a group have gathered. */
  Terms of(Group group) {
    String own =
        Stream.concat(Stream.of(rows), sums().stream())
            .map(Object::toString)
            .collect(Collectors.joining(" "));
    Terms all = new Terms(names);
    for (String text : group.all(own)) {
      String[] numbers = text.split(" ", -1);
      all.rows += Long.parseLong(numbers[0]);
      for (int i = 0; i < sums.length; i++) {
        all.sums[i] += Double.parseDouble(numbers[i + 1]);
      }
    }
    return all;
  }

  /** The means in the terms' order. */
  float[] asFloats() {
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / rows);
    }
    return means;
  }

  /** The mean of each term over all rows so far, by name. */
  Map<String, Double> means() {
    Map<String, Double> means = new LinkedHashMap<>();
    for (int i = 0; i < sums.length; i++) {
      means.put(names.get(i), sums[i] / rows);
    }
    return Collections.unmodifiableMap(means);
  }
}
