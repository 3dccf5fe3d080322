package dev.amphi.packager.push;

/** A push does not go on as it should, in words for the person who wanted it. */
public final class PushFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What to do about it. */
  public enum Kind {
    /** The line or the platform is not there now: try again. */
    PASSING,
    /** The platform said no: try again, but not for ever. */
    REFUSED,
    /** It can never work as it was asked for. */
    WRONG
  }

  private final Kind kind;

  /**
   * @param sentence without secrets: what was found, and what to do
   */
  public PushFailure(Kind kind, String sentence) {
    super(sentence);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** The sentence for the person. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
