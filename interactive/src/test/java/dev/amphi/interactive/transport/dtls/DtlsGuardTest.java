package dev.amphi.interactive.transport.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DtlsGuardTest {
  private static final int HANDSHAKE = 22;

  private final DtlsGuard guard = new DtlsGuard();

  /** 13 bytes of record and 16 empty fragments that each claim 16,777,215 bytes: 205 in all. */
  static byte[] attack() {
    ByteBuffer content = ByteBuffer.allocate(16 * 12);
    for (int sequence = 0; sequence < 16; sequence++) {
      content.put((byte) 1).put(uint24(0xFFFFFF)).putShort((short) sequence);
      content.put(uint24(0)).put(uint24(0));
    }
    return record(HANDSHAKE, 0, content.array());
  }

  @Test
  void refusesTheAttackDatagramOf205Bytes() {
    byte[] attack = attack();

    assertThat(attack).hasSize(205);
    assertThat(admits(attack)).isFalse();
    assertThat(guard.refused()).isEqualTo(1);
  }

  @Test
  void refusesTenThousandAttackDatagramsWithinOneMebibyteOfHeap() {
    byte[] attack = attack();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());

    for (int i = 0; i < 10_000; i++) {
      guard.admits(attack, 0, attack.length);
    }

    long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before;
    assertThat(allocated).isLessThan(1 << 20);
    assertThat(guard.refused()).isEqualTo(10_000);
  }

  @Test
  void admitsAClientHelloInOnePieceAndInFragments() {
    assertThat(admits(record(HANDSHAKE, 0, fragment(1, 300, 0, 0, 300)))).isTrue();
    assertThat(admits(record(HANDSHAKE, 0, fragment(11, 900, 1, 500, 400)))).isTrue();
  }

  @Test
  void admitsAnEmptyServerHelloDone() {
    assertThat(admits(record(HANDSHAKE, 0, fragment(14, 0, 4, 0, 0)))).isTrue();
  }

  @Test
  void admitsAWholeFlightInOneDatagram() {
    byte[] flight =
        join(
            record(HANDSHAKE, 0, fragment(16, 66, 2, 0, 66)),
            record(20, 0, new byte[] {1}),
            record(HANDSHAKE, 1, new byte[40]));

    assertThat(admits(flight)).isTrue();
  }

  @Test
  void admitsAlertsInTheClearAndEncrypted() {
    assertThat(admits(record(21, 0, new byte[] {2, 40}))).isTrue();
    assertThat(admits(record(21, 1, new byte[26]))).isTrue();
  }

  @Test
  void takesTheLargestMessageButNotOneByteMore() {
    assertThat(admits(record(HANDSHAKE, 0, fragment(11, 16_384, 1, 0, 100)))).isTrue();
    assertThat(admits(record(HANDSHAKE, 0, fragment(11, 16_385, 1, 0, 100)))).isFalse();
  }

  @Test
  void takesTheLastMessageNumberButNotTheNext() {
    assertThat(admits(record(HANDSHAKE, 0, fragment(1, 40, 15, 0, 40)))).isTrue();
    assertThat(admits(record(HANDSHAKE, 0, fragment(1, 40, 16, 0, 40)))).isFalse();
  }

  @Test
  void refusesAFragmentThatReachesBeyondItsMessage() {
    assertThat(admits(record(HANDSHAKE, 0, fragment(1, 100, 0, 61, 40)))).isFalse();
  }

  @Test
  void refusesAFragmentLongerThanItsRecord() {
    byte[] lying = fragment(1, 100, 0, 0, 40);
    lying[11] = 41;

    assertThat(admits(record(HANDSHAKE, 0, lying))).isFalse();
  }

  @Test
  void refusesAnEmptyFragmentOfAMessageThatIsNotEmpty() {
    assertThat(admits(record(HANDSHAKE, 0, fragment(1, 100, 0, 0, 0)))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 19, 23, 24, 25, 255})
  void refusesRecordTypesThatNoHandshakeHas(int type) {
    assertThat(admits(record(type, 0, new byte[] {1, 0}))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0303, 0x0100, 0xFEFC, 0xFEFE, 0})
  void refusesVersionsThatAreNotDtls(int version) {
    byte[] datagram = record(HANDSHAKE, 0, fragment(1, 40, 0, 0, 40));
    ByteBuffer.wrap(datagram).putShort(1, (short) version);

    assertThat(admits(datagram)).isFalse();
  }

  @Test
  void refusesRenegotiation() {
    assertThat(admits(record(HANDSHAKE, 2, new byte[40]))).isFalse();
  }

  @Test
  void refusesRecordsThatAreCutShortEmptyOrFollowedByABit() {
    byte[] whole = record(HANDSHAKE, 0, fragment(1, 40, 0, 0, 40));

    for (int length = 0; length < whole.length; length++) {
      assertThat(guard.admits(whole, 0, length)).as("cut to %d", length).isFalse();
    }
    assertThat(admits(record(HANDSHAKE, 0, new byte[0]))).isFalse();
    assertThat(admits(join(whole, new byte[] {22}))).isFalse();
  }

  @Test
  void refusesTheWholeDatagramForItsLastRecord() {
    assertThat(admits(join(record(HANDSHAKE, 0, fragment(1, 40, 0, 0, 40)), attack()))).isFalse();
  }

  @Test
  void looksOnlyAtTheBytesItIsTold() {
    byte[] whole = record(HANDSHAKE, 0, fragment(1, 40, 0, 0, 40));
    byte[] padded = join(new byte[7], join(whole, new byte[9]));

    assertThat(guard.admits(padded, 7, whole.length)).isTrue();
  }

  @Test
  void endsAnAssociationThatHasSentSixtyFourKibibytes() {
    byte[] datagram = record(HANDSHAKE, 0, fragment(1, 999, 0, 0, 999));
    int admitted = 0;
    for (int i = 0; i < 1_000; i++) {
      admitted += admits(datagram) ? 1 : 0;
    }

    assertThat(admitted).isEqualTo(64 * 1024 / datagram.length);
  }

  @Test
  void neverThrowsAndNeverAdmitsWhatBreaksALimitWhateverComes() {
    long seed = 20_261_101;
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      byte[] noise = attack();
      for (int k = random.nextInt(8); k >= 0; k--) {
        noise[random.nextInt(noise.length)] = (byte) random.nextInt();
      }
      // Fifteen of the sixteen lies at least are still in there, unless the record is encrypted.
      boolean encrypted = noise[4] == 1 && noise[3] == 0;
      assertThat(encrypted || !new DtlsGuard().admits(noise, 0, noise.length))
          .as("seed %d, round %d", seed, i)
          .isTrue();
    }
  }

  private boolean admits(byte[] datagram) {
    return guard.admits(datagram, 0, datagram.length);
  }

  private static byte[] record(int type, int epoch, byte[] content) {
    return ByteBuffer.allocate(13 + content.length)
        .put((byte) type)
        .putShort((short) 0xFEFD)
        .putShort((short) epoch)
        .put(new byte[6])
        .putShort((short) content.length)
        .put(content)
        .array();
  }

  private static byte[] fragment(int type, int length, int sequence, int offset, int bytes) {
    return ByteBuffer.allocate(12 + bytes)
        .put((byte) type)
        .put(uint24(length))
        .putShort((short) sequence)
        .put(uint24(offset))
        .put(uint24(bytes))
        .array();
  }

  private static byte[] uint24(int value) {
    return new byte[] {(byte) (value >> 16), (byte) (value >> 8), (byte) value};
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }
}
