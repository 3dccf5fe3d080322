package dev.amphi.interactive.transport;

import java.util.List;

/**
 * What the SDP says of this side of a transport.
 *
 * @param candidates values of {@code a=candidate} lines without the {@code a=} (RFC 8839 §5.1), as
 *     {@code candidate:1 1 udp 2130706431 192.0.2.1 10000 typ host}
 * @param iceLite whether {@code a=ice-lite} belongs into the session part
 * @param setup for the {@code a=setup} line
 */
public record LocalParameters(
    String ufrag,
    String password,
    Fingerprint fingerprint,
    List<String> candidates,
    boolean iceLite,
    DtlsSetup setup) {
  public LocalParameters {
    candidates = List.copyOf(candidates);
  }
}
