package dev.amphi.packager.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was sealed is read back from anywhere, and nothing else ever is; Google Tink agrees. */
final class SealedFileTest {
  private static final String ABOUT = "demo/20261121-100000-1";
  private static final int SEGMENT = StreamLayout.SEGMENT_BYTES;
  private static final List<Integer> LENGTHS =
      List.of(
          0,
          1,
          SEGMENT - 57,
          SEGMENT - 56,
          SEGMENT - 55,
          2 * SEGMENT - 73,
          2 * SEGMENT - 72,
          2 * SEGMENT - 71,
          5 * SEGMENT + 12_345);

  private final SecureRandom secure = new SecureRandom();
  private final RecordingKey key = RecordingKey.random(secure);

  @TempDir private Path folder = Path.of("");

  @Test
  void whatWasSealedIsReadBackFromAnywhere() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int length : LENGTHS) {
      byte[] plain = bytes(random, length);
      Path file = seal(plain, random);
      assertThat(Files.size(file)).isEqualTo(new StreamLayout(Files.size(file)).storedBytes());
      try (SealedFile sealed = SealedFile.open(file, key, ABOUT)) {
        assertThat(sealed.length()).as("seed %d", seed).isEqualTo(length);
        assertThat(readAll(sealed, 0)).isEqualTo(plain);
        for (int round = 0; round < 20 && length > 0; round++) {
          int from = random.nextInt(length);
          assertThat(readAll(sealed, from))
              .as("seed %d, length %d, from %d", seed, length, from)
              .isEqualTo(Arrays.copyOfRange(plain, from, length));
        }
        assertThat(sealed.read(length, 10).remaining()).isZero();
      }
    }
  }

  @Test
  void tinkReadsWhatWasSealedHere() throws Exception {
    Random random = new Random(1);
    for (int length : LENGTHS) {
      byte[] plain = bytes(random, length);
      Path file = seal(plain, random);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
          SeekableByteChannel read = tink().newSeekableDecryptingChannel(channel, utf8(ABOUT))) {
        ByteBuffer all = ByteBuffer.allocate(length);
        while (all.hasRemaining() && read.read(all) >= 0) {
          // On it goes.
        }
        assertThat(all.array()).isEqualTo(plain);
      }
    }
  }

  @Test
  void whatTinkSealedIsReadHere() throws Exception {
    Random random = new Random(2);
    for (int length : LENGTHS) {
      byte[] plain = bytes(random, length);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (OutputStream sealing = tink().newEncryptingStream(out, utf8(ABOUT))) {
        sealing.write(plain);
      }
      Path file = Files.write(folder.resolve("tink"), out.toByteArray());
      try (SealedFile sealed = SealedFile.open(file, key, ABOUT)) {
        assertThat(readAll(sealed, 0)).isEqualTo(plain);
      }
    }
  }

  @Test
  void aFlippedBitIsNeverReadAsSomethingElse() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] plain = bytes(random, 3 * SEGMENT);
    byte[] good = Files.readAllBytes(seal(plain, random));
    for (int round = 0; round < 60; round++) {
      byte[] bad = good.clone();
      int at = round < 42 ? round : random.nextInt(bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      Path file = Files.write(folder.resolve("bad"), bad);
      assertThatThrownBy(
              () -> {
                try (SealedFile sealed = SealedFile.open(file, key, ABOUT)) {
                  readAll(sealed, 0);
                }
              })
          .as("seed %d, byte %d", seed, at)
          .isInstanceOf(ForgedException.class);
    }
  }

  @Test
  void whatIsBeforeADamagedSegmentCanStillBeRead() throws IOException {
    byte[] plain = bytes(new Random(3), 3 * SEGMENT);
    Path file = seal(plain, new Random(4));
    byte[] bad = Files.readAllBytes(file);
    bad[SEGMENT + 100] ^= 1;
    Files.write(file, bad);
    try (SealedFile sealed = SealedFile.open(file, key, ABOUT)) {
      assertThat(sealed.read(0, 1000).remaining()).isEqualTo(1000);
      assertThatThrownBy(() -> sealed.read(SEGMENT, 1)).isInstanceOf(ForgedException.class);
      assertThat(sealed.read(2L * SEGMENT, 1000).remaining()).isEqualTo(1000);
    }
  }

  @Test
  void aCutOrLengthenedOrReorderedFileIsNotOpened() throws IOException {
    byte[] plain = bytes(new Random(5), 4 * SEGMENT);
    byte[] good = Files.readAllBytes(seal(plain, new Random(6)));
    for (int length : List.of(0, 10, 40, 56, SEGMENT, SEGMENT + 16, 2 * SEGMENT, good.length - 1)) {
      refuse(Arrays.copyOf(good, length), key, ABOUT);
    }
    refuse(Arrays.copyOf(good, good.length + 1), key, ABOUT);
    byte[] swapped = good.clone();
    System.arraycopy(good, SEGMENT, swapped, 2 * SEGMENT, SEGMENT);
    System.arraycopy(good, 2 * SEGMENT, swapped, SEGMENT, SEGMENT);
    Path file = Files.write(folder.resolve("swapped"), swapped);
    try (SealedFile sealed = SealedFile.open(file, key, ABOUT)) {
      assertThatThrownBy(() -> sealed.read(SEGMENT, 1)).isInstanceOf(ForgedException.class);
    }
    refuse(good, key, "demo/20261121-100000-2");
    refuse(good, RecordingKey.random(secure), ABOUT);
  }

  private void refuse(byte[] bytes, RecordingKey with, String about) throws IOException {
    Path file = Files.write(folder.resolve("refused"), bytes);
    assertThatThrownBy(() -> SealedFile.open(file, with, about).close())
        .as("%d bytes", bytes.length)
        .isInstanceOf(ForgedException.class);
  }

  private AesGcmHkdfStreaming tink() throws Exception {
    return new AesGcmHkdfStreaming(key.movie(), "HmacSha256", 32, SEGMENT, 0);
  }

  private Path seal(byte[] plain, Random random) throws IOException {
    Path file = folder.resolve("sealed");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SealingStream stream =
        new SealingStream(
            key,
            ABOUT,
            secure,
            more -> {
              byte[] bytes = new byte[more.remaining()];
              more.get(bytes);
              out.writeBytes(bytes);
            });
    ByteBuffer all = ByteBuffer.wrap(plain);
    while (all.hasRemaining()) {
      int some = Math.min(all.remaining(), 1 + random.nextInt(100_000));
      stream.write(all.slice().limit(some));
      all.position(all.position() + some);
    }
    stream.finish();
    return Files.write(file, out.toByteArray());
  }

  private static byte[] readAll(SealedFile sealed, long from) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long at = from;
    for (ByteBuffer some = sealed.read(at, 1 << 20);
        some.hasRemaining();
        some = sealed.read(at, 1 << 20)) {
      byte[] bytes = new byte[some.remaining()];
      some.get(bytes);
      out.writeBytes(bytes);
      at += bytes.length;
    }
    return out.toByteArray();
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
