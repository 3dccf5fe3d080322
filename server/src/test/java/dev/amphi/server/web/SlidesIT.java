package dev.amphi.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.server.node.AmphiNode;
import dev.amphi.server.node.TestNodes;
import dev.amphi.server.room.RoomSpec;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PDF on its way from a teacher to the class, at a real node. */
class SlidesIT {
  private static final String SLIDES = "/api/rooms/optics/slides";

  private final HttpClient http = HttpClient.newHttpClient();
  private Path folder;
  private AmphiNode node;
  private RestClient client;
  private String teacher;
  private String student;

  @BeforeEach
  void start(@TempDir Path data) throws Exception {
    folder = data;
    node = TestNodes.start(data);
    node.rooms().create(new RoomSpec("optics", "Optics", RoomSpec.OPEN)).join();
    client = new RestClient(node.localOrigin());
    teacher = TestNodes.token(node, "optics", "instructor", "Ada");
    student = TestNodes.token(node, "optics", "student", "Max");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static byte[] pdf(String... titles) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      for (String title : titles) {
        PDPage page = new PDPage(new PDRectangle(960, 720));
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 48);
          content.newLineAtOffset(80, 600);
          content.showText(title);
          content.endText();
        }
      }
      document.save(bytes);
    }
    return bytes.toByteArray();
  }

  /** Conditions, not times, are waited for: on a busy machine too. */
  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60));
  }

  private HttpResponse<String> bring(String token, byte[] body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(node.localOrigin() + SLIDES + "?name=Optics.pdf"))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/pdf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private int status(String method, String path, String token, String body) throws Exception {
    return client.send(method, SLIDES + path, token, body).statusCode();
  }

  @Test
  void theFirstPageIsUpAndTheOthersCanBeTurnedTo() throws Exception {
    HttpResponse<String> brought = bring(teacher, pdf("Lenses", "Mirrors", "Prisms"));
    assertThat(brought.statusCode()).as(brought.body()).isEqualTo(201);
    JsonObject deck = new JsonObject(brought.body());
    String id = deck.getString("id");
    assertThat(deck.getInteger("pages")).isEqualTo(3);
    JsonObject up = client.json("GET", "/api/rooms/optics", teacher, "").getJsonObject("slides");
    assertThat(up.getString("title")).isEqualTo("Lenses");
    assertThat(up.getInteger("width")).isEqualTo(960);

    JsonObject turned =
        client.json(
            "PUT", SLIDES, teacher, new JsonObject().put("deck", id).put("page", 3).encode());
    assertThat(turned.getJsonObject("slides").getString("title")).isEqualTo("Prisms");
    assertThat(status("GET", "/" + id + "/3.png", student, "")).isEqualTo(200);
    // What comes later is the teacher's secret.
    assertThat(status("GET", "/" + id + "/2.png", student, "")).isEqualTo(403);
    patiently()
        .untilAsserted(
            () -> assertThat(status("GET", "/" + id + "/2.png", teacher, "")).isEqualTo(200));
    assertThat(status("GET", "/" + id + "/3.png", "", "")).isEqualTo(401);
    assertThat(status("PUT", "", student, "{}")).isEqualTo(403);
    assertThat(status("PUT", "", teacher, "{\"deck\":\"" + id + "\",\"page\":4}")).isEqualTo(422);
    assertThat(status("PUT", "", teacher, "{\"deck\":\"none\",\"page\":1}")).isEqualTo(404);

    assertThat(client.json("PUT", SLIDES, teacher, "{}").getJsonObject("slides")).isNull();
    assertThat(folder.resolve("slides/optics").resolve(id)).isDirectory();
    client.send("POST", "/api/rooms/optics/end", teacher, "");
    patiently().until(() -> !Files.exists(folder.resolve("slides/optics")));
  }

  @Test
  void whatIsNoGoodIsRefusedInWords() throws Exception {
    HttpResponse<String> text =
        bring(teacher, "Dear class".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(text.statusCode()).isEqualTo(415);
    assertThat(text.body()).contains("slides_not_a_pdf").contains("not a PDF");
    byte[] whole = pdf("One");
    HttpResponse<String> cut = bring(teacher, java.util.Arrays.copyOf(whole, 60));
    assertThat(cut.statusCode()).as(cut.body()).isIn(415, 422);
    HttpResponse<String> large = bring(teacher, new byte[50 * 1024 * 1024 + 1]);
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(bring(student, whole).statusCode()).isEqualTo(403);
    assertThat(client.json("GET", SLIDES, teacher, "").getJsonArray("decks")).isEmpty();
  }
}
