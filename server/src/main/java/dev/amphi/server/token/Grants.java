package dev.amphi.server.token;

import dev.amphi.interactive.api.Right;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the grants that somebody wants in a token. */
public final class Grants {
  /** What can be asked for, in words. */
  public static final String WORDS =
      Arrays.stream(Right.values()).map(Right::wireName).collect(Collectors.joining(", "));

  private Grants() {}

  /** The rights with these words; empty when there is a word that is none. */
  public static Optional<Set<Right>> of(Collection<String> words) {
    Set<Right> grants = EnumSet.noneOf(Right.class);
    for (String word : words) {
      Optional<Right> right = Right.fromWireName(word);
      if (right.isEmpty()) {
        return Optional.empty();
      }
      grants.add(right.get());
    }
    return Optional.of(grants);
  }
}
