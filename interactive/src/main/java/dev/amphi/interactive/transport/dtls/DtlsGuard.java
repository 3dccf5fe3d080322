package dev.amphi.interactive.transport.dtls;

/**
 * Looks through a datagram before Bouncy Castle sees a byte of it. Bouncy Castle reserves what a
 * handshake fragment <em>claims</em> as its message's length, 16 MiB each and 16 at a time, before
 * anything is authenticated. So every length and number is checked here first; a datagram of which
 * one part is wrong is refused as a whole. Pure and allocation-free; one for each association, used
 * by one thread at a time.
 *
 * <p>Record layer: RFC 6347 §4.1. Handshake header: RFC 6347 §4.2.2.
 */
public final class DtlsGuard {
  /** The largest handshake message: a certificate of a few kilobytes is the largest there is. */
  static final int MAX_MESSAGE_BYTES = 16_384;

  /** A full handshake with a client certificate has messages 0 to 6 from each side. */
  static final int MAX_MESSAGE_SEQUENCE = 15;

  /**
   * What one association may send beside application data in its whole life: thrice a handshake
   * with big certificates.
   */
  static final int MAX_ASSOCIATION_BYTES = 64 * 1024;

  /** RFC 6347 §4.1: 2^14 of plaintext and at most 2^10 for the cipher's own. */
  private static final int MAX_RECORD_BYTES = 16_384 + 1_024;

  private static final int RECORD_HEADER_BYTES = 13;
  private static final int MESSAGE_HEADER_BYTES = 12;

  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;

  private int bytes;
  private long refused;
  private boolean established;

  /** Whether the datagram may go on to the association; counts it. */
  public boolean admits(byte[] datagram, int offset, int length) {
    int handshakeBytes = soundHandshakeBytes(datagram, offset, length);
    boolean admitted = handshakeBytes >= 0 && handshakeBytes <= MAX_ASSOCIATION_BYTES - bytes;
    if (admitted) {
      bytes += handshakeBytes;
    } else {
      refused++;
    }
    return admitted;
  }

  /** The handshake is done: from now on application data may come, as much as there is. */
  public void established() {
    established = true;
  }

  /** Datagrams refused so far. */
  public long refused() {
    return refused;
  }

  /** The bytes of all records but application data, or -1 when one of them is not sound. */
  private int soundHandshakeBytes(byte[] in, int offset, int length) {
    int application = 0;
    int at = offset;
    int end = offset + length;
    do {
      if (end - at < RECORD_HEADER_BYTES) {
        return -1;
      }
      int type = in[at] & 0xFF;
      int epoch = uint16(in, at + 3);
      int recordBytes = uint16(in, at + 11);
      at += RECORD_HEADER_BYTES;
      if (!versionIsDtls(in, at - RECORD_HEADER_BYTES + 1)
          || epoch > 1
          || recordBytes == 0
          || recordBytes > MAX_RECORD_BYTES
          || recordBytes > end - at
          || !contentIsSound(in, type, epoch, at, recordBytes)) {
        return -1;
      }
      if (type == APPLICATION_DATA) {
        application += RECORD_HEADER_BYTES + recordBytes;
      }
      at += recordBytes;
    } while (at < end);
    return length - application;
  }

  /** DTLS 1.2, or 1.0 as a first ClientHello's record layer says (RFC 6347 §4.1). */
  private static boolean versionIsDtls(byte[] in, int at) {
    return (in[at] & 0xFF) == 0xFE && ((in[at + 1] & 0xFF) == 0xFD || (in[at + 1] & 0xFF) == 0xFF);
  }

  private boolean contentIsSound(byte[] in, int type, int epoch, int at, int length) {
    return switch (type) {
      case CHANGE_CIPHER_SPEC -> epoch == 0 && length == 1 && in[at] == 1;
      case ALERT -> epoch == 1 || length == 2;
      case HANDSHAKE -> epoch == 1 || messagesAreSound(in, at, length);
      // Encrypted, and of no use to anybody before the far side has proved who it is.
      case APPLICATION_DATA -> established && epoch == 1;
      default -> false;
    };
  }

  /** Whether all handshake fragments of a record, in the clear, keep to the limits. */
  static boolean messagesAreSound(byte[] in, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (end - at < MESSAGE_HEADER_BYTES) {
        return false;
      }
      int messageBytes = uint24(in, at + 1);
      int sequence = uint16(in, at + 4);
      int fragmentOffset = uint24(in, at + 6);
      int fragmentBytes = uint24(in, at + 9);
      at += MESSAGE_HEADER_BYTES;
      if (messageBytes > MAX_MESSAGE_BYTES
          || sequence > MAX_MESSAGE_SEQUENCE
          || fragmentOffset + fragmentBytes > messageBytes
          || fragmentBytes > end - at
          || (fragmentBytes == 0 && messageBytes != 0)) {
        return false;
      }
      at += fragmentBytes;
    }
    return true;
  }

  private static int uint16(byte[] in, int at) {
    return (in[at] & 0xFF) << 8 | (in[at + 1] & 0xFF);
  }

  private static int uint24(byte[] in, int at) {
    return (in[at] & 0xFF) << 16 | uint16(in, at + 1);
  }
}
