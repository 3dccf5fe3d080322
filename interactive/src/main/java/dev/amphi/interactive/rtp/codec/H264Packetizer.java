package dev.amphi.interactive.rtp.codec;

/**
 * H.264 (RFC 6184, packetization-mode 1): a NAL unit that fits is a payload of its own, a longer
 * one is cut into FU-A.
 */
public final class H264Packetizer implements Packetizer {
  private static final int FU_HEADERS = 2;

  private final byte[] payload = new byte[MAX_PAYLOAD];

  @Override
  public void packetize(byte[] frame, int offset, int length, PayloadSink sink) {
    int end = offset + length;
    int start = nextUnit(frame, offset, end);
    while (start < end) {
      int following = nextUnit(frame, start, end);
      int unitEnd = following < end ? startCodeBefore(frame, following, start) : end;
      if (unitEnd > start) {
        packetizeUnit(frame, start, unitEnd, following >= end, sink);
      }
      start = following;
    }
  }

  /** Behind the next start code 00 00 01 from {@code from} on, or {@code end}. */
  private static int nextUnit(byte[] b, int from, int end) {
    for (int at = from; at + 3 < end; at++) {
      if (b[at] == 0 && b[at + 1] == 0 && b[at + 2] == 1) {
        return at + 3;
      }
    }
    return end;
  }

  /** Where the unit before a start code ends: zeros before it are not part of the unit. */
  private static int startCodeBefore(byte[] b, int following, int start) {
    int at = following - 3;
    while (at > start && b[at - 1] == 0) {
      at--;
    }
    return at;
  }

  private void packetizeUnit(byte[] b, int start, int end, boolean last, PayloadSink sink) {
    if (end - start <= MAX_PAYLOAD) {
      sink.payload(b, start, end - start, last);
      return;
    }
    int header = b[start];
    int at = start + 1;
    int room = MAX_PAYLOAD - FU_HEADERS;
    while (at < end) {
      int size = Math.min(room, end - at);
      boolean ends = at + size == end;
      payload[0] = (byte) ((header & 0xE0) | NalUnit.FU_A);
      payload[1] =
          (byte)
              (NalUnit.type(header)
                  | (at == start + 1 ? NalUnit.FU_START : 0)
                  | (ends ? NalUnit.FU_END : 0));
      System.arraycopy(b, at, payload, FU_HEADERS, size);
      sink.payload(payload, 0, FU_HEADERS + size, last && ends);
      at += size;
    }
  }
}
