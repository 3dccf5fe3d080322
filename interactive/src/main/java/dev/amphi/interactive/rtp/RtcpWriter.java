package dev.amphi.interactive.rtp;

/**
 * Writes a compound RTCP packet into a buffer, allocating nothing. A packet that does not fit
 * before the limit is left out as a whole and its method says false. Leave {@link
 * RtpPacket#TAIL_ROOM} bytes behind the limit for SRTCP.
 */
public final class RtcpWriter {
  /** Stands in an array of ticks for a packet that did not arrive. */
  public static final int MISSING = TransportArrivals.MISSING;

  private static final int REPORT_BLOCK = 24;
  private static final int MAX_BLOCKS = 31;

  private final byte[] buffer;
  private final int offset;
  private final int limit;
  private int at;
  private int reportStart = -1;

  /** A writer that starts at {@code offset} and never touches {@code limit}. */
  public RtcpWriter(byte[] buffer, int offset, int limit) {
    this.buffer = buffer;
    this.offset = offset;
    this.limit = limit;
    this.at = offset;
  }

  /** Starts the next compound at the same place. */
  public void reset() {
    at = offset;
    reportStart = -1;
  }

  public byte[] buffer() {
    return buffer;
  }

  public int offset() {
    return offset;
  }

  /** Bytes written since {@link #reset()}. */
  public int length() {
    return at - offset;
  }

  /** RFC 3550 §6.4.1, without blocks; {@link #reportBlock} adds them. */
  public boolean senderReport(
      long ssrc, long ntp, long rtpTimestamp, long packetCount, long octetCount) {
    if (!begin(0, RtcpReader.SENDER_REPORT, 28, ssrc)) {
      return false;
    }
    reportStart = at;
    ByteFields.put64(buffer, at + 8, ntp);
    ByteFields.put32(buffer, at + 16, rtpTimestamp);
    ByteFields.put32(buffer, at + 20, packetCount);
    ByteFields.put32(buffer, at + 24, octetCount);
    at += 28;
    return true;
  }

  /** RFC 3550 §6.4.2, without blocks; {@link #reportBlock} adds them. */
  public boolean receiverReport(long ssrc) {
    if (!begin(0, RtcpReader.RECEIVER_REPORT, 8, ssrc)) {
      return false;
    }
    reportStart = at;
    at += 8;
    return true;
  }

  /** Adds a block to the report written last; false when it is full or not the last packet. */
  public boolean reportBlock(
      long ssrc,
      int fractionLost,
      int cumulativeLost,
      long extendedHighest,
      long jitterTicks,
      long lastReport,
      long delaySinceLastReport) {
    if (reportStart < 0
        || at + REPORT_BLOCK > limit
        || (buffer[reportStart] & 0x1F) == MAX_BLOCKS) {
      return false;
    }
    ByteFields.put32(buffer, at, ssrc);
    ByteFields.put8(buffer, at + 4, fractionLost);
    ByteFields.put24(buffer, at + 5, cumulativeLost);
    ByteFields.put32(buffer, at + 8, extendedHighest);
    ByteFields.put32(buffer, at + 12, jitterTicks);
    ByteFields.put32(buffer, at + 16, lastReport);
    ByteFields.put32(buffer, at + 20, delaySinceLastReport);
    at += REPORT_BLOCK;
    buffer[reportStart]++;
    ByteFields.put16(buffer, reportStart + 2, (at - reportStart) / 4 - 1);
    return true;
  }

  /** RFC 3550 §6.5: one chunk with a CNAME of at most 255 bytes. */
  public boolean sourceDescription(long ssrc, byte[] cname) {
    int size = 4 + ((4 + 2 + cname.length + 1 + 3) & ~3);
    if (cname.length > 255 || !begin(1, RtcpReader.SOURCE_DESCRIPTION, size, ssrc)) {
      return false;
    }
    buffer[at + 8] = 1;
    buffer[at + 9] = (byte) cname.length;
    System.arraycopy(cname, 0, buffer, at + 10, cname.length);
    java.util.Arrays.fill(buffer, at + 10 + cname.length, at + size, (byte) 0);
    at += size;
    return true;
  }

  /** RFC 3550 §6.6, without a reason. */
  public boolean bye(long ssrc) {
    if (!begin(1, RtcpReader.BYE, 8, ssrc)) {
      return false;
    }
    at += 8;
    return true;
  }

