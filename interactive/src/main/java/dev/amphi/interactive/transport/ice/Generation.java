package dev.amphi.interactive.transport.ice;

import org.jspecify.annotations.Nullable;

/** The credentials of both sides between two ICE restarts. */
final class Generation {
  final IceCredentials local;
  private @Nullable IceCredentials remote;

  Generation(IceCredentials local) {
    this.local = local;
  }

  /** The far side's, as its description says. */
  void remote(IceCredentials credentials) {
    remote = credentials;
  }

  /** Whether a check with this USERNAME is for it: {@code ours:theirs} (RFC 8445 §7.2.2). */
  boolean named(String username) {
    IceCredentials known = remote;
    return known != null && username.equals(local.ufrag() + ":" + known.ufrag());
  }

  /** A check of our own: {@code theirs:ours}; null as long as the far side is not known. */
  byte @Nullable [] check(byte[] transaction, long tieBreaker) {
    IceCredentials known = remote;
    return known == null
        ? null
        : StunMessage.controlledRequest(
            transaction, known.ufrag() + ":" + local.ufrag(), known.password(), tieBreaker);
  }

  /** Whether a message was made with the far side's password. */
  boolean answers(byte[] in, int length) {
    IceCredentials known = remote;
    return known != null && StunMessage.authentic(in, length, known.password());
  }
}
