package dev.amphi.packager.captions;

import java.time.Duration;
import java.time.Instant;

/**
 * Words that are shown for a while.
 *
 * @param from wall clock of the program
 * @param until later than {@code from}
 * @param text a few lines, without markup
 */
public record Cue(Instant from, Instant until, String text) {
  public static final int LONGEST_TEXT = 500;
  public static final Duration LONGEST = Duration.ofSeconds(30);

  /** Refuses what nobody could read. */
  public Cue {
    text = text.strip().replaceAll("\\s*\\R\\s*", "\n");
    if (text.isEmpty() || text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "a cue has from 1 to " + LONGEST_TEXT + " characters, not " + text.length());
    }
    Duration shown = Duration.between(from, until);
    if (shown.isNegative() || shown.isZero() || shown.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a cue is shown for up to " + LONGEST.toSeconds() + " s, not for " + shown);
    }
  }

  /** The same words for as long, beginning at an instant. */
  Cue at(Instant instant) {
    return new Cue(instant, instant.plus(Duration.between(from, until)), text);
  }
}
