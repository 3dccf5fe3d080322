package dev.amphi.server.node;

import dev.amphi.server.room.Classroom;
import dev.amphi.server.room.RoomSpec;
import dev.amphi.server.token.ApiKey;
import dev.amphi.server.token.DisplayName;
import dev.amphi.server.token.RoomToken;
import dev.amphi.server.token.TokenSigner;
import dev.amphi.server.token.TokenVerifier;
import dev.amphi.server.web.Links;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The class of {@code amphi demo}, seen from the node that gives it. */
public final class DemoClass {
  /** The demo's room. */
  public static final String ROOM = "demo";

  private static final int CAST = 3;
  private static final int TRACKS_EACH = 2;

  private final AmphiNode node;
  private final Classroom room;
  private final ApiKey key;
  private final HttpClient http = HttpClient.newHttpClient();

  private DemoClass(AmphiNode node, Classroom room, ApiKey key) {
    this.node = node;
    this.room = room;
    this.key = key;
  }

  /** Makes the room, or takes the one that came back, open for everybody who has the link. */
  public static DemoClass open(AmphiNode node) throws StartException {
    ApiKey key =
        node.keys()
            .development()
            .orElseThrow(
                () ->
                    new StartException(
                        "The demo runs on loopback only: leave --http-host at 127.0.0.1."));
    if (node.rooms().find(ROOM).isEmpty()) {
      node.rooms().create(new RoomSpec(ROOM, "Demo", RoomSpec.OPEN)).join();
    }
    return new DemoClass(node, node.rooms().find(ROOM).orElseThrow(), key);
  }

  /** Who gives the class, each as {@code role=token}. */
  public List<String> castTokens() {
    return List.of(
        "instructor=" + token("instructor", "Amphi Teacher"),
        "student=" + token("student", "Student 1"),
        "student=" + token("student", "Student 2"));
  }

  private String token(String role, String name) {
    Instant now = Instant.now();
    RoomToken claims =
        new RoomToken(
            key.id(), DisplayName.id(name), name, ROOM, role, now.plus(TokenVerifier.LONGEST_LIFE));
    return TokenSigner.sign(key, claims, now);
  }

  /** Where a person can join the demo as a second instructor. */
  public String studioUrl() {
    return new Links(node::origin).studio(ROOM, token("instructor", "You"));
  }

  /** Where anybody watches. */
  public String watchUrl() {
    return new Links(node::origin).watch(ROOM);
  }

  /** Whether picture and sound of the instructor and both students arrive. */
  public boolean everybodyIsOnStage() {
    return room.flowingTracks() >= CAST * TRACKS_EACH;
  }

  /** Whether picture and sound of one of them arrive. */
  public boolean somebodyIsOnStage() {
    return room.flowingTracks() >= TRACKS_EACH;
  }

  /** Puts the program on air. */
  public void goLive() {
    room.live(true).join();
  }

  /** Whether the playlists hold media. */
  public boolean canBeWatched() throws IOException, InterruptedException {
    String base = node.localOrigin() + "/hls/" + ROOM + "/";
    String multivariant = get(base + "index.m3u8");
    String first =
        multivariant
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .findFirst()
            .orElse("");
    if (first.isEmpty()) {
      return false;
    }
    String media = get(URI.create(base).resolve(first).toString());
    return media.contains("#EXTINF") || media.contains("#EXT-X-PART:");
  }

  private String get(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? answer.body() : "";
    } catch (HttpTimeoutException e) {
      return ""; // The playlist is held back until there is media; it is asked for again.
    }
  }
}
