package dev.amphi.composer.process;

import java.io.IOException;

/** A child that waits for its first command, and the page on which it notes what it is doing. */
record Newborn(Process process, NotePage note) {
  /** Starts one. */
  static Newborn of(ChildCommand command) throws IOException {
    NotePage note = NotePage.create();
    try {
      return new Newborn(command.start("--note", note.file().toString()), note);
    } catch (IOException e) {
      note.unlink();
      throw e;
    }
  }

  /** Whether it has said who it is, which it does when it has opened the page. */
  boolean ready() {
    try {
      return process.getInputStream().available() >= Wire.GREETING_BYTES;
    } catch (IOException e) {
      return false; // it has just ended
    }
  }
}
