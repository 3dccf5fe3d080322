package dev.amphi.interactive.rtp;

/**
 * What a datagram on the one media port holds, told by its first bytes (RFC 7983 §7, RFC 5761 §4).
 */
public enum PacketKind {
  STUN,
  DTLS,
  RTP,
  RTCP,
  UNKNOWN;

  /** The kind of a datagram; SRTP and SRTCP leave the bytes looked at in the clear. */
  public static PacketKind of(byte[] buffer, int offset, int length) {
    if (length < 2) {
      return UNKNOWN;
    }
    int first = buffer[offset] & 0xFF;
    if (first <= 3) {
      return STUN;
    }
    if (first >= 20 && first <= 63) {
      return DTLS;
    }
    if (first < 128 || first > 191) {
      return UNKNOWN;
    }
    // RFC 5761 §4: RTP payload types 64-95 are not used, so RTCP's 192-223 stand out.
    int second = buffer[offset + 1] & 0xFF;
    return second >= 192 && second <= 223 ? RTCP : RTP;
  }
}
