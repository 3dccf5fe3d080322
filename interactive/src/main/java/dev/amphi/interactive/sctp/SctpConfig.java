package dev.amphi.interactive.sctp;

/**
 * What one side of an association allows itself and the other.
 *
 * @param port of both sides; WebRTC's {@code a=sctp-port}
 * @param packetBytes the largest SCTP packet, what fits into one DTLS record
 * @param messageBytes the largest message in either direction
 * @param receiveBytes bound of what waits to be put together or in order, and the window announced
 * @param sendBytes bound of what waits to be sent or acknowledged
 * @param streams in each direction; stream ids are below it
 */
public record SctpConfig(
    int port, int packetBytes, int messageBytes, int receiveBytes, int sendBytes, int streams) {
  /** What the node offers: {@code a=sctp-port:5000}, {@code a=max-message-size:65536}. */
  public static final SctpConfig WEBRTC =
      new SctpConfig(5000, 1_160, 65_536, 262_144, 262_144, 1_024);

  /** Refuses what could not work. */
  public SctpConfig {
    if (packetBytes < 512 || packetBytes > 65_535) {
      throw new IllegalArgumentException(
          "An SCTP packet has 512 to 65535 bytes, but " + packetBytes + " were asked for");
    }
    if (messageBytes < 1 || receiveBytes < 2 * messageBytes || sendBytes < 2 * messageBytes) {
      throw new IllegalArgumentException(
          "Both buffers must hold two messages of " + messageBytes + " bytes");
    }
    if (streams < 1 || streams > 65_535) {
      throw new IllegalArgumentException(
          "An association has 1 to 65535 streams, but " + streams + " were asked for");
    }
  }
}
