package dev.amphi.packager.origin;

import java.time.Instant;

/**
 * Something that happens in the class, until the next of its type does.
 *
 * @param id never used twice in a broadcast
 * @param type a name in reverse-DNS order
 * @param at wall clock of the program
 * @param title one line, for people
 */
public record Happening(long id, String type, Instant at, String title) {
  /** Makes one line of the title. */
  public Happening {
    title = title.replace('"', '\'').replaceAll("\\p{Cc}+", " ").strip();
  }
}
