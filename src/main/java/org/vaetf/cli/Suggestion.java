package org.vaetf.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What somebody may have meant by a word that is not known. */
final class Suggestion {
  private static final int MOST_EDITS = 3;

  private Suggestion() {}

  /** The closest of the known words, where fewer than half of its letters differ. */
  static Optional<String> closest(String word, List<String> known) {
    return known.stream()
        .filter(
            candidate ->
                distance(word, candidate) <= Math.min(MOST_EDITS, (candidate.length() - 1) / 2))
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** Insertions, deletions and replacements between two words: Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
