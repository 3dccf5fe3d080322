package dev.amphi.interactive.fec;

import dev.amphi.interactive.rtp.RtpPacket;

/**
 * Puts the frame before into each packet of sound (RFC 2198), one level deep: any single loss costs
 * nothing. Remembers one frame of one stream.
 */
public final class RedWriter {
  private static final int MAX_AGE = (1 << 14) - 1;
  private static final int MAX_LENGTH = (1 << 10) - 1;

  /** A packet with its redundancy stays below what every path carries. */
  private static final int MAX_PAYLOAD = 1100;

  private final byte[] previous = new byte[MAX_LENGTH];
  private final byte[] header = new byte[5];
  private int previousLength;
  private int previousSequence;
  private long previousTimestamp;

  /**
   * Whether {@link #append} can put the frame before with this one: it is known, directly before,
   * and both fit into one packet.
   */
  public boolean redundancyFor(int sequence, long timestamp, int length) {
    long age = (timestamp - previousTimestamp) & 0xFFFF_FFFFL;
    return previousLength > 0
        && length > 0
        && ((previousSequence + 1) & 0xFFFF) == sequence
        && age > 0
        && age <= MAX_AGE
        && previousLength + length + header.length <= MAX_PAYLOAD;
  }

  /**
   * Fills a packet whose header is written: the frame before, then this one. Only when {@link
   * #redundancyFor} said yes.
   *
   * @param payloadType of the frames themselves, not of RED
   * @return false when it does not fit
   */
  public boolean append(RtpPacket out, int payloadType, byte[] frame, int offset, int length) {
    int age = (int) ((out.timestamp() - previousTimestamp) & 0xFFFF_FFFFL);
    header[0] = (byte) (0x80 | payloadType);
    header[1] = (byte) (age >> 6);
    header[2] = (byte) (age << 2 | previousLength >> 8);
    header[3] = (byte) previousLength;
    header[4] = (byte) payloadType;
    return out.appendPayload(header, 0, header.length)
        && out.appendPayload(previous, 0, previousLength)
        && out.appendPayload(frame, offset, length);
  }

  /** Remembers a frame that was sent, unless it is older than the one remembered. */
  public void sent(int sequence, long timestamp, byte[] frame, int offset, int length) {
    boolean late = previousLength > 0 && (short) (sequence - previousSequence) < 0;
    if (late) {
      return;
    }
    previousLength = length <= MAX_LENGTH ? length : 0;
    System.arraycopy(frame, offset, previous, 0, previousLength);
    previousSequence = sequence;
    previousTimestamp = timestamp;
  }

  /** Remembers nothing. */
  public void reset() {
    previousLength = 0;
  }
}
