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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stage's doors for WHIP and WHEP, and an HTTP client that asks at them. */
abstract class WhipClient {
  final HttpClient client = HttpClient.newHttpClient();
  final FakeTransports transports = new FakeTransports();
  final String offer = OpenDoors.offerOf("libdatachannel");
  OpenDoors doors;

  @BeforeEach
  void open() {
    doors = new OpenDoors(transports);
  }

  @AfterEach
  void close() {
    doors.close();
    client.close();
  }

  HttpRequest.Builder post(String path, String token, String body) {
    return HttpRequest.newBuilder(doors.http(path))
        .header("Content-Type", "application/sdp")
        .header("Authorization", "Bearer " + token)
        .POST(BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  static void expectProblem(HttpResponse<String> response, int status, String sentence) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonObject problem = new JsonObject(response.body());
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("code")).isNotEmpty();
    assertThat(problem.getString("detail")).contains(sentence);
  }

  static HttpRequest.Builder delete(URI session, String token) {
    return HttpRequest.newBuilder(session).DELETE().header("Authorization", "Bearer " + token);
  }
}
