package dev.amphi.server.slides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.codec.PackedPicture;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.client.MediaClient;
import dev.amphi.interactive.client.MediaPlan;
import dev.amphi.interactive.client.RtcClients;
import dev.amphi.server.node.AmphiNode;
import dev.amphi.server.node.TestNodes;
import dev.amphi.server.room.Classroom;
import dev.amphi.server.room.RoomSpec;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From the command that turns a page to the picture that a viewer over WebRTC gets. */
class SlidesOverWhepIT {
  private static final int TURNS = 20;

  private final HttpClient http = HttpClient.newHttpClient();

  /** What a viewer sees in the middle of the newest picture; guarded by itself. */
  private static final class Viewer implements MediaClient.Listener {
    private final VideoDecoder eyes = new FfmpegCodecs().h264Decoder();
    private int middle = -1;
    private int width;
    private byte[] tile = new byte[0];
    private int wanted = -1;
    private long seenNanos;

    @Override
    public synchronized void frame(String mid, String trackId, Codec codec, EncodedFrame frame) {
      if (codec != Codec.H264) {
        return;
      }
      long nowNanos = System.nanoTime();
      eyes.decode(
          frame.payload(),
          frame.timestampTicks(),
          (picture, time) -> {
            try (picture) {
              middle = picture.plane(0).get(360 * picture.stride(0) + 640) & 0xff;
              width = picture.width();
              if (width == 1280) {
                tile = luma(picture, 8, 72);
              }
            }
            if (seenNanos == 0 && Math.abs(middle - wanted) <= 6) {
              seenNanos = nowNanos;
            }
          });
    }

    synchronized byte[] tile() {
      return tile;
    }

    synchronized void want(int luma) {
      wanted = luma;
      seenNanos = 0;
    }

    synchronized long seenNanos() {
      return seenNanos;
    }

    synchronized int middle() {
      return middle;
    }
  }

  /** What of a picture is the slides' tile in {@code presentation_side}, or all of a page of it. */
  private static byte[] luma(Picture picture, int x, int y) {
    byte[] luma = new byte[1024 * 576];
    for (int row = 0; row < 576; row++) {
      picture.plane(0).get((y + row) * picture.stride(0) + x, luma, row * 1024, 1024);
    }
    return luma;
  }

