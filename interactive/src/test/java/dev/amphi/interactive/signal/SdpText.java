package dev.amphi.interactive.signal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Offers as real peers wrote them. */
final class SdpText {
  private SdpText() {}

  static String of(String peer) {
    try (InputStream in = SdpText.class.getResourceAsStream("/sdp/" + peer + ".sdp")) {
      if (in == null) {
        throw new IllegalArgumentException("No offer of " + peer);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
