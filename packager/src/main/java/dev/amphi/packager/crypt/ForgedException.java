package dev.amphi.packager.crypt;

import java.io.IOException;

/** Sealed bytes are not those that were sealed: changed, cut, moved, or of another key. */
public final class ForgedException extends IOException {
  private static final long serialVersionUID = 1L;

  ForgedException() {
    super("it is not what was encrypted here");
  }
}
