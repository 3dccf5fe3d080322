package dev.amphi.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word that somebody probably meant, by Levenshtein's distance. */
final class Nearest {
  private Nearest() {}

  /** The nearest of {@code known} that is at most {@code limit} edits away. */
  static Optional<String> to(String word, Collection<String> known, int limit) {
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= limit)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Insertions, deletions and replacements that make {@code b} from {@code a}. */
  static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = above[0];
      above[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = above[j];
        above[j] = Math.min(replaced, 1 + Math.min(above[j], above[j - 1]));
      }
    }
    return above[b.length()];
  }
}
