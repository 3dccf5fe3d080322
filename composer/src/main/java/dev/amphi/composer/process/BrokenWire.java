package dev.amphi.composer.process;

import java.io.IOException;

/** The other side sent what the protocol does not allow. */
final class BrokenWire extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenWire(String sentence) {
    super(sentence);
  }
}
