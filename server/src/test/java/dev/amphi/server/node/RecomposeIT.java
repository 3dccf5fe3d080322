package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.ffmpeg.FfmpegProgram;
import dev.amphi.interactive.client.RtcClients;
import dev.amphi.server.room.Classroom;
import dev.amphi.server.room.RoomSpec;
import dev.amphi.server.web.RestClient;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A class over WebRTC is recorded with its tracks and composed again: only the share is seen, or
 * only who teaches, everybody is heard, and it is as long as the movie.
 */
class RecomposeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String ROOM = "/api/rooms/maths";
  private static final int FPS = 10;
  private static final int PICTURE = 160 * 90 * 3 / 2;

  private final Vertx vertx = Vertx.vertx();
  private final RtcClients clients = new RtcClients(vertx, 2);
  private Path data;
  private AmphiNode node;
  private Classroom room;
  private PaintedPeople people;
  private RestClient client;
  private String ada;
  private String ben;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    data = folder;
    node = TestNodes.start(folder);
    node.rooms().create(new RoomSpec("maths", "Maths", RoomSpec.OPEN)).join();
    room = node.rooms().get("maths");
    people = new PaintedPeople(clients, URI.create(node.localOrigin() + "/whip/maths"));
    client = new RestClient(node.localOrigin());
    ada = TestNodes.token(node, "maths", "instructor", "ada");
    ben = TestNodes.token(node, "maths", "student", "ben");
  }

  @AfterEach
  void close() {
    people.close();
    clients.close();
    node.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  @Timeout(300)
  void theShareAloneAndTheTeacherAloneAreSeenAndAllAreHeard() throws Exception {
    people.publish(ada, PaintedPeople.ADA);
    people.publishShare(ben, PaintedPeople.BEN);
    String id = record(5);
    String at = ROOM + "/recordings/" + id + "/compositions";
    assertThat(client.send("POST", at, ben, "{\"show\":\"slides\"}").statusCode()).isEqualTo(403);
    HttpResponse<String> wrong = client.send("POST", at, ada, "{\"show\":\"all\"}");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("'show' is 'all', but it must be 'slides' or 'teacher'.");
    JsonObject teacher = compose(id, "teacher");
    JsonObject slides = compose(id, "slides");
    JsonObject recording = client.json("GET", ROOM + "/recordings/" + id, ada, "");
    double movie = recording.getDouble("duration_s");
    assertThat(recording.getJsonArray("compositions")).hasSize(2);

    Path whole = data.resolve("recordings/maths/" + id + "/recording.mp4");
    Seen inAll = look(whole);
    assertThat(inAll.ada()).as("both are in the class").isPositive();
    assertThat(inAll.ben()).isPositive();

    assertThat(teacher.getDouble("duration_s")).isCloseTo(movie, within(0.05));
    Path hers = download(teacher, ben, "teacher.mp4");
    Seen inTeacher = look(hers);
    assertThat(inTeacher.ben()).as("the share is not in the teacher's").isZero();
    assertThat(inTeacher.ada()).isGreaterThan(inTeacher.pictures() * 6 / 10);
    assertThat(inTeacher.full(inTeacher.adaWhole())).isTrue();

    assertThat(slides.getDouble("duration_s")).isCloseTo(movie, within(0.05));
    Path shares = download(slides, ben, "slides.mp4");
    Seen inSlides = look(shares);
    assertThat(inSlides.ada()).as("the teacher is not in the slides").isZero();
    assertThat(inSlides.ben()).isGreaterThan(inSlides.pictures() * 6 / 10);
    assertThat(inSlides.full(inSlides.benWhole())).isTrue();

    for (Path file : List.of(whole, hers, shares)) {
      ProgramWitness ears = listen(file);
      assertThat(ears.toneEver(PaintedPeople.ADA)).as("%s", file).isGreaterThan(0.05);
      assertThat(ears.toneEver(PaintedPeople.BEN)).as("%s", file).isGreaterThan(0.02);
    }
    assertThat(inSlides.benFirst())
        .as("the share is seen when the movie shows it: %s, %s", inAll, inSlides)
        .isCloseTo(inAll.benFirst(), within(0.6));

    JsonObject integrity = client.json("GET", ROOM + "/recordings/" + id + "/integrity", ada, "");
    assertThat(integrity.getString("state")).as("%s", integrity).isEqualTo("whole");
    client.json("DELETE", at + "/teacher", ada, "");
    assertThat(get(teacher.getString("url"), ada, "").statusCode()).isEqualTo(404);
    assertThat(client.send("DELETE", ROOM + "/recordings/" + id, ada, "").statusCode())
        .isEqualTo(204);
    assertThat(data.resolve("recordings/maths/" + id)).doesNotExist();
    try (var files = Files.list(data.resolve("audit"))) {
      String log = Files.readString(files.findFirst().orElseThrow());
      assertThat(log).contains("\"recording compose slides\"", "\"recording uncompose teacher\"");
    }
  }

  @Test
  @Timeout(300)
  void aProcessThatIsKilledFailsInWordsAndAnErasureEndsIt() throws Exception {
    people.publish(ada, PaintedPeople.ADA);
    String id = record(4);
    String at = ROOM + "/recordings/" + id + "/compositions";
    HttpResponse<String> none = client.send("POST", at, ada, "{\"show\":\"slides\"}");
    assertThat(none.statusCode()).isEqualTo(409);
    assertThat(none.body()).contains("Nobody shared a screen");
    begin(id, "teacher");
    kill();
    await()
        .atMost(PATIENCE)
        .until(() -> composition(id, "teacher").getString("state").equals("failed"));
    assertThat(composition(id, "teacher").getString("detail"))
        .contains("the process that composes ended with code 137");

    begin(id, "teacher");
    await().atMost(PATIENCE).until(() -> children() == 1);
    assertThat(client.send("DELETE", ROOM + "/recordings/" + id, ada, "").statusCode())
        .isEqualTo(204);
    await().atMost(PATIENCE).until(() -> children() == 0);
    assertThat(data.resolve("recordings/maths/" + id)).doesNotExist();
  }

  private String record(int clusters) throws Exception {
    room.live(true).join();
    client.json("PUT", ROOM + "/recording", ada, "{\"recording\":true,\"tracks\":true}");
    await().atMost(PATIENCE).until(() -> clusterLines() >= 4L * clusters);
    client.json("PUT", ROOM + "/recording", ada, "{\"recording\":false}");
    people.close();
    String id =
        new JsonArray(client.send("GET", ROOM + "/recordings", ada, "").body())
            .getJsonObject(0)
            .getString("id");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                client.send("GET", ROOM + "/recordings/" + id + "/tracks", ada, "").statusCode()
                    == 200);
    return id;
  }

  private long clusterLines() {
    try (var folders = Files.list(data.resolve("recordings/maths"))) {
      Path journal = folders.findFirst().orElseThrow().resolve("tracks");
      return Files.readAllLines(journal).stream().filter(line -> line.contains(" chunk ")).count();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Tracks are files a moment before their recording is free again. */
  private void begin(String id, String show) {
    String body = "{\"show\":\"" + show + "\"}";
    String at = ROOM + "/recordings/" + id + "/compositions";
    await().atMost(PATIENCE).until(() -> client.send("POST", at, ada, body).statusCode() == 202);
  }

  private JsonObject compose(String id, String show) throws Exception {
    begin(id, show);
    await()
        .atMost(PATIENCE)
        .until(() -> !composition(id, show).getString("state").equals("processing"));
    JsonObject made = composition(id, show);
    assertThat(made.getString("state")).as("%s", made).isEqualTo("ready");
    return made;
  }

  private JsonObject composition(String id, String show) throws Exception {
    JsonArray all =
        client.json("GET", ROOM + "/recordings/" + id, ada, "").getJsonArray("compositions");
    for (int i = 0; i < all.size(); i++) {
      if (all.getJsonObject(i).getString("show").equals(show)) {
        return all.getJsonObject(i);
      }
    }
    throw new AssertionError("no composition " + show + " in " + all);
  }

  private static void kill() {
    await()
        .atMost(PATIENCE)
        .until(() -> offline().findFirst().map(ProcessHandle::destroyForcibly).orElse(false));
  }

  private static long children() {
    return offline().count();
  }

  private static Stream<ProcessHandle> offline() {
    return ProcessHandle.current().descendants().filter(RecomposeIT::isOffline);
  }

  /** A ProcessHandle tells no command line as long as ours. */
  private static boolean isOffline(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).contains("--offline");
    } catch (IOException e) {
      return false; // It has just ended.
    }
  }

  private Path download(JsonObject composition, String token, String name) throws Exception {
    HttpResponse<byte[]> answer = get(composition.getString("url"), token, "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(get(composition.getString("url"), token, "bytes=4-7").body())
        .isEqualTo("ftyp".getBytes(StandardCharsets.US_ASCII));
    return Files.write(data.resolve(name), answer.body());
  }

  private HttpResponse<byte[]> get(String path, String token, String range) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.localOrigin() + path))
            .header("Authorization", "Bearer " + token);
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  /**
   * In how many of a file's pictures each was, and over how much of one at most.
   *
   * @param benFirst seconds
   */
  private record Seen(int pictures, int ada, int ben, int adaWhole, int benWhole, double benFirst) {
    /** Four fifths of the chroma samples. */
    boolean full(int samples) {
      return samples > 80 * 45 * 4 / 5;
    }
  }

  private static Seen look(Path file) throws Exception {
    byte[] all =
        decoded(
            "-v",
            "error",
            "-i",
            file.toString(),
            "-an",
            "-r",
            "" + FPS,
            "-vf",
            "scale=160:90",
            "-pix_fmt",
            "yuv420p",
            "-f",
            "rawvideo",
            "-");
    int pictures = all.length / PICTURE;
    int ada = 0;
    int ben = 0;
    int adaWhole = 0;
    int benWhole = 0;
    double benFirst = -1;
    for (int n = 0; n < pictures; n++) {
      int hers = alike(all, n * PICTURE, PaintedPeople.ADA);
      int his = alike(all, n * PICTURE, PaintedPeople.BEN);
      ada += hers > 12 ? 1 : 0;
      ben += his > 12 ? 1 : 0;
      adaWhole = Math.max(adaWhole, hers);
      benWhole = Math.max(benWhole, his);
      benFirst = benFirst < 0 && his > 12 ? (double) n / FPS : benFirst;
    }
    return new Seen(pictures, ada, ben, adaWhole, benWhole, benFirst);
  }

  private static int alike(byte[] all, int from, PaintedPeople.Person person) {
    int luma = 160 * 90;
    int alike = 0;
    for (int i = 0; i < luma / 4; i++) {
      int cb = all[from + luma + i] & 0xff;
      int cr = all[from + luma + luma / 4 + i] & 0xff;
      alike += Math.abs(cb - person.cb()) < 24 && Math.abs(cr - person.cr()) < 24 ? 1 : 0;
    }
    return alike;
  }

  private static ProgramWitness listen(Path file) throws Exception {
    ProgramWitness witness = new ProgramWitness();
    ByteBuffer sound =
        ByteBuffer.wrap(
                decoded(
                    "-v",
                    "error",
                    "-i",
                    file.toString(),
                    "-vn",
                    "-ac",
                    "1",
                    "-ar",
                    "48000",
                    "-f",
                    "f32le",
                    "-"))
            .order(ByteOrder.LITTLE_ENDIAN);
    while (sound.remaining() >= Float.BYTES) {
      witness.sample(sound.getFloat());
    }
    return witness;
  }

  private static byte[] decoded(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(FfmpegProgram.path().toString(), "-nostdin"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    byte[] out = process.getInputStream().readAllBytes();
    process.waitFor();
    return out;
  }
}
