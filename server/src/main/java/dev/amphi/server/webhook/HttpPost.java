package dev.amphi.server.webhook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Over HTTP: no redirect is followed, an answer counts by its head alone, and all of it takes
 * fifteen seconds at most.
 */
final class HttpPost implements Post, AutoCloseable {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int CONNECTIONS = 16;
  private static final long MILLIS = 1_000;

  private final HttpClient client;
  private final long patienceMillis;

  HttpPost(Vertx vertx, long patienceMillis) {
    this.patienceMillis = patienceMillis;
    this.client =
        vertx.createHttpClient(
            // One request a connection: nothing of what an answer goes on with is ever read.
            new HttpClientOptions().setKeepAlive(false).setConnectTimeout(CONNECT_MILLIS),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  @Override
  public CompletionStage<Answer> post(URI url, Map<String, String> headers, byte[] body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(url.toString())
            .setFollowRedirects(false);
    headers.forEach(options::putHeader);
    return client
        .request(options)
        .compose(request -> answer(request, body))
        .timeout(patienceMillis, TimeUnit.MILLISECONDS)
        .toCompletionStage();
  }

  private Future<Answer> answer(HttpClientRequest request, byte[] body) {
    return request
        .send(Buffer.buffer(body))
        .timeout(patienceMillis, TimeUnit.MILLISECONDS)
        .map(HttpPost::answer)
        .onComplete(done -> request.reset());
  }

  private static Answer answer(HttpClientResponse response) {
    String asked = String.valueOf(response.getHeader("Retry-After"));
    // The other form, a date, is for people who trust clocks.
    long seconds = asked.matches("\\d{1,6}") ? Long.parseLong(asked) : 0;
    return new Answer(response.statusCode(), seconds * MILLIS);
  }

  @Override
  public void close() {
    client.close();
  }
}
