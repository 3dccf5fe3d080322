package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.dtls.DtlsIdentity;
import dev.amphi.interactive.transport.dtls.DtlsRole;
import dev.amphi.interactive.transport.ice.IcePath;
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

  /** Those of a path; a server is the passive side, and ICE-lite. */
  static LocalParameters of(IcePath path, DtlsIdentity identity, DtlsRole role) {
    boolean server = role == DtlsRole.SERVER;
    return new LocalParameters(
        path.credentials().ufrag(),
        path.credentials().password(),
        Fingerprint.of("sha-256", identity.certificate()),
        path.candidates(),
        server,
        server ? DtlsSetup.PASSIVE : DtlsSetup.ACTPASS);
  }
}
