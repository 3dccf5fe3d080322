package dev.amphi.interactive.client;

import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.transport.CallerTransportFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes clients that share a certificate and a few loops ({@code rtc-client-n}). Thread-safe. Close
 * the clients before it.
 */
public final class RtcClients implements AutoCloseable {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private static final int MAX_MESSAGE = 1 << 20;
  private static final int MAX_SOCKETS = 100_000;

  private final WebSocketClient sockets;
  private final HttpClient http;
  private final SecureRandom random = new SecureRandom();
  private final CallerTransportFactory transports;
  private final NtpClock ntp;
  private final List<ClientLoop> loops = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * Takes about half a second.
   *
   * @param vertx carries the signalling; not closed with this
   * @param loops threads for the media of all clients
   */
  public RtcClients(Vertx vertx, int loops) {
    this.sockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxConnections(MAX_SOCKETS)
                .setMaxMessageSize(MAX_MESSAGE)
                .setMaxFrameSize(MAX_MESSAGE));
    this.http = vertx.createHttpClient();
    this.transports = new CallerTransportFactory(random, Clock.systemUTC());
    Instant now = Instant.now();
    this.ntp =
        NtpClock.of(now.getEpochSecond() * NANOS_PER_SECOND + now.getNano(), System.nanoTime());
    for (int i = 0; i < loops; i++) {
      this.loops.add(new ClientLoop(i));
    }
  }

  /**
   * How to come in.
   *
   * @param socket {@code ws://host:port/ws?room=ROOM}; any node of a cluster finds the owner by it
   * @param token null for an anonymous viewer of an open room
   * @param name shown to others; a token's name goes before it
   * @param showAll whether the client fills its slots by itself with what others publish
   */
  public record Entry(
      URI socket, String room, @Nullable String token, String name, boolean showAll) {}

  /** Opens the signalling socket and says hello; completes when welcome, without media yet. */
  public CompletionStage<RtcClient> enter(Entry entry, RtcClient.Listener listener) {
    ClientLoop loop = nextLoop();
    RtcClient client = new RtcClient(loop, peers(loop), entry.showAll(), listener);
    return client
        .signal()
        .connect(sockets, entry.socket())
        .thenCompose(opened -> client.hello(entry.room(), entry.token(), entry.name()))
        .thenApply(welcome -> client)
        .whenComplete(
            (entered, failure) -> {
              if (failure != null) {
                client.close();
              }
            });
  }

  /** Enters and opens the peer connection; completes when media can flow. */
  public CompletionStage<RtcClient> join(Entry entry, MediaPlan plan, RtcClient.Listener listener) {
    return enter(entry, listener)
        .thenCompose(
            client ->
                client
                    .offer(plan)
                    .whenComplete(
                        (connected, failure) -> {
                          if (failure != null) {
                            client.close();
                          }
                        })
                    .thenApply(connected -> client));
  }

  /**
   * Opens a WHIP or WHEP session (RFC 9725): the plan says which way media goes. Completes when
   * media can flow, exceptionally with the status and the problem when refused.
   *
   * @param endpoint {@code http://host:port/whip/room} or {@code …/whep/room/participant}
   */
  public CompletionStage<MediaClient> post(
      URI endpoint, @Nullable String token, MediaPlan plan, MediaClient.Listener listener) {
    return offer(http(endpoint, token), plan, listener);
  }

  /** WHIP's or WHEP's way to get an answer. */
  public OfferExchange http(URI endpoint, @Nullable String token) {
    return new HttpExchange(http, endpoint, token);
  }

  /** Opens a session by any exchange of an offer for an answer; otherwise as {@link #post}. */
  public CompletionStage<MediaClient> offer(
      OfferExchange exchange, MediaPlan plan, MediaClient.Listener listener) {
    ClientLoop loop = nextLoop();
    return CompletableFuture.supplyAsync(
            () -> new OfferingRtcClient(loop, peers(loop), exchange, plan, listener).start(), loop)
        .thenCompose(Function.identity());
  }

  private ClientLoop nextLoop() {
    return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
  }

  private Function<ClientPeer.Events, Function<MediaPlan, ClientPeer>> peers(ClientLoop loop) {
    return events -> plan -> new ClientPeer(loop, transports, ntp, random, plan, events);
  }

  @Override
  public void close() {
    transports.close();
    loops.forEach(ClientLoop::close);
    var unused = http.close();
    var unusedToo = sockets.close();
  }
}
