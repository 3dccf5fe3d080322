package dev.amphi.interactive.transport;

/**
 * One network path to a participant: ICE (RFC 8445), DTLS-SRTP (RFC 5763, 5764) and SRTP (RFC
 * 3711). Confined to the loop given at its creation: every method is called there, and every {@link
 * Listener} call comes there. Closed once, by {@link #close} or by the far side; after {@link
 * Listener#closed} nothing is heard of it any more.
 */
public interface Transport {
  /** Bytes behind a packet that {@link #sendRtp} and {@link #sendRtcp} may write over. */
  int TAIL_ROOM = 30;

  /** The most that {@link #sendData} takes: what keeps a DTLS record within 1,200 bytes of UDP. */
  int MAX_DATA_BYTES = 1_160;

  /** What the SDP is to say of this side. */
  LocalParameters local();

  /**
   * Tells what the far side's SDP says and lets the path come up. Called again with other ICE
   * credentials it is an ICE restart (RFC 8445 §2.4): {@link #local} then gives new ones, media
   * goes on over the old pair until the far side nominates another, and DTLS and SRTP go on. With
   * the credentials that are known it does nothing.
   */
  void start(RemoteParameters remote);

  /**
   * Whether these are parameters of the far side that this path belongs to, so that {@link #start}
   * can follow them: the same certificates (RFC 8842 §5.5). If not, a new peer connection is there:
   * the caller makes a new path.
   */
  boolean follows(RemoteParameters remote);

  /** Whether media can flow: ICE has a pair, DTLS is done and the fingerprint was right. */
  boolean connected();

  /**
   * Protects one RTP packet in place and sends it. Dropped and counted before {@link
   * Listener#connected}. The buffer is the caller's again when the call returns.
   *
   * @param buffer the plain packet, with {@link #TAIL_ROOM} bytes of room behind it
   */
  void sendRtp(byte[] buffer, int offset, int length);

  /** Protects one compound RTCP packet in place and sends it; otherwise as {@link #sendRtp}. */
  void sendRtcp(byte[] buffer, int offset, int length);

  /**
   * Sends what {@link #sendRtp} and {@link #sendRtcp} gathered. Packets of one burst leave together
   * where that is cheaper; on a loop of the node's own the end of each of its tasks, and of each
   * burst of datagrams that was read, flushes by itself.
   */
  void flush();

  /**
   * Sends one message as DTLS application data (RFC 8261: an SCTP packet). The buffer is the
   * caller's again when the call returns.
   *
   * @param length at most {@link #MAX_DATA_BYTES}
   * @return false when it was not sent: not connected, too long, or the socket refused; counted
   */
  boolean sendData(byte[] buffer, int offset, int length);

  /** The counters as they are now. */
  TransportStats stats();

  /** Says goodbye (close_notify), frees everything and tells the listener. */
  void close(String reason);

  /** What a path tells its owner, on the owner's loop. */
  interface Listener {
    /** Media can flow in both directions. */
    void connected();

    /** Another address pair took over from one that was in use: the way there is another. */
    default void moved() {}

    /**
     * An authenticated RTP packet came, in the clear. The bytes are valid during the call only; the
     * transport gives the buffer back to its pool. The owner may write within {@code buffer}.
     *
     * @param nowNanos monotonic time of arrival
     */
    void rtp(byte[] buffer, int offset, int length, long nowNanos);

    /** An authenticated compound RTCP packet came; otherwise as {@link #rtp}. */
    void rtcp(byte[] buffer, int offset, int length, long nowNanos);

    /**
     * A message came as DTLS application data, authenticated and in the clear. The bytes are valid
     * during the call only. Bounded on the way here: when the loop is late, the newest is dropped
     * and counted.
     *
     * @param nowNanos monotonic time of arrival
     */
    default void data(byte[] buffer, int offset, int length, long nowNanos) {}

    /**
     * The path is gone and all it held is freed.
     *
     * @param reason a sentence for the log, without addresses
     */
    void closed(String reason);
  }
}
