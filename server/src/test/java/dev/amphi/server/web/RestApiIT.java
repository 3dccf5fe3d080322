package dev.amphi.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.server.node.AmphiNode;
import dev.amphi.server.node.TestNodes;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestApiIT {
  private final AmphiNode node;
  private final RestClient client;

  RestApiIT(@TempDir Path folder) throws Exception {
    node = TestNodes.start(folder);
    client = new RestClient(node.localOrigin());
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void anInstructorMakesTheRoomOfItsToken() throws Exception {
    String token = TestNodes.token(node, "maths", "instructor", "Ada Lovelace");

    HttpResponse<String> made =
        client.send("POST", "/api/rooms", token, "{\"title\":\"Maths\",\"audience\":\"token\"}");
    JsonObject room = new JsonObject(made.body());

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.headers().firstValue("Location")).contains("/api/rooms/maths");
    assertThat(room.getString("id")).isEqualTo("maths");
    assertThat(room.getString("title")).isEqualTo("Maths");
    assertThat(room.getString("state")).isEqualTo("lobby");
    assertThat(room.getString("audience")).isEqualTo("token");
    assertThat(room.getBoolean("live")).isFalse();
    assertThat(room.getBoolean("recording")).isFalse();
    assertThat(room.getString("layout")).isEqualTo("auto");
    assertThat(room.getString("participant")).isEqualTo("ada-lovelace");
    assertThat(client.send("GET", "/api/rooms/maths", token, "").statusCode()).isEqualTo(200);
    assertThat(client.send("GET", "/api/rooms/maths", "", "").statusCode()).isEqualTo(401);
    assertThat(client.send("POST", "/api/rooms", token, "{}").statusCode()).isEqualTo(409);
  }

  /** The JDK's client asks each new connection to change to HTTP/2. */
  @Test
  void aConnectionThatAsksForAnotherProtocolKeepsItsOwn() throws Exception {
    HttpResponse<String> made =
        new RestClient(node.localOrigin()).send("POST", "/api/rooms", "", "{\"title\":\"Art\"}");

    assertThat(made.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(made.statusCode()).isEqualTo(201);
  }

  @Test
  void whoeverSitsAtTheMachineMakesAClassWithoutAnAccount() throws Exception {
    JsonObject made = client.json("POST", "/api/rooms", "", "{\"title\":\"Physics\"}");
    String room = made.getString("id");

    JsonObject tuned =
        client.json(
            "PUT",
            "/api/rooms/" + room + "/layout",
            made.getString("token"),
            "{\"layout\":\"grid\"}");

    assertThat(tuned.getString("layout")).isEqualTo("grid");
    assertThat(made.getString("url")).startsWith(node.localOrigin() + "/studio/" + room);
    assertThat(client.json("GET", "/api/rooms/" + room, "", "").getString("title"))
        .isEqualTo("Physics");
  }

  @Test
  void howTheTeacherRunsTheClassIsToldToThoseWhoModerateOnly() throws Exception {
    String ada = TestNodes.token(node, "directed", "instructor", "Ada");
    client.json("POST", "/api/rooms", ada, "{\"audience\":\"open\"}");
    client.json(
        "PUT", "/api/rooms/directed/layout", ada, "{\"layout\":\"grid\",\"hidden\":[\"ben\"]}");

    for (String token :
        List.of(
            "",
            TestNodes.token(node, "directed", "viewer", "Vera"),
            TestNodes.token(node, "directed", "student", "Stan"))) {
      JsonObject seen = client.json("GET", "/api/rooms/directed", token, "");
      assertThat(seen.getString("layout")).isEqualTo("grid");
      assertThat(seen.fieldNames()).doesNotContain("hidden", "spotlight", "program");
    }
    for (String role : List.of("instructor", "moderator")) {
      String token = TestNodes.token(node, "directed", role, "Bo " + role);
      JsonObject seen = client.json("GET", "/api/rooms/directed", token, "");
      assertThat(seen.getJsonArray("hidden").encode()).isEqualTo("[\"ben\"]");
    }
  }

  @Test
  void aClassSaysWhenItBeginsAndTakesABreakOnlyOnAir() throws Exception {
    JsonObject made =
        client.json("POST", "/api/rooms", "", "{\"starts_at\":\"2050-01-01T09:00:00+01:00\"}");
    String room = "/api/rooms/" + made.getString("id");
    assertThat(made.getString("starts_at")).isEqualTo("2050-01-01T08:00:00Z");
    assertThat(made.containsKey("break_until")).isFalse();

    String until = Instant.now().plusSeconds(600).toString();
    String body = new JsonObject().put("until", until).encode();
    HttpResponse<String> refused =
        client.send("PUT", room + "/break", made.getString("token"), body);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("there is nothing to break");
    assertThat(client.send("PUT", room + "/break", "", body).statusCode()).isEqualTo(401);
  }

  @Test
  void aCueIsRefusedInWordsWhereNobodyCouldReadIt() throws Exception {
    JsonObject made = client.json("POST", "/api/rooms", "", "{}");
    String cues = "/api/rooms/" + made.getString("id") + "/cues";
    String token = made.getString("token");
    assertThat(client.send("POST", cues, "", "{\"text\":\"hello\"}").statusCode()).isEqualTo(401);
    HttpResponse<String> silent = client.send("POST", cues, token, "{\"text\":\"hello\"}");
    assertThat(silent.statusCode()).isEqualTo(409);
    assertThat(silent.body()).contains("Nothing is on air that could be captioned");
    assertThat(client.send("POST", cues, token, "{}").body()).contains("'text' is missing");
    String old = "{\"text\":\"hello\",\"from\":\"2001-01-01T00:00:00Z\"}";
    assertThat(client.send("POST", cues, token, old).statusCode()).isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://evil.example",
    "X-Forwarded-For, 203.0.113.9",
    "Forwarded, for=203.0.113.9",
    "Via, 1.1 proxy",
  })
  void aForeignPageOrAProxyMakesNoClassWithoutAToken(String header, String value) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(node.localOrigin() + "/api/rooms"))
                    .header("Content-Type", "application/json")
                    .header(header, value)
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void tokensAreMadeUpToTheOwnRole() throws Exception {
    room("tokens");
    String moderator = TestNodes.token(node, "tokens", "moderator", "Mo");

    HttpResponse<String> student =
        client.send(
            "POST",
            "/api/rooms/tokens/tokens",
            moderator,
            "{\"name\":\"Bo\",\"role\":\"student\",\"id\":\"b.1\",\"ttl\":\"15m\"}");
    HttpResponse<String> instructor =
        client.send(
            "POST",
            "/api/rooms/tokens/tokens",
            moderator,
            "{\"name\":\"Bo\",\"role\":\"instructor\"}");

    assertThat(student.statusCode()).isEqualTo(201);
    JsonObject made = new JsonObject(student.body());
    assertThat(made.getString("participant")).isEqualTo("b.1");
    assertThat(
            client
                .send("GET", "/api/rooms/tokens/participants", made.getString("token"), "")
                .statusCode())
        .isEqualTo(200);
    assertThat(instructor.statusCode()).isEqualTo(403);
  }

  @Test
  void aTokenMadeWithGrantsHasThoseAndMakesNoneWithMore() throws Exception {
    room("grants");
    String ada = TestNodes.token(node, "grants", "instructor", "Ada");
    JsonObject made =
        client.json(
            "POST",
            "/api/rooms/grants/tokens",
            ada,
            "{\"name\":\"Mo\",\"role\":\"moderator\",\"grants\":[\"moderate\",\"chat\"]}");
    String moderator = made.getString("token");

    assertThat(
            client
                .send("PUT", "/api/rooms/grants/lock", moderator, "{\"locked\":true}")
                .statusCode())
        .isEqualTo(200);
    assertThat(
            client
                .send("PUT", "/api/rooms/grants/recording", moderator, "{\"recording\":true}")
                .statusCode())
        .isEqualTo(403);
    HttpResponse<String> more =
        client.send(
            "POST",
            "/api/rooms/grants/tokens",
            moderator,
            "{\"name\":\"Bo\",\"role\":\"student\",\"grants\":[\"camera\"]}");
    assertThat(more.statusCode()).isEqualTo(403);
    assertThat(more.body()).contains("grants no more than");
  }

  @Test
  void theTokensOfOtherRoomsAndOldOnesAreRefusedInWords() throws Exception {
    room("physics");
    String foreign = TestNodes.token(node, "chemistry", "instructor", "Eve");
    String old = TestNodes.token(node, "physics", "instructor", "Ada", Duration.ofMinutes(-1));

    assertProblem(
        client.send("PUT", "/api/rooms/physics/live", foreign, "{\"live\":true}"),
        403,
        "not_allowed",
        "The token is for the room 'chemistry', not for 'physics'.");
    assertProblem(
        client.send("GET", "/api/rooms/physics/recordings", old, ""),
        401,
        "expired",
        "The token has expired: ask whoever runs the class for a new link.");
    assertProblem(
        client.send("GET", "/api/rooms/physics/recordings", "a.b.c", ""),
        401,
        "unauthorized",
        "The token is not valid here: ask whoever runs the class for a new link.");
    assertProblem(
        client.send("GET", "/api/rooms/physics/recordings", "", ""),
        401,
        "unauthorized",
        "This needs a token of the room 'physics': send it as Bearer.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void aDownloadLinkCarriesItsToken(String method) throws Exception {
    String link = "/api/rooms/films/recordings/r1.mp4";
    String token = TestNodes.token(node, "films", "viewer", "Vi");

    assertThat(client.send(method, link, "", "").statusCode()).isEqualTo(401);
    assertThat(client.send(method, link + "?token=" + token, "", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aDeletedRoomIsGoneAndItsIdIsFreeAgain() throws Exception {
    room("brief");
    String token = TestNodes.token(node, "brief", "instructor", "Ada");

    assertThat(client.json("DELETE", "/api/rooms/brief", token, "").getString("state"))
        .isEqualTo("cancelled");
    assertThat(client.send("GET", "/api/rooms/brief", "", "").statusCode()).isEqualTo(404);
    assertThat(client.send("POST", "/api/rooms", token, "{}").statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /api/rooms/none         |                      | 404 | unknown_room",
        "GET    | /nothing                |                      | 404 | not_found",
        "GET    | /api/rooms              |                      | 405 | not_supported",
        "PATCH  | /api/rooms/wrong        |                      | 405 | not_supported",
        "PUT    | /api/rooms/wrong/layout | {\"layout\":\"oval\"}  | 422 | malformed",
        "PUT    | /api/rooms/wrong/break  | {}                   | 422 | malformed",
        "PUT    | /api/rooms/wrong/break  | {\"until\":\"noon\"}   | 422 | malformed",
        "PUT    | /api/rooms/wrong/break  | {\"until\":\"2050-01-01T00:00:00Z\"} | 422 | malformed",
        "PUT    | /api/rooms/wrong/layout | {\"layout\":\"grid\",\"hidden\":\"ada\"} | 422 | malformed",
        "PUT    | /api/rooms/wrong/layout | {\"layout\":\"grid\",\"hidden\":[1]} | 422 | malformed",
        "PUT    | /api/rooms/wrong/layout | {\"layout\":7}        | 422 | malformed",
        "PUT    | /api/rooms/wrong/layout | {}                   | 422 | malformed",
        "PUT    | /api/rooms/wrong/layout | {\"lay\":\"grid\"}     | 422 | malformed",
        "PUT    | /api/rooms/wrong/layout | [1]                  | 400 | malformed",
        "PUT    | /api/rooms/wrong/layout | {                    | 400 | malformed",
        "PUT    | /api/rooms/wrong/live   | {\"live\":\"yes\"}     | 422 | malformed",
        "PUT    | /api/rooms/wrong/live   | {\"live\":null}       | 422 | malformed",
        "POST   | /api/rooms              | {\"id\":\"../x\"}      | 422 | malformed",
        "POST   | /api/rooms/wrong/tokens | {\"role\":\"viewer\"}  | 422 | malformed",
        "POST   | /api/rooms/wrong/tokens | {\"name\":\"A\",\"role\":\"root\"} | 422 | malformed",
        "POST   | /api/rooms/wrong/tokens | {\"name\":\"A\",\"ttl\":\"9y\"}    | 422 | malformed",
        "DELETE | /api/rooms/wrong/participants/no%20body | | 404 | unknown_participant",
      })
  void everythingWrongIsAProblem(String method, String path, String body, int status, String code)
      throws Exception {
    room("wrong");
    String token = TestNodes.token(node, "wrong", "instructor", "Ada");

    HttpResponse<String> answer = client.send(method, path, token, body == null ? "" : body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    JsonObject problem = new JsonObject(answer.body());
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("code")).isEqualTo(code);
    assertThat(problem.getString("detail")).isNotBlank();
  }

  @Test
  void aBodyThatIsTooLongIsAProblem() throws Exception {
    String token = TestNodes.token(node, "long", "instructor", "Ada");

    HttpResponse<String> answer =
        client.send("POST", "/api/rooms", token, "{\"title\":\"" + "x".repeat(70_000) + "\"}");

    assertProblem(answer, 413, "too_large", "The body is too long: send less.");
  }

  @Test
  void aBodyThatIsNoJsonIsAProblem() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(node.localOrigin() + "/api/rooms"))
                    .header("Content-Type", "text/plain")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(new JsonObject(answer.body()).getString("detail"))
        .isEqualTo("The body is 'text/plain', but it must be application/json.");
  }

  @Test
  void operationsAnswer() throws Exception {
    assertThat(client.send("GET", "/health/live", "", "").statusCode()).isEqualTo(200);
    assertThat(client.send("GET", "/health/ready", "", "").statusCode()).isEqualTo(200);
    assertThat(client.send("GET", "/metrics", "", "").body())
        .contains("amphi_rooms", "amphi_viewers", "amphi_composer_restarts_total", "jvm_memory");
  }

  @Test
  void everyAnswerTellsTheBrowserItsLimits() throws Exception {
    for (String path : new String[] {"/", "/api/rooms/none", "/health/live", "/nothing"}) {
      assertThat(
              client
                  .send("GET", path, "", "")
                  .headers()
                  .firstValue("Content-Security-Policy")
                  .orElse(""))
          .contains("worker-src 'self' blob:", "media-src 'self' blob:", "object-src 'none'");
    }
  }

  private void room(String id) throws IOException, InterruptedException {
    String token = TestNodes.token(node, id, "instructor", "Ada");
    client.send("POST", "/api/rooms", token, "{}");
  }

  private static void assertProblem(
      HttpResponse<String> answer, int status, String code, String detail) {
    assertThat(answer.statusCode()).isEqualTo(status);
    JsonObject problem = new JsonObject(answer.body());
    assertThat(problem.getString("code")).isEqualTo(code);
    assertThat(problem.getString("detail")).isEqualTo(detail);
  }
}
