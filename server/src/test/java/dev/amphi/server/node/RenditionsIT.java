package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.api.CompositionSpec.VideoRendition;
import dev.amphi.composer.api.Ladder;
import dev.amphi.interactive.client.RtcClients;
import dev.amphi.server.config.ConfigKey;
import dev.amphi.server.room.Classroom;
import dev.amphi.server.room.RoomSpec;
import io.vertx.core.Vertx;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The program in any sizes and by either encoder, from WHIP through the composer's process to the
 * playlists and the recording of a real node, judged by ffprobe.
 */
@Tag("long")
class RenditionsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int SEGMENTS = 3;
  private static final Pattern NUMBERED = Pattern.compile("(\\d+)\\.m4s");

  private final HttpClient http = HttpClient.newHttpClient();
  private String hls = "";

  private record Variant(String uri, int width, int height, String codec) {}

  /**
   * What ffprobe says of a picture: its time, in ticks of 90,000, and whether it is a sync sample.
   */
  private record Packet(long time, boolean key) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1080p,720p,480p,360p | x264", "720p,480p,360p | openh264"})
  @Timeout(300)
  void everySizeIsCutAtTheSameKeyFramesAndTheRecordingHasTheLargest(
      String sizes, String encoder, @TempDir Path folder) throws Exception {
    Ladder ladder = Ladder.of(sizes.split(",", -1));
    Map<ConfigKey, String> settings =
        Map.of(ConfigKey.COMPOSER_RENDITIONS, sizes, ConfigKey.COMPOSER_ENCODER, encoder);
    Vertx vertx = Vertx.vertx();
    AmphiNode node = TestNodes.start(folder, settings);
    hls = node.localOrigin() + "/hls/optics/";
    try (RtcClients clients = new RtcClients(vertx, 2);
        PaintedPeople people =
            new PaintedPeople(clients, URI.create(node.localOrigin() + "/whip/optics"))) {
      node.rooms().create(new RoomSpec("optics", "Optics", RoomSpec.OPEN)).join();
      Classroom room = node.rooms().get("optics");
      people.publish(TestNodes.token(node, "optics", "instructor", "ada"), PaintedPeople.ADA);
      people.publish(TestNodes.token(node, "optics", "student", "ben"), PaintedPeople.BEN);
      room.live(true).join();
      room.recording(true).join();

      await().atMost(PATIENCE).until(() -> complete(ladder));
      List<Variant> variants = variants();
      assertThat(variants.stream().map(v -> v.width() + "x" + v.height()))
          .containsExactlyElementsOf(
              ladder.renditions().stream().map(r -> r.width() + "x" + r.height()).toList());
      Map<String, List<Packet>> packets = new HashMap<>();
      for (Variant variant : variants) {
        assertThat(variant.codec()).as("constrained baseline").startsWith("avc1.42c0");
        Path movie = download(variant, folder);
        assertThat(probe(movie, "stream=width,height,profile"))
            .isEqualTo("Constrained Baseline|" + variant.width() + "|" + variant.height());
        assertThat(level(variant)).isEqualTo(Integer.parseInt(probe(movie, "stream=level")));
        packets.put(variant.uri(), packets(movie));
        assertThat(decoded(movie)).as("what a decoder complains of").isBlank();
      }
      List<List<Long>> keys =
          packets.values().stream()
              .map(all -> all.stream().filter(Packet::key).map(Packet::time).toList())
              .toList();
      assertThat(keys.getFirst()).hasSize(SEGMENTS);
      assertThat(keys).as("key frames of every rendition").containsOnly(keys.getFirst());
      for (int i = 1; i < SEGMENTS; i++) {
        assertThat(keys.getFirst().get(i) - keys.getFirst().get(i - 1)).isEqualTo(144_000);
      }

      room.recording(false).join();
      await().atMost(PATIENCE).until(() -> !movies(folder).isEmpty());
      VideoRendition largest = ladder.renditions().getFirst();
      assertThat(probe(movies(folder).getFirst(), "stream=width,height"))
          .isEqualTo(largest.width() + "|" + largest.height());
    } finally {
      node.close();
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private boolean complete(Ladder ladder) throws Exception {
    List<Variant> variants = variants();
    if (variants.size() < ladder.renditions().size()) {
      return false;
    }
    for (Variant variant : variants) {
      if (segments(variant).size() < SEGMENTS) {
        return false;
      }
    }
    return true;
  }

  private List<Variant> variants() throws Exception {
    List<Variant> variants = new ArrayList<>();
    String attributes = "";
    for (String line : text("index.m3u8").lines().toList()) {
      if (line.startsWith("#EXT-X-STREAM-INF:")) {
        attributes = line;
      } else if (!line.startsWith("#") && attributes.contains("RESOLUTION")) {
        variants.add(
            new Variant(
                line,
                Integer.parseInt(group(attributes, "RESOLUTION=(\\d+)x")),
                Integer.parseInt(group(attributes, "RESOLUTION=\\d+x(\\d+)")),
                group(attributes, "(avc1\\.[0-9a-f]{6})")));
        attributes = "";
      }
    }
    return variants;
  }

  /** The whole segments that every rendition has had since the first. */
  private List<String> segments(Variant variant) throws Exception {
    return text(variant.uri())
        .lines()
        .filter(line -> NUMBERED.matcher(line).matches())
        .limit(SEGMENTS)
        .toList();
  }

  private Path download(Variant variant, Path folder) throws Exception {
    Path movie = folder.resolve(variant.height() + ".mp4");
    String below = variant.uri().substring(0, variant.uri().lastIndexOf('/') + 1);
    try (OutputStream out = Files.newOutputStream(movie)) {
      out.write(bytes(below + "init-0.mp4"));
      for (String segment : segments(variant)) {
        out.write(bytes(below + segment));
      }
    }
    return movie;
  }

  private static int level(Variant variant) {
    return Integer.parseInt(variant.codec().substring(variant.codec().length() - 2), 16);
  }

  private static List<Packet> packets(Path movie) throws Exception {
    List<Packet> packets = new ArrayList<>();
    for (String line : probe(movie, "packet=pts,flags").lines().toList()) {
      String[] fields = line.split("\\|", -1);
      packets.add(new Packet(Long.parseLong(fields[0]), fields[1].startsWith("K")));
    }
    return packets;
  }

  private static String probe(Path movie, String entries) throws Exception {
    return run(
            "ffprobe",
            "-v",
            "error",
            "-select_streams",
            "v",
            "-show_entries",
            entries,
            "-of",
            "compact=p=0:nk=1",
            movie.toString())
        .strip();
  }

  /**
   * Decodes all of it, each picture at its own time: a program may begin slower than it goes on.
   */
  private static String decoded(Path movie) throws Exception {
    return run(
        "ffmpeg",
        "-v",
        "error",
        "-xerror",
        "-i",
        movie.toString(),
        "-fps_mode",
        "passthrough",
        "-enc_time_base",
        "-1",
        "-f",
        "null",
        "-");
  }

  private static String run(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(
        program.equals("ffprobe")
            ? Loader.load(org.bytedeco.ffmpeg.ffprobe.class)
            : Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static List<Path> movies(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("recordings"))) {
      return files.filter(file -> file.endsWith("recording.mp4")).toList();
    }
  }

  private static String group(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(pattern + " in " + text).isTrue();
    return found.group(1);
  }

  private String text(String name) throws Exception {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private byte[] bytes(String name) throws Exception {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(hls + name)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    return answer.statusCode() == 200 ? answer.body() : new byte[0];
  }
}
