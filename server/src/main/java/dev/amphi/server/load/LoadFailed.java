package dev.amphi.server.load;

/** A run that could not be made, in a sentence that says what to do. */
public final class LoadFailed extends Exception {
  private static final long serialVersionUID = 1L;

  public LoadFailed(String sentence) {
    super(sentence);
  }
}
