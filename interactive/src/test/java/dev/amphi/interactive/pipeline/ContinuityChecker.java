package dev.amphi.interactive.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.SequenceUnwrapper;
import dev.amphi.interactive.rtp.codec.Vp8Descriptor;
import java.util.TreeMap;

/**
 * Keeps the VP8 packets that a subscriber gets and fails on whatever a decoder would notice in
 * their order of sending: a hole, a picture id that jumps, a time that stands still, goes back or
 * leaps.
 */
final class ContinuityChecker {
  private static final int TICKS_PER_SECOND = 90_000;

  /** A packet as the subscriber sees it. */
  private record Seen(long ssrc, long timestamp, int pictureId, boolean begins, boolean key) {}

  private final SequenceUnwrapper sequences = new SequenceUnwrapper();
  private final TreeMap<Long, Seen> packets = new TreeMap<>();

  void onPacket(RtpPacket packet) {
    if (packet.payloadLength() == 0) {
      return;
    }
    Vp8Descriptor descriptor = new Vp8Descriptor();
    byte[] b = packet.buffer();
    assertThat(descriptor.wrap(b, packet.payloadOffset(), packet.payloadLength())).isTrue();
    assertThat(descriptor.pictureIdBits()).isEqualTo(15);
    boolean begins = descriptor.startsFrame();
    boolean key = begins && descriptor.startsKeyFrame(b, packet.payloadOffset());
    Seen seen = new Seen(packet.ssrc(), packet.timestamp(), descriptor.pictureId(), begins, key);
    assertThat(packets.put(sequences.unwrap(packet.sequence()), seen))
        .as("a number twice")
        .isNull();
  }

  /** How many numbers are missing; where none is, everything must fit together. */
  int check() {
    int holes = 0;
    Seen last = null;
    long lastNumber = 0;
    for (var entry : packets.entrySet()) {
      Seen seen = entry.getValue();
      if (last == null) {
        assertThat(seen.key).as("begins with a key frame").isTrue();
      } else {
        long missing = entry.getKey() - lastNumber - 1;
        holes += (int) missing;
        assertThat(seen.ssrc).isEqualTo(last.ssrc);
        step(last, seen, missing == 0);
      }
      last = seen;
      lastNumber = entry.getKey();
    }
    return holes;
  }

  private static void step(Seen last, Seen seen, boolean adjacent) {
    int ticks = (int) (seen.timestamp - last.timestamp);
    int pictures = (seen.pictureId - last.pictureId) & 0x7FFF;
    assertThat(ticks).as("ticks between packets").isBetween(0, TICKS_PER_SECOND);
    assertThat(ticks == 0).as("one time, one picture").isEqualTo(pictures == 0);
    if (adjacent) {
      assertThat(pictures).isLessThan(2);
      assertThat(seen.begins)
          .as("a new picture begins with its beginning")
          .isEqualTo(pictures == 1);
    }
  }

  int size() {
    return packets.size();
  }
}
