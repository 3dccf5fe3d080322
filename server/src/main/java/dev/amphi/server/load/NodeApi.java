package dev.amphi.server.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The few REST calls that a run needs; each blocks its thread. */
public final class NodeApi {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final URI origin;

  public NodeApi(HttpClient http, URI origin) {
    this.http = http;
    this.origin = origin;
  }

  /** Makes the room, or finds it there; true when it was made. */
  public boolean makeRoom(String room, String instructorToken)
      throws LoadFailed, InterruptedException {
    Answer answer =
        call("POST", "/api/rooms", instructorToken, Map.of("id", room, "title", "Load " + room));
    if (answer.status != 201 && answer.status != 409) {
      throw refused("The room '" + room + "' could not be made", answer);
    }
    return answer.status == 201;
  }

  void goLive(String room, String instructorToken) throws LoadFailed, InterruptedException {
    Answer answer =
        call("PUT", "/api/rooms/" + room + "/live", instructorToken, Map.of("live", true));
    if (answer.status != 200) {
      throw refused("The class '" + room + "' did not go live", answer);
    }
  }

  public void delete(String room, String instructorToken) throws LoadFailed, InterruptedException {
    call("DELETE", "/api/rooms/" + room, instructorToken, Map.of());
  }

  /** The participants of a room with their tracks, as JSON. */
  public String participants(String room, String token) throws LoadFailed, InterruptedException {
    Answer answer = call("GET", "/api/rooms/" + room + "/participants", token, Map.of());
    if (answer.status != 200) {
      throw refused("The participants of '" + room + "' could not be read", answer);
    }
    return answer.body;
  }

  /** A room's pipeline with its counters, as JSON. */
  public String pipeline(String room, String token) throws LoadFailed, InterruptedException {
    Answer answer = call("GET", "/debug/rooms/" + room, token, Map.of());
    if (answer.status != 200) {
      throw refused("The pipeline of '" + room + "' could not be read", answer);
    }
    return answer.body;
  }

  private record Answer(int status, String detail, String body) {}

  private static LoadFailed refused(String what, Answer answer) {
    String hint =
        answer.status == 401 || answer.status == 403
            ? " Give the node's own --data-dir, or one of its keys as --key ID:SECRET."
            : "";
    return new LoadFailed(what + ": " + answer.status + ", " + answer.detail + "." + hint);
  }

  private Answer call(String method, String path, String token, Map<String, Object> body)
      throws LoadFailed, InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(origin.resolve(path))
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .method(
                  method,
                  body.isEmpty()
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
              .build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), detail(response.body()), response.body());
    } catch (IOException e) {
      throw new LoadFailed(
          "No node answers at "
              + origin
              + " ("
              + e
              + "): start one with ./amphi run, or give --url.");
    }
  }

  /** What a problem+json says, or nothing. */
  private static String detail(String body) throws IOException {
    if (!body.startsWith("{")) {
      return "without a reason";
    }
    JsonNode json = JSON.readTree(body);
    String text = json.path("detail").asText(json.path("title").asText("without a reason"));
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
