package dev.amphi.interactive.api;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One word of a token's {@code grants}: what its bearer may do of what its role allows. A grant
 * never adds to a role.
 */
public enum Right {
  /** Publishes a microphone. */
  MICROPHONE,
  /** Publishes a camera. */
  CAMERA,
  /** Publishes a screen, and its sound. */
  SCREEN,
  /** Writes and reacts. */
  CHAT,
  /** Points and draws. */
  DRAW,
  /** Decides about others and the class. */
  MODERATE,
  /** Switches the recording. */
  RECORD;

  /** What a token without {@code grants} has. */
  public static final Set<Right> ALL = Collections.unmodifiableSet(EnumSet.allOf(Right.class));

  /** The word in tokens. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The right with this word, or empty when there is none. */
  public static Optional<Right> fromWireName(String wireName) {
    for (Right right : values()) {
      if (right.wireName().equals(wireName)) {
        return Optional.of(right);
      }
    }
    return Optional.empty();
  }

  /** What publishing from a source needs. */
  public static Right of(TrackView.Source source) {
    return switch (source) {
      case MICROPHONE -> MICROPHONE;
      case CAMERA -> CAMERA;
      case SCREEN, SCREEN_AUDIO -> SCREEN;
    };
  }
}
