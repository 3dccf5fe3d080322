package dev.amphi.interactive.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketHistoryTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int KIBI = 1024;

  private final PacketHistory history = new PacketHistory();
  private final RtpPacket packet = new RtpPacket();
  private final RtpPacket found = new RtpPacket();
  private final byte[] payload = new byte[1400];
  private int sequence = 65_000;
  private long nowNanos;

  private void put(int number, int length) {
    packet.create(new byte[1500], 0, 1500, 96, false);
    packet.sequence(number & 0xFFFF);
    packet.timestamp(number);
    assertThat(packet.appendPayload(payload, 0, length - RtpPacket.FIXED_HEADER)).isTrue();
    history.put(packet, nowNanos);
  }

  private boolean has(int number, int of) {
    return history.read(number, found)
        && found.sequence() == (of & 0xFFFF)
        && found.timestamp() == of;
  }

  /** Packets of 1,000 bytes at this rate. */
  private void play(int seconds, int bitsPerSecond) {
    long step = 8000 * SECOND / bitsPerSecond;
    for (long until = nowNanos + seconds * SECOND; nowNanos < until; nowNanos += step) {
      put(sequence++, 1000);
    }
  }

  @Test
  void whatIsYoungerThanTwoSecondsIsThere() {
    for (long seed = 1; seed <= 5; seed++) {
      Random random = new Random(seed);
      Map<Integer, Long> put = new HashMap<>();
      for (int i = 0; i < 20_000; i++) {
        int rate = i / 4000 % 2 == 0 ? 300 : 30; // packets a second
        nowNanos += random.nextLong(2 * SECOND / rate);
        if (random.nextInt(20) == 0) { // one comes late
          sequence++;
          put(sequence, 12 + random.nextInt(1200));
          put.put(sequence, nowNanos);
          put(sequence - 1, 12 + random.nextInt(1200));
          put.put(sequence - 1, nowNanos);
        } else {
          put(sequence, 12 + random.nextInt(1200));
          put.put(sequence, nowNanos);
        }
        sequence++;
        int asked = sequence - 1 - random.nextInt(700);
        long at = put.getOrDefault(asked, Long.MIN_VALUE / 2);
        if (nowNanos - at < PacketHistory.KEPT_NANOS) {
          assertThat(has(history.number(asked & 0xFFFF), asked)).as("seed %d", seed).isTrue();
        }
      }
    }
  }

  @Test
  void memoryFollowsTheBitRate() {
    play(20, 150_000);
    assertThat(history.bytes()).isLessThanOrEqualTo(64 * KIBI);
    play(20, 1_600_000);
    assertThat(history.bytes()).isBetween(390 * KIBI, 450 * KIBI);
    play(60, 150_000);
    assertThat(history.bytes()).isLessThanOrEqualTo(112 * KIBI);
    play(20, 200_000_000);
    assertThat(history.bytes()).as("bounded").isLessThanOrEqualTo(1504 * KIBI);
  }

  @Test
  void aStreamThatBeginsAnewIsNotTakenForTheOldOne() {
    put(100, 500);
    int old = history.number(100);
    assertThat(has(old, 100)).isTrue();
    history.restart();
    assertThat(history.read(old, found)).isFalse();
    put(100, 700);
    assertThat(history.number(100)).isNotEqualTo(old);
    assertThat(history.read(old, found)).isFalse();
    assertThat(has(history.number(100), 100)).isTrue();
  }

  @Test
  void whatIsFarTooOldIsNeitherKeptNorFound() {
    put(5000, 100);
    put(5000 - 1023, 100);
    assertThat(has(history.number(5000 - 1023), 5000 - 1023)).isTrue();
    put(5000 - 1024, 100);
    assertThat(history.read(history.number(5000 - 1024), found)).isFalse();
    assertThat(has(history.number(5000), 5000)).isTrue();
  }
}