  private static byte[] text() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      for (int number = 1; number <= 3; number++) {
        PDPage page = new PDPage(new PDRectangle(960, 540));
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
          content.setLeading(18);
          content.newLineAtOffset(60, 460);
          for (int line = 0; line < 20; line++) {
            content.showText("Page " + number + ": lenses bend light, mirrors turn it back.");
            content.newLine();
          }
          content.endText();
        }
      }
      document.save(bytes);
    }
    return bytes.toByteArray();
  }

  private static byte[] packed(Path page) throws Exception {
    ByteBuffer packed = ByteBuffer.wrap(Files.readAllBytes(page));
    return luma(PackedPicture.unpack(1024, 576, packed).orElseThrow(), 0, 0);
  }

  /** How much of a page's ink is not where it was drawn, of all ink. */
  private static double wrong(byte[] drawn, byte[] seen) {
    double ink = 0;
    double off = 0;
    for (int i = 0; i < seen.length; i++) {
      ink += Math.abs((drawn[i] & 0xff) - 235);
      off += Math.abs((drawn[i] & 0xff) - (seen[i] & 0xff));
    }
    return seen.length == 0 ? 1 : off / ink;
  }

  @Test
  @Timeout(120)
  void isSeenAsItWasDrawnForItsTile(@TempDir Path folder) throws Exception {
    Vertx vertx = Vertx.vertx();
    try (AmphiNode node = TestNodes.start(folder);
        RtcClients clients = new RtcClients(vertx, 1)) {
      node.rooms().create(new RoomSpec("optics", "Optics", RoomSpec.OPEN)).join();
      Classroom room = node.rooms().get("optics");
      TrackView voice =
          new TrackView(
              "ada/mic",
              "ada",
              TrackView.Kind.AUDIO,
              TrackView.Source.MICROPHONE,
              Codec.OPUS,
              false);
      room.stage()
          .participantChanged(
              new ParticipantView(
                  "ada", "Ada", Role.INSTRUCTOR, StageState.ON_STAGE, List.of(voice)));
      String deck = send(node, "POST", "application/pdf", text()).getString("id");
      room.live(true).join();
      Viewer viewer = new Viewer();
      clients
          .post(
              URI.create(node.localOrigin() + "/whep/optics"),
              null,
              MediaPlan.receiving(1, 1),
              viewer)
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
      await().atMost(Duration.ofSeconds(30)).until(() -> viewer.tile().length > 0);
      Path pages = folder.resolve("slides").resolve("optics").resolve(deck);
      long begunNanos = System.nanoTime();
      room.picture().layout("presentation_side", "").join();
      await().atMost(Duration.ofSeconds(40)).until(() -> Files.exists(tile(pages, 1)));
      double drawnMillis = (System.nanoTime() - begunNanos) / 1e6;
      for (int page = 1; page <= 3; page++) {
        Path tile = tile(pages, page);
        await().atMost(Duration.ofSeconds(40)).until(() -> Files.exists(tile));
        turn(node, deck, page);
        byte[] drawn = packed(tile);
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(wrong(drawn, viewer.tile())).isLessThan(0.1));
      }
      System.out.printf("a page for another tile, ms: %.0f%n", drawnMillis);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static Path tile(Path pages, int page) {
    return pages.resolve(page + "-1024x704.yuv");
  }

  private static byte[] pages(int... greys) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      for (int grey : greys) {
        PDPage page = new PDPage(new PDRectangle(960, 540));
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
          content.setNonStrokingColor(grey / 255f);
          content.addRect(0, 0, 960, 540);
          content.fill();
        }
      }
      document.save(bytes);
    }
    return bytes.toByteArray();
  }

  private JsonObject send(AmphiNode node, String method, String type, byte[] body)
      throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(node.localOrigin() + "/api/rooms/optics/slides"))
                .header(
                    "Authorization",
                    "Bearer " + TestNodes.token(node, "optics", "instructor", "Ada"))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    return new JsonObject(answer.body());
  }

  @Test
  @Timeout(120)
  void aTurnIsSeenSoonByWhoWatches(@TempDir Path folder) throws Exception {
    Vertx vertx = Vertx.vertx();
    try (AmphiNode node = TestNodes.start(folder);
        RtcClients clients = new RtcClients(vertx, 1)) {
      node.rooms().create(new RoomSpec("optics", "Optics", RoomSpec.OPEN)).join();
      String deck = send(node, "POST", "application/pdf", pages(40, 120, 220)).getString("id");
      node.rooms().get("optics").live(true).join();
      Viewer viewer = new Viewer();
      clients
          .post(
              URI.create(node.localOrigin() + "/whep/optics"),
              null,
              MediaPlan.receiving(1, 1),
              viewer)
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
      int[] lumas = new int[3];
      for (int page = 1; page <= 3; page++) {
        turn(node, deck, page);
        int grey = new int[] {40, 120, 220}[page - 1];
        int luma = 16 + (220 * grey + 128) / 256;
        lumas[page - 1] = luma;
        await().atMost(Duration.ofSeconds(30)).until(() -> Math.abs(viewer.middle() - luma) <= 6);
      }
      double[] millis = new double[TURNS];
      for (int i = 0; i < TURNS; i++) {
        int page = i % 3 + 1;
        viewer.want(lumas[page - 1]);
        long begunNanos = System.nanoTime();
        turn(node, deck, page);
        await().atMost(Duration.ofSeconds(20)).until(() -> viewer.seenNanos() != 0);
        millis[i] = (viewer.seenNanos() - begunNanos) / 1e6;
      }
      Arrays.sort(millis);
      System.out.printf(
          "page turn over REST to the picture over WHEP, ms: median %.0f, largest %.0f of %d%n",
          millis[TURNS / 2], millis[TURNS - 1], TURNS);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private void turn(AmphiNode node, String deck, int page) throws Exception {
    send(
        node,
        "PUT",
        "application/json",
        new JsonObject().put("deck", deck).put("page", page).toBuffer().getBytes());
  }
}
