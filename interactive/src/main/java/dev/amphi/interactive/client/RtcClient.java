package dev.amphi.interactive.client;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Source;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A participant in Java: signalling socket and peer connection. Made by {@link RtcClients}.
 * Thread-safe: each call hops to the client's loop, where the listener is called and the stages
 * complete too; nothing there may block.
 */
public final class RtcClient implements MediaClient {
  private final ClientLoop loop;
  private final Function<ClientPeer.Events, Function<MediaPlan, ClientPeer>> peers;
  private final Listener listener;
  private final SignalSocket signal;
  private final boolean showAll;
  private String participantId = "";
  private StageTracks stage = new StageTracks("");
  private @Nullable ClientPeer peer;
  private CompletableFuture<Void> connected = new CompletableFuture<>();
  private boolean closed;

  /** Hears what happens, on the client's loop. */
  public interface Listener extends MediaClient.Listener {
    /**
     * A message of the server that answers no command, as {@code docs/signalling.md} lists them.
     */
    default void event(JsonObject event) {}
  }

  RtcClient(
      ClientLoop loop,
      Function<ClientPeer.Events, Function<MediaPlan, ClientPeer>> peers,
      boolean showAll,
      Listener listener) {
    this.loop = loop;
    this.peers = peers;
    this.showAll = showAll;
    this.listener = listener;
    this.signal = new SignalSocket(loop, new FromSocket());
  }

  SignalSocket signal() {
    return signal;
  }

  /** Says hello; completes with the welcome. */
  CompletableFuture<JsonObject> hello(String room, @Nullable String token, String name) {
    JsonObject hello = new JsonObject().put("type", "hello").put("room", room).put("name", name);
    if (token != null) {
      hello.put("token", token);
    }
    return signal
        .command(hello)
        .thenApply(
            welcome -> {
              participantId = welcome.getJsonObject("self").getString("id");
              stage = new StageTracks(participantId);
              for (Object participant : welcome.getJsonArray("participants")) {
                if (participant instanceof JsonObject known) {
                  stage.participant(known);
                }
              }
              return welcome;
            });
  }

  /** The token's {@code sub}, or what the server gave an anonymous viewer. */
  public String participantId() {
    return participantId;
  }

  /**
   * Opens the peer connection; completes when media can flow, exceptionally when the server refuses
   * or the path fails. Once in a stay on stage: after {@code off_stage} it may be called again.
   */
  public CompletionStage<Void> offer(MediaPlan plan) {
    return onLoop(
        () -> {
          connected = new CompletableFuture<>();
          ClientPeer opened = peers.apply(new FromPeer()).apply(plan);
          peer = opened;
          JsonObject publish = new JsonObject();
          for (ClientSection section : opened.sections()) {
            if (section.source() != null) {
              publish.put(section.mid(), section.source().wireName());
            }
          }
          JsonObject offer =
              new JsonObject()
                  .put("type", "offer")
                  .put("sdp", opened.offer())
                  .put("publish", publish)
                  .put("subscribe", new JsonObject());
          CompletableFuture<Void> result = connected;
          return signal
              .command(offer)
              .whenComplete(
                  (ok, refused) -> {
                    if (refused != null) {
                      opened.close("refused");
                    }
                  })
              .thenCompose(
                  ok -> {
                    opened.answer(ok.getString("answer"));
                    showStage();
                    return result;
                  });
        });
  }

  /**
   * Sends any command of {@code docs/signalling.md}, as {@code {"type":"hand","raised":true}};
   * completes with the {@code ok}, exceptionally with the refusal's sentence.
   */
  public CompletionStage<JsonObject> command(JsonObject command) {
    return onLoop(() -> signal.command(command));
  }

  /** Says something. */
  public CompletionStage<JsonObject> chat(String text) {
    return command(new JsonObject().put("type", "chat").put("text", text));
  }

  /** Raises or lowers the hand. */
  public CompletionStage<JsonObject> hand(boolean raised) {
    return command(new JsonObject().put("type", "hand").put("raised", raised));
  }

  /** Starts or stops the broadcast. */
  public CompletionStage<JsonObject> live(boolean live) {
    return command(new JsonObject().put("type", "live").put("live", live));
  }

  /** Moves a participant, by the words of the stage's life-cycle. */
  public CompletionStage<JsonObject> stage(String participant, String to) {
    return command(
        new JsonObject().put("type", "stage").put("participant", participant).put("to", to));
  }

  /**
   * Shows a track in a slot, or null for nothing; for clients that do not show all by themselves.
   */
  public CompletionStage<JsonObject> subscribe(String mid, @Nullable String trackId) {
    return onLoop(
        () -> {
          ClientPeer open = peer;
          if (open != null) {
            open.slots().stream()
                .filter(slot -> slot.mid().equals(mid))
                .forEach(slot -> slot.show(trackId));
          }
          return signal.command(
              new JsonObject().put("type", "subscribe").put("mid", mid).put("track", trackId));
        });
  }

  @Override
  public void send(Source source, byte[] frame, long timestampTicks) {
    loop.execute(
        () -> {
          ClientPeer open = peer;
          if (open != null) {
            open.send(source, frame, timestampTicks, System.nanoTime());
          }
        });
  }

  @Override
  public CompletionStage<ClientStats> stats() {
    return CompletableFuture.supplyAsync(
        () -> {
          ClientPeer open = peer;
          return open == null ? ClientStats.NONE : open.stats();
        },
        loop);
  }

  @Override
  public void close() {
    loop.execute(() -> end("left"));
  }

  private void end(String reason) {
    if (closed) {
      return;
    }
    closed = true;
    signal.close();
    ClientPeer open = peer;
    if (open != null) {
      open.close(reason);
    }
    connected.completeExceptionally(new IllegalStateException("The client ended: " + reason));
    listener.closed(reason);
  }

  private <T> CompletionStage<T> onLoop(Supplier<CompletionStage<T>> task) {
    return CompletableFuture.supplyAsync(task, loop).thenCompose(Function.identity());
  }

  private void showStage() {
    ClientPeer open = peer;
    if (!showAll || open == null) {
      return;
    }
    stage.assign(
        open.slots(),
        (slot, track) -> {
          slot.show(track);
          signal
              .command(
                  new JsonObject()
                      .put("type", "subscribe")
                      .put("mid", slot.mid())
                      .put("track", track))
              .exceptionally(
                  gone -> {
                    // The track left meanwhile: the slot is free for another.
                    slot.show(null);
                    return new JsonObject();
                  });
        });
  }

  private final class FromSocket implements SignalSocket.Events {
    @Override
    public void event(JsonObject event) {
      String type = event.getString("type", "");
      if (type.equals("changes")) {
        stage.changed(event);
        showStage();
      }
      listener.event(event);
    }

    @Override
    public void socketClosed(String reason) {
      end(reason);
    }
  }

  private final class FromPeer implements ClientPeer.Events {
    @Override
    public void mediaConnected() {
      connected.complete(null);
      listener.connected();
    }

    @Override
    public void mediaClosed(String reason) {
      connected.completeExceptionally(new IllegalStateException("No media: " + reason));
      listener.mediaClosed(reason);
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
}
