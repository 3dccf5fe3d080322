package dev.amphi.interactive.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import dev.amphi.interactive.rtp.ByteFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A far side that does not keep to the rules, though DTLS let it in. */
class HostilePeerTest {
  private static final SctpConfig CONFIG = SctpConfig.WEBRTC;

  private final PacketWriter writer = new PacketWriter(1_160, 5000, new SctpStats());
  private final List<byte[]> captured = new ArrayList<>();
  private SctpPair pair;
  private SctpEnd victim;
  private long victimTag;
  private long attackerTsn;

  @BeforeEach
  void standing() {
    pair = SctpPair.established(1, Conditions.PERFECT);
    victim = pair.far;
    // What the attacker knows: the victim's tag and its own next TSN.
    pair.near.send(1, SctpEnd.numbered(0, 10), false, Reliability.RELIABLE, pair.now());
    pair.near.association.poll(
        pair.now(),
        (buffer, offset, length) -> {
          victimTag = ByteFields.u32(buffer, offset + 4);
          attackerTsn = ByteFields.u32(buffer, offset + 16);
        });
  }

  private void deliver() {
    writer.finish((buffer, offset, length) -> victim.onPacket(buffer.clone(), length, pair.now()));
  }

  private void data(long tsn, int flags, int stream, int sequence, int length) {
    writer.begin(victimTag);
    writer.beginChunk(ChunkType.DATA, flags);
    writer.put32(tsn);
    writer.put16(stream);
    writer.put16(sequence);
    writer.put32(53);
    writer.put(new byte[length], 0, length);
    writer.endChunk();
    deliver();
  }

  @Test
  void lyingLengthsAndWrongChecksumsAreCountedAndChangeNothing() {
    writer.begin(victimTag);
    writer.chunk(ChunkType.COOKIE_ACK, 0);
    writer.finish(
        (buffer, offset, length) -> captured.add(java.util.Arrays.copyOf(buffer, length)));
    byte[] packet = captured.getFirst();
    long before = victim.association.stats().malformed();
    for (int claimed : new int[] {0, 3, 5, 8, 1_000, 65_535}) {
      byte[] lying = packet.clone();
      ByteFields.put16(lying, 14, claimed);
      repair(lying, lying.length);
      victim.onPacket(lying, lying.length, pair.now());
    }
    byte[] flipped = packet.clone();
    flipped[5] ^= 1;
    victim.onPacket(flipped, flipped.length, pair.now());
    for (int length = 0; length < 16; length++) {
      victim.onPacket(packet, length, pair.now());
    }
    assertThat(victim.association.stats().malformed() - before).isEqualTo(6 + 1 + 16);
    assertThat(victim.association.established()).isTrue();
  }

  @Test
  void packetsWithAnothersTagAreNotHeard() {
    writer.begin(victimTag + 1);
    writer.chunk(ChunkType.ABORT, 0);
    deliver();
    assertThat(victim.association.established()).isTrue();
    assertThat(victim.association.stats().wrongTag()).isEqualTo(1);
  }

  @Test
  void aFloodOfNumbersBeyondTheWindowHoldsNothing() {
    for (int i = 0; i < 20_000; i++) {
      data(attackerTsn + 10_000 + i * 7L, ChunkType.BEGIN, 1, 1, 1_000);
    }
    assertThat(victim.association.heldBytes()).isZero();
    assertThat(victim.association.stats().refusedChunks()).isEqualTo(20_000);
    assertThat(victim.association.established()).isTrue();
  }

  @Test
  void whatIsNeverCompletedStaysWithinTheWindow() {
    for (int i = 1; i < 8_000; i++) {
      data(attackerTsn + 2L * i, ChunkType.BEGIN, 1, i, 1_000);
      data(attackerTsn + 2L * i + 1, ChunkType.BEGIN | ChunkType.END, 2, i, 1_000);
    }
    assertThat(victim.mostHeldBytes).isLessThanOrEqualTo(CONFIG.receiveBytes());
    assertThat(victim.association.established()).isTrue();
  }

  @Test
  void aMessageThatNeverEndsEndsTheAssociation() {
    for (int i = 0; i < 100; i++) {
      data(attackerTsn + i, i == 0 ? ChunkType.BEGIN : 0, 1, 0, 1_000);
    }
    assertThat(victim.association.ended()).isTrue();
    assertThat(victim.closed).contains("too large");
  }

  @Test
  void emptyDataEndsTheAssociation() {
    data(attackerTsn, ChunkType.BEGIN | ChunkType.END, 1, 0, 0);
    assertThat(victim.closed).contains("empty");
  }

  @Test
  void dataOnStreamsThatDoNotExistIsThrownAway() {
    data(attackerTsn, ChunkType.BEGIN | ChunkType.END, 60_000, 0, 10);
    assertThat(victim.received).isEmpty();
    assertThat(victim.association.heldBytes()).isZero();
    assertThat(victim.association.stats().refusedChunks()).isEqualTo(1);
  }

  @Test
  void acknowledgingWhatWasNeverSentEndsTheAssociation() {
    long victimTsn = victim.association.stats().packetsSent() + 1_000_000;
    writer.begin(victimTag);
    sack(victimNext() + 5 + victimTsn, 0);
    deliver();
    assertThat(victim.closed).contains("never sent");
  }

  private void sack(long cumulative, int blocks) {
    writer.beginChunk(ChunkType.SACK, 0);
    writer.put32(cumulative);
    writer.put32(100_000);
    writer.put16(blocks);
    writer.put16(0);
    for (int i = 0; i < Math.min(blocks, 200); i++) {
      writer.put16(1);
      writer.put16(65_535);
    }
    writer.endChunk();
  }

