package dev.amphi.interactive.client;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Source;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A client whose one offer goes out by an exchange, as those of WHIP and WHEP do. */
final class OfferingRtcClient implements MediaClient, ClientPeer.Events {
  private final ClientLoop loop;
  private final OfferExchange exchange;
  private final Listener listener;
  private final ClientPeer peer;
  private final CompletableFuture<MediaClient> connected = new CompletableFuture<>();
  private boolean closed;

  /** On the loop. */
  OfferingRtcClient(
      ClientLoop loop,
      Function<ClientPeer.Events, Function<MediaPlan, ClientPeer>> peers,
      OfferExchange exchange,
      MediaPlan plan,
      Listener listener) {
    this.loop = loop;
    this.exchange = exchange;
    this.listener = listener;
    this.peer = peers.apply(this).apply(plan);
  }

  /** Sends the offer; completes when media can flow. */
  CompletionStage<MediaClient> start() {
    exchange
        .answer(peer.offer())
        .thenAcceptAsync(peer::answer, loop)
        .whenComplete(
            (answered, failure) -> {
              if (failure != null) {
                loop.execute(() -> fail(failure));
              }
            });
    return connected;
  }

  private void fail(Throwable failure) {
    Throwable cause = failure.getCause();
    connected.completeExceptionally(cause == null ? failure : cause);
    peer.close("refused");
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
          if (!closed) {
            exchange.end();
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
