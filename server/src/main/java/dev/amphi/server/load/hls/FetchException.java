package dev.amphi.server.load.hls;

/** An answer that is not the one that was asked for. */
final class FetchException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean transientFault;

  FetchException(String sentence, boolean transientFault) {
    super(sentence);
    this.transientFault = transientFault;
  }

  /** Whether asking again may help. */
  boolean isTransient() {
    return transientFault;
  }
}
