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
    int srtpProfile) {}
