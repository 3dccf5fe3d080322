package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.server.web.RestClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session over WHIP or WHEP goes on with a newer token that came with a PATCH. */
@Timeout(120)
class RenewedTokenIT {
  /**
   * Long enough for a busy machine to open a session and renew it; short enough for all to be over
   * before a path that never comes up is given up, 30 seconds after its offer.
   */
  private static final Duration SHORT = Duration.ofSeconds(12);

  private final HttpClient http = HttpClient.newHttpClient();
  private final AmphiNode node;

  RenewedTokenIT(@TempDir Path folder) throws Exception {
    node = TestNodes.start(folder);
    new RestClient(node.localOrigin())
        .json("POST", "/api/rooms", TestNodes.token(node, "maths", "instructor", "Ada"), "{}");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private String token(String name, Duration life) {
    return TestNodes.token(node, "maths", "student", name, life);
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(URI.create(node.localOrigin()).resolve(path))
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> open(String path, String token, String sdp) throws Exception {
    HttpResponse<String> made =
        http.send(
            request(path, token)
                .header("Content-Type", "application/sdp")
                .POST(BodyPublishers.ofString(sdp))
                .build(),
            BodyHandlers.ofString());
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return made;
  }

  /** What the session says to a PATCH that changes nothing: 204, or 404 when it is over. */
  private int patch(HttpResponse<String> session, String token) throws Exception {
    return http.send(
            request(session.headers().firstValue("Location").orElseThrow(), token)
                .header("Content-Type", "application/trickle-ice-sdpfrag")
                .header("If-Match", session.headers().firstValue("ETag").orElseThrow())
                .method("PATCH", BodyPublishers.ofString("a=end-of-candidates\r\n"))
                .build(),
            BodyHandlers.ofString())
        .statusCode();
  }

  @Test
  void aSessionLivesPastTheOldTokensEnd() throws Exception {
    String following = RefusalsIT.SDP.replace("sendonly", "recvonly");
    String ben = token("Ben", Duration.ofMinutes(5));
    String eve = token("Eve", Duration.ofMinutes(5));
    HttpResponse<String> published = open("/whip/maths", token("Ben", SHORT), RefusalsIT.SDP);
    assertThat(patch(published, ben)).isEqualTo(204);
    HttpResponse<String> watching = open("/whep/maths/ben", token("Eve", SHORT), following);
    assertThat(patch(watching, eve)).isEqualTo(204);
    // These get no newer one, and their tokens end no earlier.
    HttpResponse<String> old = open("/whip/maths", token("Old", SHORT), RefusalsIT.SDP);
    HttpResponse<String> idle = open("/whep/maths/ben", token("Idle", SHORT), following);

    // Asked in somebody else's name, so that asking renews nothing.
    String stranger = token("Stranger", Duration.ofMinutes(5));
    await().atMost(Duration.ofSeconds(60)).until(() -> patch(old, stranger) == 404);
    await().atMost(Duration.ofSeconds(60)).until(() -> patch(idle, stranger) == 404);
    assertThat(patch(published, ben)).isEqualTo(204);
    assertThat(patch(watching, eve)).isEqualTo(204);
  }
}
