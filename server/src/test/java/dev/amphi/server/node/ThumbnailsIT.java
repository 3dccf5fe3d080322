package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.interactive.client.RtcClients;
import dev.amphi.packager.thumbnails.PictureCue;
import dev.amphi.packager.thumbnails.PictureTrack;
import dev.amphi.server.room.Classroom;
import dev.amphi.server.room.RoomSpec;
import dev.amphi.server.web.RestClient;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small pictures of a real program, from WHIP through the composer's process to the rewind and the
 * recording: each shows who was in the program then.
 */
class ThumbnailsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String ROOM = "/api/rooms/maths";

  /** Of 256×144 pixels, some of a tile. */
  private static final int MANY = 2_000;

  private final Vertx vertx = Vertx.vertx();
  private final RtcClients clients = new RtcClients(vertx, 2);
  private final HttpClient http = HttpClient.newHttpClient();
  private AmphiNode node;
  private Classroom room;
  private PaintedPeople people;

  /** How many pixels are of whose colour. */
  private record Seen(int adas, int bens) {}

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
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
    http.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  @Timeout(300)
  void showWhoWasInTheProgramThenLiveAndInTheRecording() throws Exception {
    RestClient client = new RestClient(node.localOrigin());
    String ada = TestNodes.token(node, "maths", "instructor", "ada");
    people.publish(ada, PaintedPeople.ADA);
    room.picture().layout("grid", "").join();
    room.live(true).join();
    room.recording(true).join();
    await().atMost(PATIENCE).until(() -> live().stream().anyMatch(s -> s.adas() > MANY));
    assertThat(live()).as("nobody else is there yet").allMatch(seen -> seen.bens() == 0);
    people.publish(TestNodes.token(node, "maths", "student", "ben"), PaintedPeople.BEN);
    // The newest may be of a moment that is not coded yet, and so be in no recording that ends now.
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> live().stream().filter(s -> s.bens() > MANY).count() >= 2);
    room.recording(false).join();

    JsonObject recording = ready(client, ada);
    String track = recording.getString("thumbnails");
    assertThat(track).isEqualTo(recording.getString("url").replace(".mp4", ".thumbnails.vtt"));
    List<PictureCue> cues = PictureTrack.read(client.send("GET", track, ada, "").body());
    assertThat(cues.getFirst().startMs()).isZero();
    List<Seen> seen = new ArrayList<>();
    for (PictureCue cue : cues) {
      seen.add(look(get(ROOM + "/recordings/" + cue.uri() + "?token=" + ada)));
    }
    assertThat(seen.getFirst().bens()).as("at first there is no Ben").isZero();
    assertThat(seen.getLast().bens()).as("at the end there is").isGreaterThan(MANY);
    assertThat(seen).anyMatch(one -> one.adas() > MANY);
    look(get(recording.getString("poster") + "?token=" + ada));
    String motion = track.replace(".vtt", ".mjpeg");
    assertThat(frames(motion, ada)).isEqualTo(cues.size());
    assertThat(status(ROOM + "/recordings/" + cues.getFirst().uri())).isEqualTo(401);
    assertThat(status(recording.getString("poster"))).isEqualTo(401);
    JsonObject integrity =
        client.json(
            "GET", ROOM + "/recordings/" + recording.getString("id") + "/integrity", ada, "");
    assertThat(integrity.getString("state")).as("%s", integrity).isEqualTo("whole");
  }

  private static JsonObject ready(RestClient client, String token) {
    JsonObject[] last = new JsonObject[1];
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              String all = client.send("GET", ROOM + "/recordings", token, "").body();
              last[0] = new JsonArray(all).getJsonObject(0);
              return last[0].getString("state").equals("ready");
            });
    return last[0];
  }

  /** What the small pictures of the rewind show, the oldest first. */
  private List<Seen> live() throws Exception {
    String base = "/hls/maths/";
    HttpResponse<byte[]> list = fetch(base + "thumbnails.vtt");
    if (list.statusCode() != 200) {
      return List.of();
    }
    List<Seen> seen = new ArrayList<>();
    for (PictureCue cue : PictureTrack.read(new String(list.body(), StandardCharsets.UTF_8))) {
      seen.add(look(get(base + cue.uri())));
    }
    return seen;
  }

  private static Seen look(byte[] jpeg) throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertThat(image.getWidth()).isEqualTo(256);
    assertThat(image.getHeight()).isEqualTo(144);
    int adas = 0;
    int bens = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        int red = rgb >> 16 & 0xff;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        adas += red > 200 && green < 90 && blue < 90 ? 1 : 0;
        bens += blue > 200 && red < 90 && green < 140 ? 1 : 0;
      }
    }
    return new Seen(adas, bens);
  }

  /** How many pictures FFmpeg finds in a file of them. */
  private int frames(String path, String token) throws Exception {
    Process probe =
        new ProcessBuilder(
                Loader.load(org.bytedeco.ffmpeg.ffprobe.class),
                "-v",
                "error",
                "-headers",
                "Authorization: Bearer " + token + "\r\n",
                "-f",
                "mjpeg",
                "-count_frames",
                "-show_entries",
                "stream=nb_read_frames",
                "-of",
                "csv=p=0",
                node.localOrigin() + path)
            .redirectErrorStream(true)
            .start();
    String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(probe.waitFor()).as(said).isZero();
    return Integer.parseInt(said.strip());
  }

  private byte[] get(String path) throws Exception {
    HttpResponse<byte[]> answer = fetch(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).as(path).hasValue("image/jpeg");
    return answer.body();
  }

  private int status(String path) throws Exception {
    return fetch(path).statusCode();
  }

  private HttpResponse<byte[]> fetch(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(node.localOrigin() + path)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }
}
