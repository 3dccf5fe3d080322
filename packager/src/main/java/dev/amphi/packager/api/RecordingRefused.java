package dev.amphi.packager.api;

/** What was asked of a recording cannot be done; says why. */
public final class RecordingRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** There is no such recording. */
    UNKNOWN,
    /** A legal hold forbids it. */
    HELD,
    /** It is still being recorded or prepared. */
    NOT_OVER,
    /** What was asked for makes no sense. */
    WRONG,
    /** The disk, or the key. */
    UNAVAILABLE
  }

  private final Reason reason;

  public RecordingRefused(Reason reason, String sentence) {
    super(sentence);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
