package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.ffmpeg.FfmpegProgram;
import dev.amphi.interactive.client.RtcClients;
import dev.amphi.server.load.source.ClockReader;
import dev.amphi.server.load.source.ClockReading;
import dev.amphi.server.room.Classroom;
import dev.amphi.server.room.RoomSpec;
import dev.amphi.server.web.RestClient;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A class is recorded with the tracks of those who are in it: what each sent is there by itself, of
 * who withdrew until then, of who said no nothing; decoded again.
 */
class TracksIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ROOM = "/api/rooms/maths";

  private final Vertx vertx = Vertx.vertx();
  private final RtcClients clients = new RtcClients(vertx, 2);
  private Path data;
  private AmphiNode node;
  private Classroom room;
  private PaintedPeople people;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    data = folder;
    node = TestNodes.start(folder);
    node.rooms().create(new RoomSpec("maths", "Maths", RoomSpec.OPEN)).join();
    room = node.rooms().get("maths");
    people = new PaintedPeople(clients, URI.create(node.localOrigin() + "/whip/maths"));
  }

  @AfterEach
  void close() {
    people.close();
    clients.close();
    node.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  @Timeout(240)
  void whatEachSentIsAFileUnderTheMovieAndOfWhoWithdrewNothingMore() throws Exception {
    RestClient client = new RestClient(node.localOrigin());
    String ada = TestNodes.token(node, "maths", "instructor", "ada");
    String ben = TestNodes.token(node, "maths", "student", "ben");
    Ear ear = new Ear();
    WebSocket socket = Ear.enter(node, "maths", ben, ear);
    people.publish(ada, PaintedPeople.ADA);
    people.publish(ben, PaintedPeople.BEN);
    room.live(true).join();
    JsonObject on =
        client.json("PUT", ROOM + "/recording", ada, "{\"recording\":true,\"tracks\":true}");
    assertThat(on.getBoolean("recording_tracks")).isTrue();
    awaitClusters(4);
    Ear.say(socket, 2, new JsonObject().put("type", "consent").put("given", false));
    assertThat(ear.next("ok").getInteger("re")).isEqualTo(2);
    awaitClusters(3);
    client.json("PUT", ROOM + "/recording", ada, "{\"recording\":false}");
    String id =
        new JsonArray(client.send("GET", ROOM + "/recordings", ada, "").body())
            .getJsonObject(0)
            .getString("id");
    String at = ROOM + "/recordings/" + id + "/tracks";
    assertThat(client.send("GET", at, ben, "").statusCode()).isEqualTo(403);
    await().atMost(PATIENCE).until(() -> client.send("GET", at, ada, "").statusCode() == 200);

    JsonObject list = client.json("GET", at, ada, "");
    assertThat(list.getBoolean("finished")).isTrue();
    double movie = seconds(data.resolve("recordings/maths/" + id + "/recording.mp4"));
    double adas = 0;
    double bens = 0;
    for (int i = 0; i < list.getJsonArray("tracks").size(); i++) {
      JsonObject track = list.getJsonArray("tracks").getJsonObject(i);
      assertThat(track.getBoolean("damaged")).isFalse();
      Path file = download(track.getString("url"), ada, i);
      assertThat(
              ffmpeg(
                  "-v", "error", "-fflags", "+noparse", "-i", file.toString(), "-f", "null", "-"))
          .as("%s", track)
          .isEmpty();
      assertThat(seconds(file)).isCloseTo(track.getDouble("duration_s"), within(0.01));
      boolean isAdas = track.getString("participant").equals("ada");
      boolean picture = track.getString("source").equals("camera");
      if (isAdas) {
        adas = Math.max(adas, track.getDouble("start_s") + track.getDouble("duration_s"));
      } else {
        bens = Math.max(bens, track.getDouble("start_s") + track.getDouble("duration_s"));
      }
      PaintedPeople.Person own = isAdas ? PaintedPeople.ADA : PaintedPeople.BEN;
      PaintedPeople.Person other = isAdas ? PaintedPeople.BEN : PaintedPeople.ADA;
      ProgramWitness witness = replay(file, picture);
      if (picture) {
        assertThat(witness.seen(own)).isPositive();
        assertThat(witness.seen(other)).isZero();
      } else {
        assertThat(witness.toneEver(own)).isBetween(0.05, 1.0);
        assertThat(witness.toneEver(other)).isLessThan(0.003);
      }
    }
    assertThat(list.getJsonArray("tracks")).hasSize(4);
    assertThat(adas).as("ada is there to the end").isCloseTo(movie, within(0.7));
    assertThat(bens).as("ben only until the withdrawal").isBetween(0.2, movie - 1.5);
    HttpResponse<byte[]> part = get(at + "/1.webm", ada, "bytes=0-3");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(new byte[] {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3});
    assertThat(get(at + "/1.webm?token=" + ada, "", "bytes=0-3").statusCode())
        .as("by a link, which carries no header")
        .isEqualTo(206);
    assertThat(get(at + "/1.webm", ben, "").statusCode()).isEqualTo(403);
    assertThat(get(at + "/9.webm", ada, "").statusCode()).isEqualTo(404);
    JsonObject integrity = client.json("GET", ROOM + "/recordings/" + id + "/integrity", ada, "");
    assertThat(integrity.getString("state")).as("%s", integrity).isEqualTo("whole");
  }

  @Test
  @Timeout(240)
  void aTrackStandsUnderTheMovieWhereTheMovieShowsTheSame() throws Exception {
    RestClient client = new RestClient(node.localOrigin());
    String ada = TestNodes.token(node, "maths", "instructor", "ada");
    people.publishClock(ada, PaintedPeople.ADA);
    room.live(true).join();
    client.json("PUT", ROOM + "/recording", ada, "{\"recording\":true,\"tracks\":true}");
    awaitClusters(5);
    client.json("PUT", ROOM + "/recording", ada, "{\"recording\":false}");
    String id =
        new JsonArray(client.send("GET", ROOM + "/recordings", ada, "").body())
            .getJsonObject(0)
            .getString("id");
    String at = ROOM + "/recordings/" + id + "/tracks";
    await().atMost(PATIENCE).until(() -> client.send("GET", at, ada, "").statusCode() == 200);
    JsonArray tracks = client.json("GET", at, ada, "").getJsonArray("tracks");
    JsonObject camera = tracks.getJsonObject(0);
    camera = camera.getString("source").equals("camera") ? camera : tracks.getJsonObject(1);
    Path folder = data.resolve("recordings/maths/" + id);
    Map<Integer, Double> movie = clocks(folder.resolve("recording.mp4"), 30);
    Map<Integer, Double> track = clocks(folder.resolve(camera.getString("file")), 60);
    double start = camera.getDouble("start_s");
    List<Double> laterMs = new ArrayList<>();
    track.forEach(
        (clock, seconds) -> {
          if (movie.containsKey(clock)) {
            laterMs.add(1_000 * (start + seconds - movie.get(clock)));
          }
        });
    laterMs.sort(null);
    assertThat(laterMs).hasSizeGreaterThan(30);
    double median = laterMs.get(laterMs.size() / 2);
    System.out.printf(
        "track behind movie: median %.0f ms, 5 %% %.0f, 95 %% %.0f, of %d pictures%n",
        median,
        laterMs.get(laterMs.size() / 20),
        laterMs.get(laterMs.size() * 19 / 20),
        laterMs.size());
    // What the composer's process was late by when it began, it takes back by 2 ms a second.
    assertThat(median).isBetween(-160.0, 60.0);
  }

  /** When each clock in a file's pictures is seen first. */
  private static Map<Integer, Double> clocks(Path file, int framesPerSecond) throws Exception {
    byte[] all =
        decoded(
            "-v",
            "error",
            "-i",
            file.toString(),
            "-an",
            "-r",
            "" + framesPerSecond,
            "-vf",
            "scale=640:360",
            "-pix_fmt",
            "yuv420p",
            "-f",
            "rawvideo",
            "-");
    int length = 640 * 360 * 3 / 2;
    Map<Integer, Double> clocks = new HashMap<>();
    for (int n = 0; (n + 1) * length <= all.length; n++) {
      Raw picture = new Raw(ByteBuffer.wrap(all, n * length, length).slice());
      for (ClockReading reading : ClockReader.read(picture)) {
        clocks.putIfAbsent(reading.millis(), (double) n / framesPerSecond);
      }
    }
    return clocks;
  }

  /** A picture of 640×360, one plane behind the other. */
  private record Raw(ByteBuffer bytes) implements Picture {
    @Override
    public int width() {
      return 640;
    }

    @Override
    public int height() {
      return 360;
    }

    @Override
    public ByteBuffer plane(int index) {
      int luma = 640 * 360;
      int at = index == 0 ? 0 : luma + (index - 1) * luma / 4;
      return bytes.slice(at, index == 0 ? luma : luma / 4);
    }

    @Override
    public int stride(int index) {
      return index == 0 ? 640 : 320;
    }

    @Override
    public Picture share() {
      return this;
    }

    @Override
    public void close() {}
  }

  /** Waits until each file of clusters that still grows has grown so often. */
  private void awaitClusters(int times) {
    long from = clusterLines();
    await().atMost(PATIENCE).until(() -> clusterLines() >= from + 2L * times);
  }

  private long clusterLines() {
    try (var folders = Files.list(data.resolve("recordings/maths"))) {
      Path journal = folders.findFirst().orElseThrow().resolve("tracks");
      return Files.readAllLines(journal).stream().filter(line -> line.contains(" chunk ")).count();
    } catch (java.io.IOException e) {
      return 0;
    }
  }

  private Path download(String url, String token, int number) throws Exception {
    HttpResponse<byte[]> answer = get(url, token, "");
    assertThat(answer.statusCode()).isEqualTo(200);
    return Files.write(data.resolve("download-" + number + ".webm"), answer.body());
  }

  private HttpResponse<byte[]> get(String path, String token, String range) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node.localOrigin() + path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private static ProgramWitness replay(Path file, boolean picture) throws Exception {
    ProgramWitness witness = new ProgramWitness();
    String name = file.toString();
    if (picture) {
      byte[] all =
          decoded(
              "-v",
              "error",
              "-i",
              name,
              "-vf",
              "scale=160:90",
              "-pix_fmt",
              "yuv420p",
              "-f",
              "rawvideo",
              "-");
      int length = 160 * 90 * 3 / 2;
      for (int at = 0; at + length <= all.length; at += length) {
        witness.picture(ByteBuffer.wrap(all, at, length).slice(), 160, 90);
      }
    } else {
      ByteBuffer sound =
          ByteBuffer.wrap(
                  decoded(
                      "-v", "error", "-i", name, "-ac", "1", "-ar", "48000", "-f", "f32le", "-"))
              .order(ByteOrder.LITTLE_ENDIAN);
      while (sound.remaining() >= Float.BYTES) {
        witness.sample(sound.getFloat());
      }
    }
    return witness;
  }

  private static double seconds(Path file) throws Exception {
    String said = new String(ffmpeg("-i", file.toString()), StandardCharsets.UTF_8);
    String time = said.replaceFirst("(?s).*Duration: ([0-9:.]+).*", "$1");
    String[] parts = time.split(":", -1);
    return Integer.parseInt(parts[0]) * 3600
        + Integer.parseInt(parts[1]) * 60
        + Double.parseDouble(parts[2]);
  }

  private static byte[] ffmpeg(String... arguments) throws Exception {
    return ffmpeg(new ProcessBuilder().redirectErrorStream(true), arguments);
  }

  /** What it makes, and not what it says. */
  private static byte[] decoded(String... arguments) throws Exception {
    return ffmpeg(new ProcessBuilder().redirectError(ProcessBuilder.Redirect.INHERIT), arguments);
  }

  private static byte[] ffmpeg(ProcessBuilder builder, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(FfmpegProgram.path().toString(), "-nostdin"));
    command.addAll(List.of(arguments));
    Process process = builder.command(command).start();
    byte[] out = process.getInputStream().readAllBytes();
    process.waitFor();
    return out;
  }
}
