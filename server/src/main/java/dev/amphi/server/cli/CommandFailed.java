package dev.amphi.server.cli;

/** A command that cannot be carried out, in a sentence that says what to do. */
public final class CommandFailed extends Exception {
  private static final long serialVersionUID = 1L;

  public CommandFailed(String sentence) {
    super(sentence);
  }
}
