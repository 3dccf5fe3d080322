package dev.amphi.packager.crypt;

import java.io.IOException;

/** A key that is needed is not there; says which, and what to do. */
public final class KeyUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  public KeyUnavailableException(String sentence) {
    super(sentence);
  }
}
