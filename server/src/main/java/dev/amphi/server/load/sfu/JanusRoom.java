package dev.amphi.server.load.sfu;

import dev.amphi.interactive.client.CountingClient;
import dev.amphi.interactive.client.CountingClients;
import dev.amphi.interactive.client.OfferExchange;
import dev.amphi.server.load.LoadFailed;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A videoroom: publishers offer, and to subscribers the server offers. */
final class JanusRoom implements SfuRoom {
  private final JanusApi api;
  private final long room;
  private final long desk;
  private final Map<Integer, Long> feeds = new ConcurrentHashMap<>();

  private JanusRoom(JanusApi api, long room, long desk) {
    this.api = api;
    this.room = room;
    this.desk = desk;
  }

  static CompletionStage<SfuRoom> make(JanusApi api, long room, int publishers) {
    JsonObject create =
        new JsonObject()
            .put("request", "create")
            .put("room", room)
            .put("permanent", false)
            .put("publishers", publishers)
            .put("bitrate", 0)
            .put("fir_freq", 0)
            .put("audiocodec", "opus")
            .put("videocodec", "vp8");
    return api.attach()
        .thenCompose(
            desk -> api.message(desk, create).thenApply(created -> new JanusRoom(api, room, desk)));
  }

  @Override
  public OfferExchange publish(int publisher) {
    JsonObject join =
        new JsonObject()
            .put("request", "joinandconfigure")
            .put("ptype", "publisher")
            .put("room", room)
            .put("display", "Publisher " + publisher);
    return offer ->
        api.attach()
            // With a choice Janus takes the DTLS client's role, which is ours.
            .thenCompose(
                handle -> api.message(handle, join, "offer", offer.replace("actpass", "active")))
            .thenApply(
                joined -> {
                  feeds.put(publisher, data(joined).getLong("id"));
                  return joined.getJsonObject("jsep").getString("sdp");
                });
  }

  private static JsonObject data(JsonObject event) {
    return event.getJsonObject("plugindata").getJsonObject("data");
  }

  @Override
  public CompletionStage<CountingClient> subscribe(
      CountingClients clients, int publisher, boolean probe) {
    return join(clients, new JsonArray().add(stream(publisher)), probe);
  }

  @Override
  public CompletionStage<CountingClient> subscribeToOthers(
      CountingClients clients, int publisher, int publishers, boolean probe) {
    JsonArray streams = new JsonArray();
    for (int other = 0; other < publishers; other++) {
      if (other != publisher) {
        streams.add(stream(other));
      }
    }
    return join(clients, streams, probe);
  }

  private JsonObject stream(int publisher) {
    return new JsonObject().put("feed", feeds.get(publisher));
  }

  private CompletionStage<CountingClient> join(
      CountingClients clients, JsonArray streams, boolean probe) {
    JsonObject join =
        new JsonObject()
            .put("request", "join")
            .put("ptype", "subscriber")
            .put("room", room)
            .put("streams", streams);
    JsonObject start = new JsonObject().put("request", "start").put("room", room);
    return api.attach()
        .thenCompose(
            handle ->
                api.message(handle, join)
                    .thenCompose(
                        attached -> {
                          JsonObject jsep = attached.getJsonObject("jsep");
                          if (jsep == null) {
                            return CompletableFuture.failedFuture(
                                new IllegalStateException("Janus made no offer: " + attached));
                          }
                          return clients.answer(
                              jsep.getString("sdp"),
                              probe,
                              answer -> api.message(handle, start, "answer", answer));
                        }));
  }

  /** A room outlives the session that made it. */
  @Override
  public void end() throws LoadFailed, InterruptedException {
    try {
      JanusServer.await(
          api.message(desk, new JsonObject().put("request", "destroy").put("room", room)));
    } finally {
      api.close();
    }
  }
}
