package dev.amphi.interactive.transport;

/**
 * What a transport counted since its start.
 *
 * @param packetsReceived authenticated RTP and RTCP packets
 * @param bytesReceived their plain bytes
 * @param packetsSent RTP and RTCP packets handed to the network
 * @param bytesSent their protected bytes
 * @param dropsNotConnected packets to send that came before the path was up or after it was gone
 * @param dropsSend packets that the socket or the cipher did not take
 * @param dropsQueue datagrams that the loop was too late for
 * @param dropsOversize datagrams of more than 1,500 bytes
 * @param dropsGuard DTLS datagrams that the guard refused
 * @param dropsAuthentication packets with a wrong tag, or beyond the cap of sources
 * @param dropsReplay packets that came a second time
 * @param dropsUnknown datagrams that are none of STUN, DTLS, RTP and RTCP
 * @param dropsData DTLS application data that was not sent, or that the loop was too late for
 * @param iceRestarts ICE restarts that were followed (RFC 8445 §2.4)
 * @param pathSwitches how often another address pair took over from one that was in use
 * @param protocol what carries the selected pair
 * @param remoteKind where the selected pair's remote address lies; never the address
 * @param srtpProfile the SRTP protection profile's number (RFC 5764 §4.1.2, RFC 7714 §14.2), 0
 *     before the handshake is done
 */
public record TransportStats(
    long packetsReceived,
    long bytesReceived,
    long packetsSent,
    long bytesSent,
    long dropsNotConnected,
    long dropsSend,
    long dropsQueue,
    long dropsOversize,
    long dropsGuard,
    long dropsAuthentication,
    long dropsReplay,
    long dropsUnknown,
    long dropsData,
    long iceRestarts,
    long pathSwitches,
    Protocol protocol,
    AddressKind remoteKind,
    int srtpProfile) {
  /** Of a path that has seen nothing yet. */
  public static final TransportStats NONE =
      new TransportCounters().snapshot(0, 0, 0, 0, null, false, 0);

  /** What carries a path. */
  public enum Protocol {
    /** No pair is selected yet. */
    NONE,
    UDP,
    TCP
  }

  /** Which part of the network an address belongs to. */
  public enum AddressKind {
    /** No pair is selected yet. */
    NONE,
    LOOPBACK,
    /** RFC 1918, RFC 4193 and link-local addresses. */
    PRIVATE,
    PUBLIC,
    /** The address of a TURN relay, wherever that is. */
    RELAY
  }
}
