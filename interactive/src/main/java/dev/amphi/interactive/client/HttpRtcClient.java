package dev.amphi.interactive.client;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Source;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A WHIP or WHEP client (RFC 9725): one POST with the offer, one DELETE at the end. */
final class HttpRtcClient implements MediaClient, ClientPeer.Events {
  private static final int MAX_PROBLEM_CHARS = 400;

  private final ClientLoop loop;
  private final HttpClient http;
  private final URI endpoint;
  private final @Nullable String token;
  private final Listener listener;
  private final ClientPeer peer;
  private final CompletableFuture<MediaClient> connected = new CompletableFuture<>();
  private @Nullable URI session;
  private boolean closed;

  /** On the loop. */
  HttpRtcClient(
      ClientLoop loop,
      HttpClient http,
      Function<ClientPeer.Events, Function<MediaPlan, ClientPeer>> peers,
      URI endpoint,
      @Nullable String token,
      MediaPlan plan,
      Listener listener) {
    this.loop = loop;
    this.http = http;
    this.endpoint = endpoint;
    this.token = token;
    this.listener = listener;
    this.peer = peers.apply(this).apply(plan);
  }

  /** Posts the offer; completes when media can flow. */
  CompletionStage<MediaClient> start() {
    request(HttpMethod.POST, endpoint, peer.offer())
        .onSuccess(answer -> loop.execute(() -> peer.answer(answer)))
        .onFailure(failure -> loop.execute(() -> fail(failure)));
    return connected;
  }

  private void fail(Throwable failure) {
    connected.completeExceptionally(failure);
    peer.close("refused");
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

  @Override
  public void send(Source source, byte[] frame, long timestampTicks) {
    loop.execute(() -> peer.send(source, frame, timestampTicks, System.nanoTime()));
  }

  @Override
  public CompletionStage<ClientStats> stats() {
    return CompletableFuture.supplyAsync(peer::stats, loop);
  }

  @Override
  public void close() {
    loop.execute(
        () -> {
          URI resource = session;
          if (!closed && resource != null) {
            var unused = request(HttpMethod.DELETE, resource, "");
          }
          peer.close("left");
        });
  }

  @Override
  public void mediaConnected() {
    connected.complete(this);
    listener.connected();
  }

  @Override
  public void mediaClosed(String reason) {
    closed = true;
    connected.completeExceptionally(new IllegalStateException("No media: " + reason));
    listener.mediaClosed(reason);
    listener.closed(reason);
  }

  @Override
  public void keyFrameWanted(Source source) {
    listener.keyFrameWanted(source);
  }

  @Override
  public void frame(String mid, String trackId, Codec codec, EncodedFrame frame) {
    listener.frame(mid, trackId, codec, frame);
  }
}
