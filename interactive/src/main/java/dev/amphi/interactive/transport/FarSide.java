package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.dtls.DtlsRole;
import dev.amphi.interactive.transport.ice.AddressPair;
import dev.amphi.interactive.transport.ice.IceCredentials;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the far side's SDP says, and what follows from it. Confined to the loop. */
final class FarSide {
  private @Nullable RemoteParameters parameters;

  /** Whether nothing was heard of it yet. */
  boolean unknown() {
    return parameters == null;
  }

  /** These are its words from now on. */
  void says(RemoteParameters now) {
    parameters = now;
  }

  /** Whether it uses the credentials that it said before: then nothing is new. */
  boolean repeats(RemoteParameters now) {
    RemoteParameters before = parameters;
    return before != null && credentials(before).equals(credentials(now));
  }

  /** Whether another SDP is about the same certificates, so that the association may go on. */
  boolean sameCertificates(RemoteParameters now) {
    RemoteParameters before = parameters;
    return before == null
        || Set.copyOf(before.fingerprints()).equals(Set.copyOf(now.fingerprints()));
  }

  /** Whether its SDP vouches for a certificate, given as DER. */
  boolean vouchesFor(byte[] certificate) {
    RemoteParameters known = parameters;
    return known != null
        && known.fingerprints().stream().anyMatch(print -> print.matches(certificate));
  }

  /** Whether a pair goes through one of these relays, or one that its candidates name. */
  boolean reachedByRelay(@Nullable AddressPair selected, Predicate<InetAddress> relays) {
    RemoteParameters known = parameters;
    return selected != null
        && RelayedPath.is(selected, relays, known == null ? List.of() : known.candidates());
  }

  /** Why no handshake can come of these words, or null; {@code role} is ours. */
  static @Nullable String refusal(RemoteParameters said, DtlsRole role) {
    if (said.fingerprints().stream().noneMatch(Fingerprint::strong)) {
      return "the SDP gives no fingerprint by sha-256 or better";
    }
    DtlsSetup expected = role == DtlsRole.SERVER ? DtlsSetup.ACTIVE : DtlsSetup.PASSIVE;
    return said.setup() == expected || said.setup() == DtlsSetup.ACTPASS
        ? null
        : "the SDP says setup:" + said.setup().wireName() + ", as this side does";
  }

  static IceCredentials credentials(RemoteParameters said) {
    return new IceCredentials(said.ufrag(), said.password());
  }
}
