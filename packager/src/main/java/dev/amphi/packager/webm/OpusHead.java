package dev.amphi.packager.webm;

import dev.amphi.packager.mp4.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The identification header of Opus (RFC 7845 §5.1), which Matroska wants as its codec's private
 * data, and what a packet says of itself (RFC 6716 §3.1). Nothing is skipped at the beginning: the
 * RTP timestamp of a packet (RFC 7587 §4.1) is when its first sample comes out of a decoder.
 */
final class OpusHead {
  private static final int BYTES = 19;
  private static final int CHANNELS_AT = 9;
  private static final int SAMPLES_PER_MS = 48;
  private static final int LONGEST_MS = 120;

  private OpusHead() {}

  static Bytes write(int channels) {
    return Bytes.wrap(
        ByteBuffer.allocate(BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("OpusHead".getBytes(StandardCharsets.US_ASCII))
            .put((byte) 1)
            .put((byte) channels)
            .putShort((short) 0) // nothing to skip
            .putInt(48_000)
            .putShort((short) 0) // gain
            .put((byte) 0) // mono or stereo
            .array());
  }

  /** As many as such a header says. */
  static int channels(Bytes head) {
    return head.length() > CHANNELS_AT ? head.at(CHANNELS_AT) : 2;
  }

  /** How long a packet sounds, in milliseconds, rounded up; 0 where it is none. */
  static int durationMs(Bytes packet) {
    if (packet.length() == 0) {
      return 0;
    }
    int toc = packet.at(0);
    int frames =
        switch (toc & 3) {
          case 0 -> 1;
          case 1, 2 -> 2;
          default -> packet.length() < 2 ? 0 : packet.at(1) & 0x3f;
        };
    int samples = frames * frameSamples(toc >> 3);
    return samples > LONGEST_MS * SAMPLES_PER_MS
        ? 0
        : (samples + SAMPLES_PER_MS - 1) / SAMPLES_PER_MS;
  }

  /** RFC 6716, table 2. */
  private static int frameSamples(int config) {
    if (config < 12) { // SILK: 10, 20, 40, 60 ms
      int step = config & 3;
      return SAMPLES_PER_MS * (step == 3 ? 60 : 10 << step);
    }
    if (config < 16) { // hybrid: 10, 20 ms
      return SAMPLES_PER_MS * (10 << (config & 1));
    }
    return (SAMPLES_PER_MS * 5 / 2) << (config & 3); // CELT: 2.5, 5, 10, 20 ms
  }
}
