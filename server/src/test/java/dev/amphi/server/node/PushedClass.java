package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.client.RtcClients;
import dev.amphi.server.config.ConfigKey;
import dev.amphi.server.room.RoomSpec;
import dev.amphi.server.web.RestClient;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;

/** A class with a teacher on stage that is really sent, whose program is pushed somewhere. */
final class PushedClass implements AutoCloseable {
  static final String ROOM = "optics";

  private final Vertx vertx = Vertx.vertx();
  private final RtcClients clients = new RtcClients(vertx, 2);
  private final Path folder;
  private final Map<ConfigKey, String> settings = new EnumMap<>(ConfigKey.class);
  private AmphiNode node;
  private PaintedPeople people;
  private String token;

  PushedClass(Path folder, Map<ConfigKey, String> more) throws Exception {
    this.folder = folder;
    settings.put(ConfigKey.COMPOSER_RENDITIONS, "480p,360p");
    settings.put(ConfigKey.PUSH_ALLOW_PRIVATE, "true");
    settings.putAll(more);
    begin();
    node.rooms().create(new RoomSpec(ROOM, "Optics", RoomSpec.OPEN)).join();
    people.publish(token, PaintedPeople.ADA);
  }

  private void begin() throws Exception {
    node = TestNodes.start(folder, settings);
    token = TestNodes.token(node, ROOM, "instructor", "ada");
    people = new PaintedPeople(clients, URI.create(node.localOrigin() + "/whip/" + ROOM));
  }

  /** The node stops and comes back; whoever was on stage comes again. */
  void restart() throws Exception {
    people.close();
    node.close();
    begin();
    people.publish(token, PaintedPeople.ADA);
  }

  AmphiNode node() {
    return node;
  }

  HttpResponse<String> rest(String method, String path, String body) throws Exception {
    return rest(method, path, token, body);
  }

  HttpResponse<String> rest(String method, String path, String bearer, String body)
      throws Exception {
    return new RestClient(node.localOrigin())
        .send(method, "/api/rooms/" + ROOM + path, bearer, body);
  }

  void live() throws Exception {
    assertThat(rest("PUT", "/live", "{\"live\":true}").statusCode()).isEqualTo(200);
  }

  JsonObject push(JsonObject wanted) throws Exception {
    HttpResponse<String> answer = rest("POST", "/pushes", wanted.encode());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return new JsonObject(answer.body());
  }

  JsonObject pushed(String id) throws Exception {
    JsonArray all = new JsonArray(rest("GET", "/pushes", "").body());
    return all.stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** What the audience has had of a rendition since the first segment, as one file. */
  Path broadcast(String rendition, Path into) throws Exception {
    String hls = "/hls/" + ROOM + "/";
    RestClient client = new RestClient(node.localOrigin());
    Matcher uris =
        Pattern.compile("[\\w./-]+/" + rendition + "/index\\.m3u8")
            .matcher(text(client, hls + "index.m3u8"));
    assertThat(uris.find()).as(rendition).isTrue();
    String uri = uris.group();
    String below = hls + uri.substring(0, uri.lastIndexOf('/') + 1);
    try (OutputStream out = Files.newOutputStream(into)) {
      out.write(client.bytes(below + "init-0.mp4").body());
      for (String line : text(client, hls + uri).lines().toList()) {
        if (line.matches("\\d+\\.m4s")) {
          out.write(client.bytes(below + line).body());
        }
      }
    }
    return into;
  }

  private static String text(RestClient client, String path) throws Exception {
    return new String(client.bytes(path).body(), StandardCharsets.UTF_8);
  }

  static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** FFmpeg's own program, taking what comes as it comes. */
  static Process ffmpeg(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
    command.addAll(List.of("-v", "error", "-y", "-nostdin"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  @Override
  public void close() {
    people.close();
    clients.close();
    node.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
