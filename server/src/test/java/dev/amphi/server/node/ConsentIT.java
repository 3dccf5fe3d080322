package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.ffmpeg.FfmpegProgram;
import dev.amphi.interactive.client.MediaPlan;
import dev.amphi.interactive.client.RtcClients;
import dev.amphi.server.room.Classroom;
import dev.amphi.server.room.RoomSpec;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever said no is on the stage with coded picture and sound, and neither the program nor the
 * recording has any of it: at a real node, with the composer's process, decoded again.
 */
class ConsentIT {
  private static final double HEARD = 0.05;
  private static final double SILENT = 0.003;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

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

  private ProgramWitness watch() throws Exception {
    ProgramWitness witness = new ProgramWitness();
    clients
        .post(
            URI.create(node.localOrigin() + "/whep/maths"),
            null,
            MediaPlan.receiving(1, 1),
            witness)
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    return witness;
  }

  private static void consent(WebSocket socket, Ear ear, int n, boolean given) throws Exception {
    Ear.say(socket, n, new JsonObject().put("type", "consent").put("given", given));
    assertThat(ear.next("ok").getInteger("re")).isEqualTo(n);
  }

  @Test
  @Timeout(180)
  void whoSaidNoIsInNoPictureNoSoundAndNoFile() throws Exception {
    String ben = TestNodes.token(node, "maths", "student", "ben");
    Ear ear = new Ear();
    WebSocket socket = Ear.enter(node, "maths", ben, ear);
    consent(socket, ear, 2, false);
    people.publish(TestNodes.token(node, "maths", "instructor", "ada"), PaintedPeople.ADA);
    people.publish(ben, PaintedPeople.BEN);
    room.live(true).join();
    room.recording(true).join();
    ProgramWitness witness = watch();

    // Declined at the door.
    await()
        .atMost(PATIENCE)
        .until(() -> witness.seen(PaintedPeople.ADA) >= 180 && witness.hears(PaintedPeople.ADA));
    assertThat(witness.seen(PaintedPeople.BEN)).as("pictures with ben").isZero();
    assertThat(witness.toneEver(PaintedPeople.BEN)).as("ben's tone").isLessThan(SILENT);
    room.recording(false).join();

    // Said yes, and is there.
    consent(socket, ear, 3, true);
    await()
        .atMost(PATIENCE)
        .until(() -> witness.seen(PaintedPeople.BEN) >= 15 && witness.hears(PaintedPeople.BEN));

    // Withdrawn, in the middle of a recording: gone, and gone for good.
    room.recording(true).join();
    long afterSegments = witness.pictures() + 120;
    await().atMost(PATIENCE).until(() -> witness.pictures() >= afterSegments);
    consent(socket, ear, 4, false);
    long withdrawn = witness.pictures();
    await().atMost(PATIENCE).until(() -> !witness.sees(PaintedPeople.BEN));
    long gone = witness.pictures();
    long seen = witness.seen(PaintedPeople.BEN);
    await()
        .atMost(PATIENCE)
        .until(() -> witness.pictures() >= gone + 120 && !witness.hears(PaintedPeople.BEN));
    assertThat(witness.seen(PaintedPeople.BEN)).as("pictures with ben since").isEqualTo(seen);
    assertThat(witness.tone(PaintedPeople.BEN)).as("ben's tone since").isLessThan(SILENT);
    assertThat(gone - withdrawn).as("pictures on their way").isLessThan(30);
    room.recording(false).join();

    List<Path> recordings = recordings();
    assertThat(recordings).hasSize(2);
    assertThat(words(recordings.get(0))).containsExactlyInAnyOrder("ada unstated", "ben declined");
    assertThat(words(recordings.get(1)))
        .containsExactlyInAnyOrder("ada unstated", "ben given", "ben withdrawn");
    ProgramWitness declined = replay(recordings.get(0));
    assertThat(declined.seen(PaintedPeople.ADA)).isPositive();
    assertThat(declined.toneEver(PaintedPeople.ADA)).as("ada in the file").isGreaterThan(HEARD);
    assertThat(declined.seen(PaintedPeople.BEN)).as("ben in the file").isZero();
    assertThat(declined.toneEver(PaintedPeople.BEN)).as("ben in the file").isLessThan(SILENT);
    ProgramWitness cut = replay(recordings.get(1));
    assertThat(cut.seen(PaintedPeople.BEN)).as("before the withdrawal").isPositive();
    assertThat(cut.toneEver(PaintedPeople.BEN)).as("before it").isGreaterThan(HEARD);
    assertThat(cut.tone(PaintedPeople.BEN)).as("in the last second").isLessThan(SILENT);
    assertThat(cut.sees(PaintedPeople.BEN)).as("at the end").isFalse();
  }

  /** The folders, the older first, when both have their MP4. */
  private List<Path> recordings() throws IOException {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                node.rooms().get("maths") != null
                    && movies().stream().allMatch(Files::exists)
                    && movies().size() == 2);
    return movies().stream().map(Path::getParent).toList();
  }

  private List<Path> movies() throws IOException {
    try (Stream<Path> folders = Files.list(data.resolve("recordings").resolve("maths"))) {
      return folders.sorted().map(folder -> folder.resolve("recording.mp4")).toList();
    }
  }

  private static List<String> words(Path recording) throws IOException {
    await().atMost(PATIENCE).until(() -> Files.exists(recording.resolve("consents.jsonl")));
    List<String> words = new ArrayList<>();
    for (String line : Files.readAllLines(recording.resolve("consents.jsonl"))) {
      JsonObject json = new JsonObject(line);
      assertThat(json.fieldNames()).containsExactlyInAnyOrder("at", "participant", "consent");
      words.add(json.getString("participant") + " " + json.getString("consent"));
    }
    return words;
  }

  /** What another decoder finds in the MP4. */
  private static ProgramWitness replay(Path recording) throws Exception {
    String movie = recording.resolve("recording.mp4").toString();
    ProgramWitness witness = new ProgramWitness();
    byte[] pictures =
        decoded(movie, "-an", "-vf", "scale=160:90", "-pix_fmt", "yuv420p", "-f", "rawvideo", "-");
    int length = 160 * 90 * 3 / 2;
    for (int at = 0; at + length <= pictures.length; at += length) {
      witness.picture(ByteBuffer.wrap(pictures, at, length).slice(), 160, 90);
    }
    ByteBuffer sound =
        ByteBuffer.wrap(decoded(movie, "-vn", "-ac", "1", "-ar", "48000", "-f", "f32le", "-"))
            .order(ByteOrder.LITTLE_ENDIAN);
    while (sound.remaining() >= Float.BYTES) {
      witness.sample(sound.getFloat());
    }
    return witness;
  }

  private static byte[] decoded(String movie, String... how) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(FfmpegProgram.path().toString(), "-v", "error", "-nostdin", "-i", movie));
    command.addAll(List.of(how));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    byte[] out = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    return out;
  }
}
