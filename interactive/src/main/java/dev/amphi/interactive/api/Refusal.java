package dev.amphi.interactive.api;

/**
 * A request that is turned down, in words for the person who made it. Becomes problem+json (RFC
 * 9457) over HTTP and an {@code error} message on the signalling socket.
 */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * @param status the HTTP status, 400–599
   * @param code a short stable word, as {@code unknown_room}
   * @param detail one sentence: the rule, the value found, what to do
   */
  public Refusal(int status, String code, String detail) {
    super(detail);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The short stable word. */
  public String code() {
    return code;
  }

  /** The sentence for the person. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
