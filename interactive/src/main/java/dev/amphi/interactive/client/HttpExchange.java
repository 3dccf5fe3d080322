package dev.amphi.interactive.client;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** WHIP's and WHEP's signalling (RFC 9725): one POST with the offer, one DELETE at the end. */
final class HttpExchange implements OfferExchange {
  private static final int MAX_PROBLEM_CHARS = 400;

  private final HttpClient http;
  private final URI endpoint;
  private final @Nullable String token;
  private volatile @Nullable URI session;

  HttpExchange(HttpClient http, URI endpoint, @Nullable String token) {
    this.http = http;
    this.endpoint = endpoint;
    this.token = token;
  }

  @Override
  public CompletionStage<String> answer(String offer) {
    return request(HttpMethod.POST, endpoint, offer).toCompletionStage();
  }

  @Override
  public void end() {
    URI resource = session;
    if (resource != null) {
      session = null;
      var unused = request(HttpMethod.DELETE, resource, "");
    }
  }

  private Future<String> request(HttpMethod method, URI uri, String body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(uri.toString())
            .putHeader("Content-Type", "application/sdp");
    if (token != null) {
      options.putHeader("Authorization", "Bearer " + token);
    }
    return http.request(options)
        .compose(request -> request.send(Buffer.buffer(body)))
        .compose(
            response -> {
              String location = response.getHeader("Location");
              if (location != null) {
                session = uri.resolve(location);
              }
              return response
                  .body()
                  .compose(
                      answer ->
                          response.statusCode() / 100 == 2
                              ? Future.succeededFuture(answer.toString())
                              : Future.failedFuture(
                                  response.statusCode() + " " + shortened(answer.toString())));
            });
  }

  private static String shortened(String problem) {
    return problem.substring(0, Math.min(MAX_PROBLEM_CHARS, problem.length()));
  }
}
