package dev.amphi.interactive.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.room.FakeTransports;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program's WHEP endpoint, asked by an HTTP client. */
class WhepIT {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String offer = OpenDoors.offerOf("safari");
  private OpenDoors doors;

  @BeforeEach
  void open() {
    doors = new OpenDoors(new FakeTransports());
    doors.onAir(List.of("720p", "360p"));
  }

  @AfterEach
  void close() {
    doors.close();
    client.close();
  }

  private HttpResponse<String> post(
      String query, @Nullable String token, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(doors.http("/whep/demo" + query))
            .header("Content-Type", "application/sdp")
            .POST(BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String shown(HttpResponse<String> created) {
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return created.headers().firstValue("Amphi-Program").orElse("");
  }

  @Test
  void anybodyWatchesAnOpenClassAndTheAnswerOnlySends() throws Exception {
    HttpResponse<String> created = post("", null, offer);
    assertThat(shown(created)).isEqualTo("rendition=720p; sound=everybody");
    assertThat(created.body()).contains("a=sendonly", "H264/90000", "opus/48000/2");
    assertThat(created.body()).doesNotContain("a=recvonly", "a=sendrecv");
    assertThat(created.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
        .contains("Amphi-Program");
  }

  @Test
  void theUrlIsAllThatAnAnonymousViewerHasToEndItsSession() throws Exception {
    HttpResponse<String> created = post("", null, offer);
    String location = created.headers().firstValue("Location").orElseThrow();
    assertThat(location).matches("/whep/demo/session/[A-Za-z0-9_-]{22}");
    URI session = doors.http(location);
    HttpRequest.Builder delete = HttpRequest.newBuilder(session).DELETE();
    HttpResponse<String> other =
        client.send(
            delete.copy().header("Authorization", "Bearer eve:viewer").build(),
            BodyHandlers.ofString());
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(client.send(delete.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    assertThat(client.send(delete.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(404);
  }

  @Test
  void thePictureIsChosenByNameOrByTheWishToSaveData() throws Exception {
    assertThat(shown(post("?rendition=360p", "eve:viewer", offer))).startsWith("rendition=360p");
    assertThat(shown(post("", "eve:viewer", offer, "Save-Data", "on")))
        .startsWith("rendition=360p");
    assertThat(shown(post("?rendition=720p", "eve:viewer", offer, "Save-Data", "on")))
        .startsWith("rendition=720p");
    HttpResponse<String> unknown = post("?rendition=4k", "eve:viewer", offer);
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(new JsonObject(unknown.body()).getString("code")).isEqualTo("unknown_rendition");
  }

  @Test
  void anOfferThatTakesNeitherCodingIsRefusedInWords() throws Exception {
    String vp8 = offer.substring(offer.indexOf("m=video")).replace("H264", "H265");
    String head = offer.substring(0, offer.indexOf("m=audio")).replaceAll("BUNDLE .*", "BUNDLE 1");
    HttpResponse<String> refused = post("", "eve:viewer", head + vp8);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
    assertThat(refused.body()).contains("H.264 (constrained baseline", "Opus");
  }

  @Test
  void aClassThatIsNotOnAirSaysWhenToAskAgain() throws Exception {
    doors.onAir(List.of());
    HttpResponse<String> refused = post("", "eve:viewer", offer);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.headers().firstValue("Retry-After")).contains("5");
    assertThat(new JsonObject(refused.body()).getString("code")).isEqualTo("not_live");
  }
}
