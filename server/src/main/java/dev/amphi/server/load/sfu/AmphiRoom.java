package dev.amphi.server.load.sfu;

import dev.amphi.interactive.client.CountingClient;
import dev.amphi.interactive.client.CountingClients;
import dev.amphi.interactive.client.OfferExchange;
import dev.amphi.interactive.client.RtcClient;
import dev.amphi.interactive.client.RtcClients;
import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.NodeApi;
import dev.amphi.server.load.RoomTokens;
import dev.amphi.server.token.ApiKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A room of this node: WHIP for who publishes, WHEP for who follows one, and the signalling socket
 * for who sees the whole stage.
 */
final class AmphiRoom implements SfuRoom {
  private final NodeApi api;
  private final URI origin;
  private final RoomTokens tokens;
  private final RtcClients clients;
  private final String desk;
  private final AtomicInteger followers = new AtomicInteger();
  private final List<RtcClient> members = new CopyOnWriteArrayList<>();

  private AmphiRoom(NodeApi api, URI origin, RoomTokens tokens, RtcClients clients, String desk) {
    this.api = api;
    this.origin = origin;
    this.tokens = tokens;
    this.clients = clients;
    this.desk = desk;
  }

  static AmphiRoom make(HttpClient http, URI origin, ApiKey key, String id, RtcClients clients)
      throws LoadFailed, InterruptedException {
    RoomTokens tokens = new RoomTokens(key, id, InstantSource.system());
    NodeApi api = new NodeApi(http, origin);
    String desk = tokens.token("instructor", "desk", "Desk");
    api.makeRoom(id, desk);
    return new AmphiRoom(api, origin, tokens, clients, desk);
  }

  private static String id(int publisher) {
    return "p" + publisher;
  }

  private URI url(String path) {
    return origin.resolve(path);
  }

  @Override
  public OfferExchange publish(int publisher) {
    String role = publisher == 0 ? "instructor" : "student";
    return clients.http(
        url("/whip/" + tokens.room()), tokens.token(role, id(publisher), "Publisher " + publisher));
  }

  @Override
  public CompletionStage<CountingClient> subscribe(
      CountingClients counting, int publisher, boolean probe) {
    String token = tokens.token("viewer", "v" + followers.getAndIncrement(), "Follower");
    URI endpoint = url("/whep/" + tokens.room() + "/" + id(publisher));
    return counting.offer(1, 1, probe, clients.http(endpoint, token));
  }

  @Override
  public CompletionStage<CountingClient> subscribeToOthers(
      CountingClients counting, int publisher, int publishers, boolean probe)
      throws LoadFailed, InterruptedException {
    JsonObject slots =
        slots(new JsonArray(api.participants(tokens.room(), desk)), publisher, publishers);
    String token = tokens.token("student", "s" + publisher, "Subscriber " + publisher);
    URI socket = URI.create("ws://" + origin.getAuthority() + "/ws");
    RtcClients.Entry entry =
        new RtcClients.Entry(socket, tokens.room(), token, "Subscriber " + publisher, false);
    return clients
        .enter(entry, new Stage())
        .thenCompose(
            member -> {
              members.add(member);
              return counting.offer(
                  publishers - 1, publishers - 1, probe, offer -> answer(member, offer, slots));
            });
  }

  private static CompletionStage<String> answer(RtcClient member, String offer, JsonObject slots) {
    return member
        .command(
            new JsonObject()
                .put("type", "offer")
                .put("sdp", offer)
                .put("publish", new JsonObject())
                .put("subscribe", slots))
        .thenApply(ok -> ok.getString("answer"));
  }

  /**
   * Which slot shows which track, one for each sound and picture of the others; the slots are
   * numbered as {@link CountingClients#offer} makes them, sounds first.
   */
  static JsonObject slots(JsonArray participants, int publisher, int publishers) {
    JsonObject subscribe = new JsonObject();
    int sound = 0;
    int picture = publishers - 1;
    for (int i = 0; i < participants.size(); i++) {
      JsonObject participant = participants.getJsonObject(i);
      if (participant.getString("id").equals(id(publisher))) {
        continue;
      }
      JsonArray tracks = participant.getJsonArray("tracks", new JsonArray());
      for (int t = 0; t < tracks.size(); t++) {
        JsonObject track = tracks.getJsonObject(t);
        boolean video = "video".equals(track.getString("kind"));
        subscribe.put(Integer.toString(video ? picture++ : sound++), track.getString("id"));
      }
    }
    return subscribe;
  }

  /** Nothing that happens in the room changes what is received. */
  private static final class Stage implements RtcClient.Listener {}

  @Override
  public String paths() throws LoadFailed, InterruptedException {
    return PathTotals.line(new JsonObject(api.pipeline(tokens.room(), desk)));
  }

  @Override
  public void end() throws LoadFailed, InterruptedException {
    new ArrayList<>(members).forEach(RtcClient::close);
    api.delete(tokens.room(), desk);
  }
}
