package dev.amphi.interactive.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.RtpPacket;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A sender that repeats its dependency structure in each packet, not only at key frames: that costs
 * nobody anything, and changes nothing.
 */
class RepeatedStructureTest {
  private static final HeaderExtensions EXTENSIONS =
      HeaderExtensions.of(Map.of(HeaderExtension.DEPENDENCY_DESCRIPTOR, 12));

  private final Av1Continuity atKeys = continuity();
  private final Av1Continuity always = continuity();

  private static Av1Continuity continuity() {
    Av1Continuity continuity = new Av1Continuity();
    continuity.extensions(EXTENSIONS, EXTENSIONS);
    continuity.target(9, 9);
    continuity.start();
    return continuity;
  }

  private static RtpPacket packet(byte[] descriptor, int picture, boolean marker) {
    RtpPacket packet = new RtpPacket();
    packet.create(new byte[600], 0, 600, 45, marker);
    packet.timestamp(picture * 3000L);
    int at = packet.appendExtension(12, descriptor.length);
    System.arraycopy(descriptor, 0, packet.buffer(), at, descriptor.length);
    assertThat(packet.appendPayload(new byte[] {0x10, 0x30, 1}, 0, 3)).isTrue();
    return packet;
  }

  /** Each frame's two packets, one of each stream; late ones come again behind the others. */
  private void frame(LayeredStream stream, int template, int number, int picture, boolean key) {
    boolean marker = number % 3 == 2;
    RtpPacket bare = packet(stream.descriptor(template, number, key), picture, marker);
    RtpPacket full = packet(stream.descriptor(template, number, true), picture, marker);
    assertThat(always.take(full)).as("frame %d", number).isEqualTo(atKeys.take(bare));
    assertThat(always.marker(full)).isEqualTo(atKeys.marker(bare));
    assertThat((int) always.given() & 0xFFFF).isEqualTo((int) atKeys.given() & 0xFFFF);
    assertThat(always.needsKeyFrame()).isEqualTo(atKeys.needsKeyFrame());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void decisionsAreTheSame(long seed) {
    Random random = new Random(seed);
    LayeredStream stream = seed % 2 == 0 ? LayeredStream.FULL : LayeredStream.KEY_SHIFT;
    int number = 0;
    int sinceKey = 0;
    for (int picture = 0; picture < 3000; picture++) {
      sinceKey = random.nextInt(60) == 0 ? 0 : sinceKey;
      int[] templates = stream.picture(sinceKey);
      int missing = sinceKey > 0 && random.nextInt(8) == 0 ? random.nextInt(3) : -1;
      for (int spatial = 0; spatial < 3; spatial++) {
        if (spatial != missing) {
          boolean key = sinceKey == 0 && spatial == 0;
          frame(stream, templates[spatial], number + spatial, picture, key);
        }
      }
      if (missing >= 0) { // It comes behind the others of its picture.
        frame(stream, templates[missing], number + missing, picture, false);
      }
      if (random.nextInt(20) == 0) {
        int spatial = random.nextInt(4);
        int temporal = random.nextInt(4);
        atKeys.target(spatial, temporal);
        always.target(spatial, temporal);
      }
      number += 3;
      sinceKey++;
    }
  }

  @Test
  void aKeyFrameThatComesAgainLateChangesNothing() {
    LayeredStream stream = LayeredStream.KEY_SHIFT;
    int number = 0;
    for (int picture = 0; picture < 9; picture++) {
      for (int template : stream.picture(picture)) {
        RtpPacket packet =
            packet(stream.descriptor(template, number, number == 0), picture, number % 3 == 2);
        boolean passes = always.take(packet);
        assertThat(passes).as("frame %d", number).isEqualTo(number < 3 || number % 3 == 2);
        number++;
      }
      always.take(packet(stream.descriptor(1, 0, true), 0, false)); // The rest of the key frame.
    }
    always.target(1, 9);
    assertThat(always.needsKeyFrame()).as("the chain of the middle layer is broken").isTrue();
  }

  @Test
  void itAllocatesNothing() {
    LayeredStream stream = LayeredStream.FULL;
    always.target(1, 9);
    List<RtpPacket> packets = new ArrayList<>();
    for (int picture = 0; picture < 8000; picture++) {
      for (int spatial = 0; spatial < 3; spatial++) {
        int template = stream.picture(picture)[spatial];
        byte[] descriptor = stream.descriptor(template, packets.size(), true);
        packets.add(packet(descriptor, picture, spatial == 2));
      }
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().threadId();
    RtpPacket out = new RtpPacket();
    byte[] buffer = new byte[600];
    long before = 0;
    int passed = 0;
    for (int i = 0; i < packets.size(); i++) {
      if (i == packets.size() / 2) {
        before = threads.getThreadAllocatedBytes(id);
      }
      RtpPacket packet = packets.get(i);
      if (always.take(packet)) {
        out.create(buffer, 0, 600, 45, always.marker(packet));
        passed += always.append(out, packet, always.given()) ? 1 : 0;
      }
    }
    assertThat(threads.getThreadAllocatedBytes(id) - before).isLessThan(1024);
    assertThat(passed).isEqualTo(16_000);
  }
}
