package dev.amphi.packager.webm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.packager.mp4.Bytes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What was written is read again, and nothing else: not of a file cut off, nor of a damaged one.
 */
final class WebmReaderTest {
  private static final int FRAMES = 24;

  private final List<Cluster.Frame> written = new ArrayList<>();
  private final byte[] file = file();

  @Test
  void everyFrameIsReadWithItsTimeThroughAnyWindow() throws Exception {
    assertThat(read(file, TrackCodec.VP8, file.length)).isEqualTo(written);
    assertThat(read(file, TrackCodec.VP8, 1)).isEqualTo(written);
    assertThat(read(file, TrackCodec.VP8, 7)).isEqualTo(written);
  }

  @Test
  void aFileOfAnotherCodingIsNotRead() {
    assertThatThrownBy(() -> read(file, TrackCodec.VP9, file.length))
        .isInstanceOf(WebmReader.Damage.class)
        .hasMessageContaining("its coding");
  }

  @Test
  void noTruncatedFileIsTakenForAWholeOne() {
    for (int length = 0; length < file.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(file, length);
      assertThatThrownBy(() -> read(cut, TrackCodec.VP8, 64))
          .as("%d bytes", length)
          .isInstanceOf(WebmReader.Damage.class)
          .hasMessageContaining("there is not what was written");
    }
  }

  @Test
  void aFileThatIsCutOffWhileItIsReadGivesWhatWasBefore() throws Exception {
    for (int length = file.length - 1; length > 400; length -= 13) {
      int left = length;
      WebmReader.File<RuntimeException> shrinking =
          new WebmReader.File<>() {
            @Override
            public long length() {
              return file.length;
            }

            @Override
            public ByteBuffer read(long at, int most) {
              int some = Math.clamp(left - at, 0, most);
              return ByteBuffer.wrap(file, (int) Math.min(at, left), some);
            }
          };
      List<Cluster.Frame> read = new ArrayList<>();
      assertThatThrownBy(() -> all(WebmReader.open(shrinking, TrackCodec.VP8), read))
          .isInstanceOf(WebmReader.Damage.class);
      assertThat(written.subList(0, read.size())).isEqualTo(read);
    }
  }

  @Test
  void damagedBytesGiveDamageOrFramesOfTheSameLengths() {
    Random random = new Random(42);
    for (int n = 0; n < 20_000; n++) {
      byte[] damaged = file.clone();
      for (int i = 0; i <= n % 4; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      List<Cluster.Frame> read = new ArrayList<>();
      try {
        all(WebmReader.open(in(damaged, 256), TrackCodec.VP8), read);
      } catch (WebmReader.Damage e) {
        assertThat(e).hasMessageContaining("there is not what was written");
      }
      assertThat(read).hasSizeLessThanOrEqualTo(damaged.length / 7);
      long last = 0;
      for (Cluster.Frame frame : read) {
        assertThat(frame.atMs()).isGreaterThanOrEqualTo(last);
        last = frame.atMs();
      }
    }
  }

  @Test
  void aBlockIsAgainTheFrameThatItWasOnTheNetwork() {
    Bytes tooLong = Bytes.fromHex("00000003" + "6742");
    Bytes block = Bytes.fromHex("00000002" + "6742" + "00000001" + "68" + "00000002" + "65b8");
    assertThat(WireFrame.of(TrackCodec.H264, block))
        .contains(Bytes.fromHex("00000001" + "6742" + "00000001" + "68" + "00000001" + "65b8"));
    assertThat(WireFrame.of(TrackCodec.H264, tooLong)).isEmpty();
    for (int cut = 1; cut < block.length(); cut++) {
      Optional<Bytes> frame = WireFrame.of(TrackCodec.H264, block.slice(0, cut));
      assertThat(frame.isPresent()).as("%d bytes", cut).isEqualTo(cut == 6 || cut == 11);
    }
    assertThat(WireFrame.of(TrackCodec.AV1, Bytes.fromHex("0a01")))
        .contains(Bytes.fromHex("12000a01"));
    assertThat(WireFrame.of(TrackCodec.OPUS, Bytes.fromHex("fc"))).contains(Bytes.fromHex("fc"));
    assertThat(WireFrame.of(TrackCodec.VP8, Bytes.EMPTY)).isEmpty();
  }

  private byte[] file() {
    Random random = new Random(7);
    List<Cluster> clusters = new ArrayList<>();
    for (int n = 0; n < FRAMES; n++) {
      byte[] frame = new byte[1 + random.nextInt(90)];
      random.nextBytes(frame);
      if (n % 8 == 0) {
        clusters.add(new Cluster(n * 33L));
      }
      clusters.getLast().add(n * 33L, n % 8 == 0, Bytes.wrap(frame));
      written.add(new Cluster.Frame(n * 33L, n % 8 == 0, Bytes.wrap(frame)));
    }
    List<WebmHeader.Cue> cues = new ArrayList<>();
    List<Bytes> parts = new ArrayList<>();
    long bytes = 0;
    for (Cluster each : clusters) {
      cues.add(new WebmHeader.Cue(each.timeMs(), bytes));
      parts.add(each.toBytes());
      bytes += each.toBytes().length();
    }
    WebmTrack track = new WebmTrack(TrackCodec.VP8, "Ada", Bytes.EMPTY, 160, 90, Instant.EPOCH);
    parts.addFirst(WebmHeader.write(track, FRAMES * 33L, cues, bytes));
    return Ebml.join(parts.toArray(Bytes[]::new)).toByteArray();
  }

  private static List<Cluster.Frame> read(byte[] bytes, TrackCodec codec, int most)
      throws WebmReader.Damage {
    List<Cluster.Frame> frames = new ArrayList<>();
    all(WebmReader.open(in(bytes, most), codec), frames);
    return frames;
  }

  private static void all(WebmReader<RuntimeException> reader, List<Cluster.Frame> into)
      throws WebmReader.Damage {
    for (Optional<Cluster.Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
      into.add(next.get());
    }
  }

  private static WebmReader.File<RuntimeException> in(byte[] bytes, int most) {
    return new WebmReader.File<>() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public ByteBuffer read(long at, int wanted) {
        int some = Math.clamp(bytes.length - at, 0, Math.min(most, wanted));
        return ByteBuffer.wrap(bytes, (int) Math.min(at, bytes.length), some);
      }
    };
  }
}
