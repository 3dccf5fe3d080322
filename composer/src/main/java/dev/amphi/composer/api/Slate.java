package dev.amphi.composer.api;

/**
 * What the program says while nobody of the stage is in it.
 *
 * @param time the time that the words name, as people at the school write it; "" for none
 * @param untilNanos the instant that is counted down to, on this machine's monotonic clock, or
 *     {@link #NEVER}
 */
public record Slate(Kind kind, String time, long untilNanos) {
  /** Nothing is counted down to. */
  public static final long NEVER = Long.MAX_VALUE;

  /** How long a program that is closed after {@link Kind#ENDED} still shows it. */
  public static final long FAREWELL_NANOS = 4_000_000_000L;

  /** Which words. */
  public enum Kind {
    /** The class begins at a time that may be known; nobody has been on stage. */
    BEGINS,
    /** The stage was there, and will be again. */
    RIGHT_BACK,
    /** Who teaches has lost the connection. */
    RECONNECTING,
    /** A break, until a time that may be known. */
    BREAK,
    /** Nothing comes after this. */
    ENDED,
    /** The class's title and no more, where nothing is to be waited for. */
    PLAIN
  }

  /** Words without a time. */
  public static Slate of(Kind kind) {
    return new Slate(kind, "", NEVER);
  }
}
