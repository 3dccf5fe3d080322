package dev.amphi.interactive.transport;

import java.util.List;

/**
 * What the far side's SDP says of its transport.
 *
 * @param fingerprints all {@code a=fingerprint} lines; one that is strong enough must match
 * @param candidates values of {@code a=candidate} lines; a server may leave them out, since it
 *     learns the address from the far side's checks
 */
public record RemoteParameters(
    String ufrag,
    String password,
    List<Fingerprint> fingerprints,
    DtlsSetup setup,
    List<String> candidates) {
  public RemoteParameters {
    fingerprints = List.copyOf(fingerprints);
    candidates = List.copyOf(candidates);
  }

  /** A far side whose candidates are not needed. */
  public RemoteParameters(
      String ufrag, String password, List<Fingerprint> fingerprints, DtlsSetup setup) {
    this(ufrag, password, fingerprints, setup, List.of());
  }
}