  /** The victim's next TSN, read from a message that it sends. */
  private long victimNext() {
    long[] tsn = new long[1];
    victim.send(3, SctpEnd.numbered(1, 10), false, Reliability.RELIABLE, pair.now());
    victim.association.poll(
        pair.now(),
        (buffer, offset, length) -> {
          for (int at = 12; at < length; at += (ByteFields.u16(buffer, at + 2) + 3) & ~3) {
            if (ByteFields.u8(buffer, at) == ChunkType.DATA) {
              tsn[0] = ByteFields.u32(buffer, at + 4);
            }
          }
        });
    return tsn[0];
  }

  @Test
  void lyingGapBlocksAreCountedAndAcknowledgeNothing() {
    long tsn = victimNext();
    for (int i = 0; i < 1_000; i++) {
      writer.begin(victimTag);
      sack(tsn - 1, i % 2 == 0 ? 200 : 65_535);
      deliver();
    }
    assertThat(victim.association.stats().malformed()).isGreaterThanOrEqualTo(1_000);
    assertThat(victim.association.bufferedBytes(3)).isEqualTo(10);
    assertThat(victim.association.established()).isTrue();
  }

  @Test
  void cookiesThatWeDidNotMakeAreCounted() {
    byte[] cookie = new byte[88];
    for (int i = 0; i < 1_000; i++) {
      writer.begin(victimTag);
      writer.beginChunk(ChunkType.COOKIE_ECHO, 0);
      writer.put(cookie, 0, i % 2 == 0 ? cookie.length : i % cookie.length);
      writer.endChunk();
      deliver();
    }
    assertThat(victim.association.stats().badCookies()).isEqualTo(1_000);
    assertThat(victim.association.established()).isTrue();
  }

  @Test
  void aFloodOfHandshakesIsAnsweredOncePerPollAndRemembersNothing() {
    SctpEnd waiting = new SctpEnd(CONFIG, new Random(3));
    Random random = new Random(4);
    for (int i = 0; i < 10_000; i++) {
      writer.begin(0);
      new InitChunk(1 + random.nextInt(1_000_000), 65_536, 10, 10, i, true, true)
          .write(writer, null);
      writer.finish((buffer, offset, length) -> waiting.onPacket(buffer.clone(), length, 0));
    }
    int[] answers = new int[1];
    waiting.association.poll(0, (buffer, offset, length) -> answers[0]++);
    assertThat(answers[0]).isEqualTo(1);
    assertThat(waiting.association.heldBytes()).isZero();
  }

  @Test
  void aCookieOfTheDayBeforeMakesNoAssociation() {
    SctpEnd waiting = new SctpEnd(CONFIG, new Random(3));
    SctpEnd caller = new SctpEnd(CONFIG, new Random(5));
    caller.association.connect(0);
    caller.association.poll(0, (b, o, length) -> waiting.onPacket(b.clone(), length, 0));
    waiting.association.poll(0, (b, o, length) -> caller.onPacket(b.clone(), length, 0));
    long late = StateCookie.LIFE_NANOS + 1;
    caller.association.poll(late, (b, o, length) -> waiting.onPacket(b.clone(), length, late));
    assertThat(waiting.association.established()).isFalse();
    assertThat(waiting.association.stats().badCookies()).isEqualTo(1);
  }

  /** Genuine packets with bytes changed and the checksum made right again. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void mutatedPacketsNeverThrowAndHoldNoMoreThanTheWindow(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      SctpPair talk = new SctpPair(seed * 1_000 + round, Conditions.PERFECT);
      talk.near.association.connect(talk.now());
      exchange(talk, random, 60);
      assertThat(talk.far.mostHeldBytes)
          .isLessThanOrEqualTo(CONFIG.receiveBytes() + CONFIG.sendBytes() + CONFIG.messageBytes());
    }
  }

  private static void exchange(SctpPair talk, Random random, int steps) {
    long now = talk.now();
    for (int step = 0; step < steps; step++) {
      now += random.nextInt(300) * SctpPair.MILLI;
      for (SctpEnd[] way : new SctpEnd[][] {{talk.near, talk.far}, {talk.far, talk.near}}) {
        SctpEnd from = way[0];
        SctpEnd to = way[1];
        from.send(
            random.nextInt(4),
            SctpEnd.numbered(step, 4 + random.nextInt(3_000)),
            random.nextBoolean(),
            random.nextBoolean() ? Reliability.RELIABLE : Reliability.retransmits(0),
            now);
        if (random.nextInt(10) == 0) {
          from.association.reset(random.nextInt(4));
        }
        long at = now;
        from.association.poll(
            now,
            (buffer, offset, length) -> {
              byte[] packet = java.util.Arrays.copyOf(buffer, length);
              if (random.nextInt(3) > 0) {
                to.onPacket(packet, length, at);
              }
              byte[] mutated = packet.clone();
              int changes = 1 + random.nextInt(4);
              for (int i = 0; i < changes; i++) {
                mutated[8 + random.nextInt(length - 8)] = (byte) random.nextInt();
              }
              int cut = random.nextInt(4) == 0 ? 12 + random.nextInt(length - 11) : length;
              repair(mutated, cut);
              to.onPacket(mutated, cut, at);
            });
      }
    }
  }

  private static void repair(byte[] packet, int length) {
    int sum = PacketReader.checksum(new CRC32C(), packet, 0, length);
    for (int i = 0; i < 4; i++) {
      packet[8 + i] = (byte) (sum >>> (8 * i));
    }
  }
}
