package dev.amphi.interactive.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.room.FakeTransports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WHIP's and WHEP's HTTP side (RFC 9725), asked by an HTTP client. */
class WhipIT {
  private final HttpClient client = HttpClient.newHttpClient();
  private final FakeTransports transports = new FakeTransports();
  private final String offer = OpenDoors.offerOf("libdatachannel");
  private OpenDoors doors;

  @BeforeEach
  void open() {
    doors = new OpenDoors(transports);
  }

  @AfterEach
  void close() {
    doors.close();
    client.close();
  }

  private HttpRequest.Builder post(String path, String token, String body) {
    return HttpRequest.newBuilder(doors.http(path))
        .header("Content-Type", "application/sdp")
        .header("Authorization", "Bearer " + token)
        .POST(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static void expectProblem(HttpResponse<String> response, int status, String sentence) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonObject problem = new JsonObject(response.body());
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("detail")).contains(sentence);
  }

  @Test
  void anOfferIsAnsweredWithASessionThatItsOwnerDeletes() throws Exception {
    HttpResponse<String> created = send(post("/whip/demo", "obs:instructor", offer));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    assertThat(created.headers().firstValue("Content-Type")).contains("application/sdp");
    assertThat(created.headers().firstValue("ETag").orElse("")).startsWith("\"").endsWith("\"");
    assertThat(created.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(created.body()).startsWith("v=0\r\n").contains("a=ice-lite");
    String location = created.headers().firstValue("Location").orElseThrow();
    assertThat(location).matches("/whip/demo/session/[A-Za-z0-9_-]{22}");

    URI session = doors.http(location);
    expectProblem(
        send(HttpRequest.newBuilder(session).DELETE().header("Authorization", "Bearer eve:viewer")),
        403,
        "belongs to somebody else");
    assertThat(send(HttpRequest.newBuilder(session).DELETE()).statusCode()).isEqualTo(200);
    // The path is closed on the room's loop, which the answer does not wait for.
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(transports.paths.getFirst().closedBecause).isEqualTo("left"));
    expectProblem(send(HttpRequest.newBuilder(session).DELETE()), 404, "no such session");
  }

  @Test
  void tricklingIsTakenAndARestartIsRefused() throws Exception {
    HttpResponse<String> created = send(post("/whip/demo", "obs:instructor", offer));
    URI session = doors.http(created.headers().firstValue("Location").orElseThrow());
    String etag = created.headers().firstValue("ETag").orElseThrow();
    String fragment = "a=ice-ufrag:x\r\na=candidate:1 1 udp 1 192.0.2.9 9 typ host\r\n";

    expectProblem(send(patch(session, fragment)), 428, "If-Match");
    expectProblem(send(patch(session, fragment).header("If-Match", "\"other\"")), 412, "ETag");
    expectProblem(send(patch(session, fragment).header("If-Match", "*")), 422, "ICE restarts");
    assertThat(send(patch(session, fragment).header("If-Match", etag)).statusCode()).isEqualTo(204);
  }

  private static HttpRequest.Builder patch(URI session, String fragment) {
    return HttpRequest.newBuilder(session)
        .header("Content-Type", "application/trickle-ice-sdpfrag")
        .method("PATCH", BodyPublishers.ofString(fragment));
  }

  @ParameterizedTest
  @CsvSource({
    "/whip/demo,     eve:viewer,     403, A viewer's token cannot publish",
    "/whip/demo,     nonsense,       401, not one of ours",
    "/whip/nowhere,  obs:instructor, 404, There is no class 'nowhere'",
    "/whep/demo,     eve:viewer,     501, The program is not offered",
    "/whep/demo/ada, eve:viewer,     404, Nobody with the id 'ada'",
  })
  void refusesByProblem(String path, String token, int status, String sentence) throws Exception {
    expectProblem(send(post(path, token, offer)), status, sentence);
    assertThat(transports.paths).isEmpty();
  }

  @Test
  void refusesWhatIsNoOffer() throws Exception {
    expectProblem(send(post("/whip/demo", "obs:instructor", "hello")), 400, "'x=…': 'hello'");
    expectProblem(
        send(post("/whip/demo", "obs:instructor", "v=0\r\n".repeat(20_000))), 413, "64 KiB");
    expectProblem(
        send(post("/whip/demo", "obs:instructor", offer).setHeader("Content-Type", "text/html")),
        415,
        "must be application/sdp");
    expectProblem(
        send(post("/whip/demo", "obs:instructor", offer).header("Accept", "image/png")),
        406,
        "application/sdp");
    expectProblem(
        send(
            HttpRequest.newBuilder(doors.http("/whip/demo"))
                .header("Content-Type", "application/sdp")
                .POST(BodyPublishers.ofString(offer))),
        401,
        "Authorization: Bearer");
    expectProblem(
        send(HttpRequest.newBuilder(doors.http("/whip/demo")).GET()), 405, "OPTIONS, POST");
  }

  @Test
  void browsersFromElsewhereMayAsk() throws Exception {
    HttpResponse<String> options =
        send(
            HttpRequest.newBuilder(doors.http("/whip/demo"))
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization");
    assertThat(options.headers().firstValue("Accept-Post")).contains("application/sdp");
  }

  @Test
  void anAddressThatPostsWithoutEndIsHeldBack() throws Exception {
    for (int i = 0; i < 300; i++) {
      assertThat(send(post("/whip/demo", "nonsense", offer)).statusCode()).isEqualTo(401);
    }
    HttpResponse<String> held = send(post("/whip/demo", "nonsense", offer));
    expectProblem(held, 429, "300 offers in 10 seconds");
    assertThat(held.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void oneParticipantsTracksAreToBeHadOverWhep() throws Exception {
    send(post("/whip/demo", "obs:instructor", offer));
    HttpResponse<String> created =
        send(post("/whep/demo/obs", "eve:viewer", OpenDoors.offerOf("safari")));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    assertThat(created.headers().firstValue("Location").orElse(""))
        .startsWith("/whep/demo/obs/session/");
    assertThat(created.body()).contains("a=sendonly").doesNotContain("a=recvonly");
  }
}
