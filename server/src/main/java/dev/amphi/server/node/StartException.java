package dev.amphi.server.node;

/** A node that cannot start, in one sentence for the operator. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The sentence names the setting, the value found and what to do. */
  public StartException(String sentence) {
    super(sentence);
  }
}
