package dev.amphi.server.web;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A plain HTTP client for a node's API. */
public final class RestClient {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String origin;

  public RestClient(String origin) {
    this.origin = origin;
  }

  /** Sends a request; an empty token or body is left out. */
  public HttpResponse<String> send(String method, String path, String token, String body)
      throws IOException, InterruptedException {
    return send(method, path, token, "application/json", body);
  }

  /** Sends a request with a body of some other type. */
  public HttpResponse<String> send(
      String method, String path, String token, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Reads media. */
  public HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin + path)).timeout(Duration.ofSeconds(30)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Sends a request whose answer is a JSON object. */
  public JsonObject json(String method, String path, String token, String body)
      throws IOException, InterruptedException {
    return new JsonObject(send(method, path, token, body).body());
  }
}
