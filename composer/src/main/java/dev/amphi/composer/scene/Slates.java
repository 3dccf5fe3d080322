package dev.amphi.composer.scene;

import dev.amphi.composer.api.Slate;

/** The words of the slate for an instant: what was told last, with its countdown. */
final class Slates {
  private static final long SECOND = 1_000_000_000L;
  private static final long LONGEST_COUNTDOWN = 24 * 3_600 * SECOND;

  private final String title;
  private final Words words;
  private Slate slate = Slate.of(Slate.Kind.BEGINS);

  Slates(String title, Words words) {
    this.title = title;
    this.words = words;
  }

  /** Takes another one. */
  void tell(Slate told) {
    slate = told;
  }

  /** What is to be drawn then; looks the same for a whole second. */
  Content.Slate at(long nowNanos) {
    boolean timed = slate.untilNanos() != Slate.NEVER;
    long leftNanos = timed ? slate.untilNanos() - nowNanos : 0;
    return leftNanos > 0
        ? new Content.Slate(title, withTime(), countdown(leftNanos))
        : new Content.Slate(title, withoutTime(timed), "");
  }

  private String withTime() {
    return switch (slate.kind()) {
      case BEGINS -> words.of("begins.at", slate.time());
      case BREAK -> words.of("break.until", slate.time());
      case RIGHT_BACK, RECONNECTING, ENDED, PLAIN -> withoutTime(false);
    };
  }

  private String withoutTime(boolean late) {
    return switch (slate.kind()) {
      case BEGINS -> words.of("begins");
      case RIGHT_BACK -> words.of("right_back");
      case RECONNECTING -> words.of("reconnecting");
      case BREAK -> words.of(late ? "break.late" : "break");
      case ENDED -> words.of("ended");
      case PLAIN -> "";
    };
  }

  /** Hours, minutes and seconds, the last one counted until it is over; "" when it is far away. */
  private static String countdown(long leftNanos) {
    if (leftNanos > LONGEST_COUNTDOWN) {
      return "";
    }
    long seconds = (leftNanos + SECOND - 1) / SECOND;
    long minutes = seconds / 60;
    return minutes < 60
        ? "%d:%02d".formatted(minutes, seconds % 60)
        : "%d:%02d:%02d".formatted(minutes / 60, minutes % 60, seconds % 60);
  }
}
