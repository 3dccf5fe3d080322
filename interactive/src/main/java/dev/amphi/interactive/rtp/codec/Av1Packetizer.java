package dev.amphi.interactive.rtp.codec;

/**
 * AV1 (AOM "RTP Payload Format For AV1" 1.0, §5): the OBUs of a temporal unit one behind the other,
 * each with its length before it (W is 0), cut where a payload is full.
 */
public final class Av1Packetizer implements Packetizer {
  /** What an element's length takes at most: a payload is shorter than 2^14. */
  private static final int MAX_WIDTH = 2;

  private final byte[] payload = new byte[MAX_PAYLOAD];
  private final byte[] obu = new byte[2];
  private int filled;
  private int flags;

  @Override
  public void packetize(byte[] frame, int offset, int length, PayloadSink sink) {
    int end = offset + length;
    int at = offset;
    filled = 1;
    flags = 0;
    while (at < end) {
      int header = ObuHeader.length(frame[at]);
      int type = ObuHeader.type(frame[at]);
      long size = Leb128.read(frame, at + header, end);
      if (!ObuHeader.hasSize(frame[at]) || size == Leb128.MALFORMED) {
        throw new IllegalArgumentException("Each OBU must say its size: at " + (at - offset));
      }
      int content = at + header + Leb128.size(size);
      int next = content + (int) Leb128.value(size);
      if (next > end) {
        throw new IllegalArgumentException("An OBU ends behind the temporal unit: " + next);
      }
      if (ObuHeader.decoded(type)) {
        flags |= type == ObuHeader.SEQUENCE_HEADER ? 0x08 : 0; // N
        System.arraycopy(frame, at, obu, 0, header);
        obu[0] &= (byte) ~ObuHeader.HAS_SIZE;
        put(obu, header, frame, content, next, sink);
      }
      at = next;
    }
    flush(true, sink);
  }

  private void put(byte[] head, int header, byte[] frame, int from, int to, PayloadSink sink) {
    int at = from;
    int ahead = header; // goes into the first piece
    do {
      if (MAX_PAYLOAD - filled < MAX_WIDTH + header + 1) {
        flush(false, sink);
      }
      int room = MAX_PAYLOAD - filled - MAX_WIDTH - ahead;
      int piece = Math.min(room, to - at);
      Leb128.write(payload, filled, ahead + piece);
      filled += Leb128.width(ahead + piece);
      System.arraycopy(head, 0, payload, filled, ahead);
      System.arraycopy(frame, at, payload, filled + ahead, piece);
      filled += ahead + piece;
      at += piece;
      ahead = 0;
      if (at < to) {
        flags |= 0x40; // Y
        flush(false, sink);
        flags |= 0x80; // Z
      }
    } while (at < to);
  }

  private void flush(boolean last, PayloadSink sink) {
    if (filled > 1) {
      payload[0] = (byte) flags;
      sink.payload(payload, 0, filled, last);
    }
    filled = 1;
    flags = 0;
  }
}
