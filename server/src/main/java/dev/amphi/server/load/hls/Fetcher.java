package dev.amphi.server.load.hls;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Loads over HTTP and counts what came; thread-safe, each call blocks its thread. */
public final class Fetcher {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final HttpClient http;
  private final LongAdder bytes = new LongAdder();
  private final LongAdder requests = new LongAdder();

  public Fetcher(HttpClient http) {
    this.http = http;
  }

  /** The body of a 200. */
  ByteBuffer bytes(URI uri) throws FetchException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    requests.increment();
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      bytes.add(response.body().length);
      if (response.statusCode() != 200) {
        boolean again = response.statusCode() == 404 || response.statusCode() >= 500;
        throw new FetchException(response.statusCode() + " for " + uri.getPath(), again);
      }
      return ByteBuffer.wrap(response.body());
    } catch (IOException e) {
      throw new FetchException("no answer for " + uri.getPath() + ": " + e, true);
    }
  }

  String text(URI uri) throws FetchException, InterruptedException {
    return StandardCharsets.UTF_8.decode(bytes(uri)).toString();
  }

  /** Bytes of all bodies. */
  public long bytes() {
    return bytes.sum();
  }

  /** Requests made. */
  public long requests() {
    return requests.sum();
  }
}