  /** RFC 4585 §6.2.1; {@code sequences} in ascending order (modulo 2^16). */
  public boolean nack(long senderSsrc, long mediaSsrc, int[] sequences, int count) {
    int items = nackItems(sequences, count);
    int size = 12 + 4 * items;
    if (count == 0 || !begin(RtcpReader.GENERIC_NACK, 205, size, senderSsrc)) {
      return false;
    }
    ByteFields.put32(buffer, at + 8, mediaSsrc);
    int item = at + 8;
    int first = 0;
    int mask = 0;
    for (int i = 0; i < count; i++) {
      int distance = (sequences[i] - first - 1) & 0xFFFF;
      if (i > 0 && distance < 16) {
        mask |= 1 << distance;
      } else {
        item += 4;
        first = sequences[i];
        mask = 0;
        ByteFields.put16(buffer, item, first);
      }
      ByteFields.put16(buffer, item + 2, mask);
    }
    at += size;
    return true;
  }

  private static int nackItems(int[] sequences, int count) {
    int items = 0;
    int first = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || ((sequences[i] - first - 1) & 0xFFFF) >= 16) {
        items++;
        first = sequences[i];
      }
    }
    return items;
  }

  /** RFC 4585 §6.3.1. */
  public boolean pictureLoss(long senderSsrc, long mediaSsrc) {
    if (!begin(RtcpReader.PLI, RtcpReader.PAYLOAD_SPECIFIC_FEEDBACK, 12, senderSsrc)) {
      return false;
    }
    ByteFields.put32(buffer, at + 8, mediaSsrc);
    at += 12;
    return true;
  }

  /** RFC 5104 §4.3.1, one entry. */
  public boolean fullIntraRequest(long senderSsrc, long mediaSsrc, int commandSequence) {
    if (!begin(RtcpReader.FIR, RtcpReader.PAYLOAD_SPECIFIC_FEEDBACK, 20, senderSsrc)) {
      return false;
    }
    ByteFields.put32(buffer, at + 8, 0);
    ByteFields.put32(buffer, at + 12, mediaSsrc);
    ByteFields.put32(buffer, at + 16, (long) commandSequence << 24);
    at += 20;
    return true;
  }

  /** draft-alvestrand-rmcat-remb-03 §2.2, for one source. */
  public boolean receiverEstimate(long senderSsrc, long bitrateBps, long mediaSsrc) {
    if (!begin(RtcpReader.APPLICATION_LAYER, 206, 24, senderSsrc)) {
      return false;
    }
    int exponent = Math.max(0, 64 - Long.numberOfLeadingZeros(bitrateBps) - 18);
    long mantissa = bitrateBps >>> exponent;
    ByteFields.put32(buffer, at + 8, 0);
    ByteFields.put32(buffer, at + 12, RtcpReader.REMB_NAME);
    ByteFields.put32(buffer, at + 16, 1L << 24 | (long) exponent << 18 | mantissa);
    ByteFields.put32(buffer, at + 20, mediaSsrc);
    at += 24;
    return true;
  }

  /**
   * draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1.
   *
   * @param baseSequence transport-wide number of the first packet
   * @param referenceTime in multiples of 64 ms, 24 bits
   * @param ticks arrivals in 250 µs after the reference, {@link #MISSING} for a lost packet; the
   *     step from one arrival to the next must fit 16 signed bits
   */
  public boolean transportFeedback(
      long senderSsrc,
      long mediaSsrc,
      int baseSequence,
      int referenceTime,
      int feedbackCount,
      int[] ticks,
      int count) {
    int size = TransportFeedbackEncoding.size(ticks, count);
    if (!begin(RtcpReader.TRANSPORT_CC, 205, 12 + size, senderSsrc)) {
      return false;
    }
    ByteFields.put32(buffer, at + 8, mediaSsrc);
    ByteFields.put16(buffer, at + 12, baseSequence);
    ByteFields.put16(buffer, at + 14, count);
    ByteFields.put24(buffer, at + 16, referenceTime);
    ByteFields.put8(buffer, at + 19, feedbackCount);
    int end = TransportFeedbackEncoding.write(buffer, at + 20, ticks, count);
    java.util.Arrays.fill(buffer, end, at + 12 + size, (byte) 0);
    at += 12 + size;
    return true;
  }

  private boolean begin(int format, int type, int size, long ssrc) {
    if (at + size > limit) {
      return false;
    }
    reportStart = -1;
    buffer[at] = (byte) (0x80 | format);
    buffer[at + 1] = (byte) type;
    ByteFields.put16(buffer, at + 2, size / 4 - 1);
    ByteFields.put32(buffer, at + 4, ssrc);
    return true;
  }
}
