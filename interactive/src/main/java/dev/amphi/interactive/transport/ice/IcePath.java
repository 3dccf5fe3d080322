package dev.amphi.interactive.transport.ice;

import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One ICE session with one component: BUNDLE and rtcp-mux leave no other. Confined to its
 * transport's loop, but where it says otherwise.
 */
public interface IcePath {
  /** The longest datagram that is heard; larger ones are no media and no handshake. */
  int MAX_DATAGRAM_BYTES = 1_500;

  /** This side's credentials, as the next description is to carry them. */
  IceCredentials credentials();

  /** This side's {@code candidate:…} values. */
  List<String> candidates();

  /**
   * Starts to look for the far side; called once.
   *
   * @param remoteCandidates {@code candidate:…} values; what cannot be read is left out
   */
  void start(IceCredentials remote, List<String> remoteCandidates);

  /** Follows an ICE restart of the far side; {@link #credentials} gives new ones afterwards. */
  void restart(IceCredentials remote, List<String> remoteCandidates);

  /** Sends at once over the selected pair; false when there is none. Any thread. */
  boolean send(byte[] buffer, int offset, int length);

  /** Sends at the next {@link #flush}, or before; false when it was dropped. */
  boolean gather(byte[] buffer, int offset, int length);

  /** Sends what was gathered. */
  void flush();

  /** Authenticated media came from that address. */
  void heard(SocketAddress source, long nowNanos);

  /** The selected pair, or null. */
  @Nullable AddressPair selected();

  /** How often another pair took over from one in use. */
  long switches();

  /** Frees the session. */
  void close();

  /** Hears of a path, on threads of the network or on the transport's loop. */
  interface Listener {
    /** A datagram that is not STUN came; the bytes are valid during the call only. */
    void datagram(byte[] buffer, int offset, int length, SocketAddress source, long nowNanos);

    /**
     * An authenticated check proved it: this remote address is the participant's. May be told again
     * with each check.
     */
    void validated(SocketAddress remote);

    /**
     * The far side sent or answered an authenticated check: it wants to hear from us (RFC 7675).
     */
    void consented(long nowNanos);

    /** Another pair took over from one in use: what is sent takes another way from now on. */
    default void moved() {}

    /** There is no way to the far side. */
    void failed(String reason);
  }
}
