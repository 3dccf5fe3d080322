package dev.amphi.interactive.client;

/** What SRTP leaves in the clear of a packet (RFC 3711 §3.1), read without decrypting. Pure. */
final class RtpHeaderFields {
  private static final int FIXED = 12;

  private RtpHeaderFields() {}

  static int sequence(byte[] in) {
    return uint16(in, 2);
  }

  static long ssrc(byte[] in) {
    return (long) uint16(in, 8) << 16 | uint16(in, 10);
  }

  static int payloadType(byte[] in) {
    return in[1] & 0x7F;
  }

  /** Where the payload begins, or -1 when the header does not fit. */
  static int payloadOffset(byte[] in, int length) {
    int at = FIXED + 4 * (in[0] & 0x0F);
    if ((in[0] & 0x10) != 0) {
      if (at + 4 > length) {
        return -1;
      }
      at += 4 + 4 * uint16(in, at + 2);
    }
    return at <= length ? at : -1;
  }

  /**
   * The two bytes of a header extension in RFC 8285's one-byte form, or -1.
   *
   * @param id 0 for none
   */
  static int extensionUnsigned16(byte[] in, int length, int id) {
    int at = FIXED + 4 * (in[0] & 0x0F);
    if (id == 0 || (in[0] & 0x10) == 0 || at + 4 > length || uint16(in, at) != 0xBEDE) {
      return -1;
    }
    int end = Math.min(length, at + 4 + 4 * uint16(in, at + 2));
    at += 4;
    while (at < end) {
      int element = (in[at] & 0xFF) >> 4;
      int bytes = element == 0 ? 0 : (in[at] & 0x0F) + 1;
      if (element == id) {
        return bytes == 2 && at + 2 < end ? uint16(in, at + 1) : -1;
      }
      at += 1 + bytes;
    }
    return -1;
  }

  private static int uint16(byte[] in, int at) {
    return (in[at] & 0xFF) << 8 | (in[at + 1] & 0xFF);
  }
}
