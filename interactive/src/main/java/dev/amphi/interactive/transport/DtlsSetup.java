package dev.amphi.interactive.transport;

import java.util.Locale;
import java.util.Optional;

/** Who opens the DTLS handshake: the {@code a=setup} attribute (RFC 4145 §4, RFC 8842 §5). */
public enum DtlsSetup {
  ACTIVE,
  PASSIVE,
  ACTPASS;

  /** The word in SDP. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The setup with this word, or empty for {@code holdconn} and what is no setup at all. */
  public static Optional<DtlsSetup> fromWireName(String wireName) {
    for (DtlsSetup setup : values()) {
      if (setup.wireName().equals(wireName)) {
        return Optional.of(setup);
      }
    }
    return Optional.empty();
  }
}
