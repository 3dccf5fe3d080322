package dev.amphi.composer.scene;

import java.util.Optional;

/**
 * How a school wants its programs to look.
 *
 * @param mark the logo in the picture
 * @param words in the school's language
 */
public record Look(Optional<CornerMark> mark, Words words) {
  /** No logo, in English. */
  public static final Look PLAIN = new Look(Optional.empty(), Words.ENGLISH);
}
