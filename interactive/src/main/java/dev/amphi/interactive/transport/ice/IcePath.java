package dev.amphi.interactive.transport.ice;

import java.net.SocketAddress;
import java.util.List;

/** One ICE session with one component: BUNDLE and rtcp-mux leave no other. */
public interface IcePath {
  /** This side's user fragment, unique on its port. */
  String ufrag();

  /** This side's password. */
  String password();

  /** This side's {@code candidate:…} values. */
  List<String> candidates();

  /**
   * Starts checking; called once.
   *
   * @param remoteCandidates {@code candidate:…} values; what cannot be read is left out
   */
  void start(String remoteUfrag, String remotePassword, List<String> remoteCandidates);

  /**
   * Sends over the best valid pair; false when there is none, or the socket refused. Thread-safe.
   */
  boolean send(byte[] buffer, int offset, int length);

  /** Frees the session; may take some milliseconds. */
  void close();

  /** Hears of a path, on threads of the network. */
  interface Listener {
    /** A datagram that is not STUN came; the bytes are valid during the call only. */
    void datagram(byte[] buffer, int offset, int length, SocketAddress source, long nowNanos);

    /** An authenticated check went there and back: this remote address is the participant's. */
    void validated(SocketAddress remote);

    /** The far side answered an authenticated check: it still wants to hear from us (RFC 7675). */
    void consented(long nowNanos);

    /** There is no way to the far side. */
    void failed(String reason);
  }
}
