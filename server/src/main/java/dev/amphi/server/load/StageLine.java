package dev.amphi.server.load;

import dev.amphi.interactive.client.RtcClients;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What all participants of this process share on their way to a room's stage. Thread-safe. */
final class StageLine implements AutoCloseable {
  private static final int LOOPS = 2;

  private final Vertx vertx = Vertx.vertx();
  private final RtcClients clients = new RtcClients(vertx, LOOPS);
  private final URI socket;
  private final String room;

  /**
   * Makes the way to a room.
   *
   * @param origin of the node
   */
  StageLine(URI origin, String room) {
    String scheme = "https".equals(origin.getScheme()) ? "wss://" : "ws://";
    String query = "?room=" + URLEncoder.encode(room, StandardCharsets.UTF_8);
    socket = URI.create(scheme + origin.getAuthority() + "/ws" + query);
    this.room = room;
  }

  RtcClients clients() {
    return clients;
  }

  /** How the bearer of a token, which has its name, comes in; a receiver sees all publishers. */
  RtcClients.Entry entry(String token) {
    return new RtcClients.Entry(socket, room, token, "Guest", true);
  }

  @Override
  public void close() {
    clients.close();
    var unused = vertx.close(); // the process does not wait for idle threads
  }
}
