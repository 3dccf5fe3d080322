package dev.amphi.packager.webm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.packager.mp4.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Written files as text, against texts that were checked once by hand and by mkvinfo. */
final class WebmGoldenTest {
  private static final Instant AT = Instant.parse("2026-11-02T09:00:00Z");

  @Test
  void aPicture() throws IOException {
    WebmTrack track = new WebmTrack(TrackCodec.VP8, "Ada, camera", Bytes.EMPTY, 1280, 720, AT);
    Cluster first = new Cluster(0);
    first.add(0, true, Bytes.fromHex("f00d"));
    first.add(33, false, Bytes.fromHex("beef"));
    Cluster second = new Cluster(2_000);
    second.add(2_000, true, Bytes.fromHex("cafe"));
    Bytes clusters = Ebml.join(first.toBytes(), second.toBytes());
    List<WebmHeader.Cue> cues =
        List.of(new WebmHeader.Cue(0, 0), new WebmHeader.Cue(2_000, first.toBytes().length()));
    check(
        "webm-picture",
        Ebml.join(WebmHeader.write(track, 2_033, cues, clusters.length()), clusters));
  }

  @Test
  void aSound() throws IOException {
    WebmTrack track = new WebmTrack(TrackCodec.OPUS, "Ben", OpusHead.write(2), 0, 0, AT);
    Cluster cluster = new Cluster(7);
    cluster.add(7, true, Bytes.fromHex("fc00"));
    check(
        "webm-sound",
        Ebml.join(
            WebmHeader.write(
                track, 27, List.of(new WebmHeader.Cue(7, 0)), cluster.toBytes().length()),
            cluster.toBytes()));
  }

  @Test
  void whereSeekHeadAndCuesSayThereIsSomethingThereIs() {
    WebmTrack track = new WebmTrack(TrackCodec.VP8, "x".repeat(300), Bytes.EMPTY, 640, 360, AT);
    Cluster cluster = new Cluster(0);
    cluster.add(0, true, Bytes.wrap(new byte[20_000]));
    Bytes header =
        WebmHeader.write(track, 40, List.of(new WebmHeader.Cue(0, 0)), cluster.toBytes().length());
    String hex = Ebml.join(header, cluster.toBytes()).toHex();
    int segment = hex.indexOf("18538067") + 24; // id and a wide size
    for (String id : List.of("1549a966", "1654ae6b", "1c53bb6b")) {
      int seek = hex.indexOf("53ab84" + id) + 14;
      assertThat(hex.substring(seek, seek + 6)).isEqualTo("53ac88");
      int position = Integer.parseInt(hex.substring(seek + 6, seek + 22), 16);
      assertThat(hex).startsWith(hex.substring(0, segment));
      assertThat(hex.substring(segment + 2 * position)).as(id).startsWith(id);
    }
    int cue = hex.indexOf("f188") + 4;
    int position = Integer.parseInt(hex.substring(cue, cue + 16), 16);
    assertThat(hex.substring(segment + 2 * position)).startsWith("1f43b675");
    int size = Integer.parseInt(hex.substring(segment - 14, segment), 16);
    assertThat(segment + 2 * size).isEqualTo(hex.length());
  }

  @Test
  void aClusterIsReadBackAndNoCutOfItIsTakenForIt() {
    Cluster cluster = new Cluster(7_000_000);
    cluster.add(7_000_000, false, Bytes.wrap(new byte[300]));
    cluster.add(7_000_035, true, Bytes.fromHex("01"));
    Bytes bytes = cluster.toBytes();
    assertThat(cluster.startsWithKey()).isFalse();
    assertThat(Cluster.read(bytes).orElseThrow())
        .containsExactly(
            new Cluster.Frame(7_000_000, false, Bytes.wrap(new byte[300])),
            new Cluster.Frame(7_000_035, true, Bytes.fromHex("01")));
    for (int length = 0; length < bytes.length(); length++) {
      assertThat(Cluster.read(bytes.slice(0, length))).as("%d bytes", length).isEmpty();
    }
    assertThatThrownBy(() -> cluster.add(7_000_034, true, Bytes.EMPTY)).hasMessageContaining("034");
    assertThatThrownBy(() -> cluster.add(7_040_000, true, Bytes.EMPTY)).hasMessageContaining("040");
  }

  @Test
  void anOpusPacketSaysHowLongItIs() {
    assertThat(OpusHead.durationMs(Bytes.fromHex("fc00"))).isEqualTo(20); // CELT, one frame
    assertThat(OpusHead.durationMs(Bytes.fromHex("0c00"))).isEqualTo(20); // SILK of 20 ms
    assertThat(OpusHead.durationMs(Bytes.fromHex("1900"))).isEqualTo(120); // two of 60 ms
    assertThat(OpusHead.durationMs(Bytes.fromHex("fb03"))).isEqualTo(60); // three of 20 ms
    assertThat(OpusHead.durationMs(Bytes.fromHex("fb3f"))).isZero(); // too long to be one
    assertThat(OpusHead.durationMs(Bytes.EMPTY)).isZero();
  }

  private static void check(String name, Bytes bytes) throws IOException {
    assertThat(EbmlDump.dump(bytes)).isEqualTo(golden(name));
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = WebmGoldenTest.class.getResourceAsStream("/golden/" + name + ".txt")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
