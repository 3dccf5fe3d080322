package dev.amphi.interactive.room;

import dev.amphi.interactive.rtp.RtpPacket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One layer of a camera as Chromium makes it: VP8, key frames of ten times the mean size; in a
 * simulcast with three temporal layers, alone with none.
 */
final class CameraLayer {
  /** Takes its packets. */
  interface Sink {
    void rtp(byte[] buffer, int length);
  }

  private static final int VP8 = 96;
  private static final int MID = 4;
  private static final int RID = 10;
  private static final int PAYLOAD = 1100;
  private static final int KEY_FRAME = 10;
  private static final int[] TEMPORAL = {0, 2, 1, 2};

  /** What a frame of each temporal layer takes of four frames' bits: 40, 20 and twice 20 %. */
  private static final double[] SHARE = {1.6, 0.8, 0.8};

  final long ssrc;
  private final String rid;
  private final int width;
  private final int height;
  private final long bitrateBps;
  private int sequence = 60_000;
  private int picture = 100;
  private int phase = -1;
  private int tl0;

  /** A layer of a simulcast, or with "" as its name the only one. */
  CameraLayer(String rid, long ssrc, int width, int height, long bitrateBps) {
    this.rid = rid;
    this.ssrc = ssrc;
    this.width = width;
    this.height = height;
    this.bitrateBps = bitrateBps;
  }

  /** Sends one frame. */
  void frame(boolean key, int framesPerSecond, long timestamp, Sink sink) {
    phase = key ? 0 : phase + 1;
    int temporal = rid.isEmpty() ? 0 : TEMPORAL[phase % TEMPORAL.length];
    tl0 += temporal == 0 ? 1 : 0;
    boolean sync = phase % 8 < 3 && temporal > 0;
    double mean = bitrateBps / 8.0 / framesPerSecond;
    double share = rid.isEmpty() ? 1 : SHARE[temporal];
    int left = (int) Math.max(40, mean * (key ? KEY_FRAME : share));
    boolean first = true;
    while (left > 0) {
      int size = Math.max(Math.min(left, PAYLOAD), 20);
      left -= size;
      send(key, first, left <= 0, size, temporal, sync, timestamp, sink);
      first = false;
    }
    picture = (picture + 1) & 0x7FFF;
  }

  private void send(
      boolean key,
      boolean first,
      boolean last,
      int size,
      int temporal,
      boolean sync,
      long timestamp,
      Sink sink) {
    byte[] payload = new byte[size];
    Arrays.fill(payload, (byte) 7);
    payload[0] = (byte) (first ? 0x90 : 0x80);
    payload[1] = (byte) 0xE0;
    payload[2] = (byte) (0x80 | picture >> 8);
    payload[3] = (byte) picture;
    payload[4] = (byte) tl0;
    payload[5] = (byte) (temporal << 6 | (sync ? 0x20 : 0));
    if (first) {
      byte[] head = {
        (byte) (key ? 0x10 : 0x11),
        0,
        0,
        (byte) 0x9D,
        1,
        0x2A,
        (byte) width,
        (byte) (width >> 8),
        (byte) height,
        (byte) (height >> 8)
      };
      System.arraycopy(head, 0, payload, 6, head.length);
    }
    byte[] buffer = new byte[RtpPacket.MAX_LENGTH];
    RtpPacket packet = new RtpPacket();
    packet.create(buffer, 0, buffer.length, VP8, last);
    packet.ssrc(ssrc);
    packet.sequence(sequence);
    sequence = (sequence + 1) & 0xFFFF;
    packet.timestamp(timestamp & 0xFFFF_FFFFL);
    buffer[packet.appendExtension(MID, 1)] = '1';
    if (!rid.isEmpty()) {
      buffer[packet.appendExtension(RID, 1)] = rid.getBytes(StandardCharsets.UTF_8)[0];
    }
    packet.appendPayload(payload, 0, payload.length);
    sink.rtp(buffer, packet.length());
  }
}
