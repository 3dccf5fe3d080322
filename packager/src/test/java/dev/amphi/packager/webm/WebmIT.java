package dev.amphi.packager.webm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.packager.Ffmpeg;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of what real encoders made, read by FFmpeg and by MKVToolNix. */
final class WebmIT {
  private static final Instant AT = Instant.parse("2026-11-02T09:00:00Z");

  private Path dir;

  @BeforeEach
  void in(@TempDir Path folder) {
    dir = folder;
  }

  @Test
  void picturesOfVp8InTwoSizes() throws Exception {
    List<byte[]> frames = new ArrayList<>(CodedFrames.vp8(dir, "160x90", 3));
    frames.addAll(CodedFrames.vp8(dir, "320x180", 3));
    Path file = write(TrackCodec.VP8, frames, 33.333);
    readBy(file, frames.size(), 6.0);
    assertThat(Ffmpeg.probe(file, "-show_entries", "stream=codec_name,width,height"))
        .containsExactly("vp8", "160", "90");
    Path still = dir.resolve("late.png");
    Ffmpeg.run("-ss", "4.5", "-i", file.toString(), "-frames:v", "1", still.toString());
    assertThat(still).isNotEmptyFile();
  }

  @Test
  void picturesOfVp9() throws Exception {
    String[] encoder = {
      "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-lag-in-frames", "0"
    };
    List<byte[]> frames = CodedFrames.pictures(dir, "320x180", 2, encoder);
    Path file = write(TrackCodec.VP9, frames, 33.333);
    readBy(file, frames.size(), 2.0);
    assertThat(Ffmpeg.probe(file, "-show_entries", "stream=codec_name,width,height"))
        .containsExactly("vp9", "320", "180");
  }

  @Test
  void picturesOfAv1() throws Exception {
    String[] encoder = {
      "-c:v", "libaom-av1", "-usage", "realtime", "-cpu-used", "8", "-lag-in-frames", "0"
    };
    List<byte[]> frames = CodedFrames.pictures(dir, "320x180", 2, encoder);
    Path file = write(TrackCodec.AV1, frames, 33.333);
    readBy(file, frames.size(), 2.0);
    assertThat(Ffmpeg.probe(file, "-show_entries", "stream=codec_name,width,height"))
        .containsExactly("av1", "320", "180");
  }

  @Test
  void picturesOfH264InTwoSizes() throws Exception {
    List<byte[]> frames = new ArrayList<>(CodedFrames.h264(dir, "322x182", 2, "baseline"));
    frames.addAll(CodedFrames.h264(dir, "640x360", 2, "high"));
    Path file = write(TrackCodec.H264, frames, 33.333);
    readBy(file, frames.size(), 4.0);
    assertThat(Ffmpeg.probe(file, "-show_entries", "stream=codec_name,width,height"))
        .containsExactly("h264", "322", "182");
  }

  @Test
  void soundOfOpus() throws Exception {
    List<byte[]> packets = CodedFrames.opus(dir, 5);
    Path file = write(TrackCodec.OPUS, packets, 20);
    readBy(file, packets.size(), packets.size() * 0.02);
    assertThat(
            Ffmpeg.probe(
                file,
                "-fflags",
                "+noparse",
                "-show_entries",
                "stream=codec_name,sample_rate,channels"))
        .containsExactly("opus", "48000", "2");
  }

  /** Every frame is there, decodes, and the duration is right. */
  private static void readBy(Path file, int frames, double seconds) throws Exception {
    if (file.toString().endsWith("opus.webm")) {
      Ffmpeg.decodeOpus(file);
    } else {
      Ffmpeg.decode(file.toString());
    }
    assertThat(
            Ffmpeg.probe(
                    file,
                    "-fflags",
                    "+noparse",
                    "-count_packets",
                    "-show_entries",
                    "stream=nb_read_packets")
                .getFirst())
        .isEqualTo("" + frames);
    assertThat(
            Double.parseDouble(
                Ffmpeg.probe(file, "-fflags", "+noparse", "-show_entries", "format=duration")
                    .getFirst()))
        .isCloseTo(seconds, within(0.05));
    Path copy = file.resolveSibling("copy-" + file.getFileName());
    Process merge =
        new ProcessBuilder("mkvmerge", "-o", copy.toString(), file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(merge.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(merge.waitFor()).as(said).isZero();
    assertThat(said).doesNotContain("Warning").doesNotContain("Error");
  }

  /** As a recording's file is made: clusters of two seconds, and at key frames. */
  private Path write(TrackCodec codec, List<byte[]> frames, double eachMs) throws IOException {
    List<Cluster> clusters = new ArrayList<>();
    Coding coding = NetworkFrame.coding(codec, ByteBuffer.wrap(frames.getFirst())).orElseThrow();
    for (int n = 0; n < frames.size(); n++) {
      long at = Math.round(n * eachMs);
      ByteBuffer frame = ByteBuffer.wrap(frames.get(n));
      boolean key = NetworkFrame.coding(codec, frame).isPresent();
      if (n == 0 || (key && codec.video()) || at - clusters.getLast().timeMs() >= 2_000) {
        clusters.add(new Cluster(at));
      }
      clusters.getLast().add(at, key, NetworkFrame.block(codec, frame));
    }
    List<WebmHeader.Cue> cues = new ArrayList<>();
    long offset = 0;
    for (Cluster each : clusters) {
      if (each.startsWithKey()) {
        cues.add(new WebmHeader.Cue(each.timeMs(), offset));
      }
      offset += each.toBytes().length();
    }
    WebmTrack track =
        new WebmTrack(codec, "Ada", coding.codecPrivate(), coding.width(), coding.height(), AT);
    Path file = dir.resolve(codec.wireName() + codec.suffix());
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(
          WebmHeader.write(track, Math.round(frames.size() * eachMs), cues, offset).toByteArray());
      for (Cluster each : clusters) {
        out.write(each.toBytes().toByteArray());
      }
    }
    return file;
  }
}
