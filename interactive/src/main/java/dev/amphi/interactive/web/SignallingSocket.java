package dev.amphi.interactive.web;

import dev.amphi.interactive.api.Admission;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.room.Rooms;
import dev.amphi.interactive.room.SignalConnection;
import dev.amphi.interactive.room.SignalWire;
import dev.amphi.interactive.signal.ClientDecoder;
import dev.amphi.interactive.signal.ClientEnvelope;
import dev.amphi.interactive.signal.ClientMessage;
import dev.amphi.interactive.signal.ServerEncoder;
import dev.amphi.interactive.signal.ServerMessage;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One WebSocket of {@code amphi.v1}: lives on its own Vert.x context, speaks with its room. */
final class SignallingSocket implements SignalWire {
  static final String SUBPROTOCOL = "amphi.v1";
  static final int MAX_MESSAGE = 64 * 1024;
  private static final long HELLO_MILLIS = 10_000;

  /** What a slow reader may leave unread before it is cut off. */
  private static final int MAX_QUEUED = 2 * 1024 * 1024;

  private static final long CLOSE_MILLIS = 2_000;
  private static final int MAX_EARLY = 16;
  private static final String NOT_GREETED =
      "The first message must be hello, then wait for welcome.";
  private static final int MAX_REASON_BYTES = 120;

  private final Context context;
  private final ServerWebSocket socket;
  private final HttpConnection underlying;
  private final Rooms rooms;
  private final Admission admission;
  private final ClientDecoder decoder;

  /** What the client said after its welcome was on the way, but before that was known here. */
  private final List<Consumer<SignalConnection>> early = new ArrayList<>();

  private boolean greeted;
  private long queuedCharacters;
  private boolean closing;
  private boolean gone;
  private @Nullable SignalConnection connection;

  private SignallingSocket(
      Context context,
      ServerWebSocket socket,
      HttpConnection underlying,
      Rooms rooms,
      Admission admission,
      ClientDecoder decoder) {
    this.context = context;
    this.socket = socket;
    this.underlying = underlying;
    this.rooms = rooms;
    this.admission = admission;
    this.decoder = decoder;
  }

  /** Starts to listen; must be called on the socket's context. */
  static void serve(
      Vertx vertx,
      ServerWebSocket webSocket,
      HttpConnection underlying,
      Rooms rooms,
      Admission admission,
      ClientDecoder decoder) {
    SignallingSocket served =
        new SignallingSocket(
            vertx.getOrCreateContext(), webSocket, underlying, rooms, admission, decoder);
    webSocket.textMessageHandler(served::received);
    webSocket.binaryMessageHandler(bytes -> served.close(1008, "Messages are text, not binary."));
    webSocket.exceptionHandler(failure -> served.failed(failure));
    webSocket.closeHandler(closed -> served.closed());
    vertx.setTimer(
        HELLO_MILLIS,
        timer -> {
          if (!served.greeted) {
            served.close(1008, "No hello came within 10 s.");
          }
        });
  }

  private void received(String text) {
    ClientEnvelope envelope;
    try {
      envelope = decoder.decode(text);
    } catch (Refusal refusal) {
      long n = decoder.numberOf(text);
      if (greeted) {
        toRoom(room -> room.refuse(n, refusal));
      } else {
        refuse(n, refusal, 1008);
      }
      return;
    }
    if (greeted) {
      toRoom(room -> room.receive(envelope));
    } else if (envelope.message() instanceof ClientMessage.Hello hello) {
      greeted = true;
      hello(envelope.n(), hello);
    } else {
      close(1008, NOT_GREETED);
    }
  }

  /** The welcome is heard before it is known here who came in: what comes in between waits. */
  private void toRoom(Consumer<SignalConnection> said) {
    if (connection != null) {
      said.accept(connection);
    } else if (early.size() < MAX_EARLY) {
      early.add(said);
    } else {
      close(1008, NOT_GREETED);
    }
  }

  private void hello(long n, ClientMessage.Hello hello) {
    Grant grant;
    try {
      grant = admission.admit(hello.room(), hello.token().orElse(null), hello.name().orElse(null));
    } catch (Refusal refusal) {
      refuse(n, refusal, 4001);
      return;
    }
    rooms
        .connect(grant, hello, n, this)
        .whenComplete(
            (connected, failure) ->
                context.runOnContext(nothing -> entered(n, connected, failure)));
  }

  private void entered(long n, @Nullable SignalConnection connected, @Nullable Throwable failure) {
    if (connected != null) {
      connection = connected;
      early.forEach(said -> said.accept(connected));
      early.clear();
      if (gone) {
        connected.closed(false);
      }
      return;
    }
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    refuse(
        n,
        cause instanceof Refusal refusal
            ? refusal
            : new Refusal(500, "unavailable", "The server could not let you in; try again."),
        4001);
  }

  /** Answers before there is a session, and hangs up. */
  private void refuse(long n, Refusal refusal, int code) {
    ServerEncoder encoder = new ServerEncoder();
    ServerMessage message =
        new ServerMessage.Failed(refusal.code(), refusal.status(), refusal.detail());
    send(encoder.number(encoder.body(message), 1, n, n));
    close(code, refusal.detail());
  }

  /** Our own mistakes and the network's are alike here: the socket is of no more use. */
  private void failed(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    boolean tooLarge =
        message.contains("buffer") || message.contains("length") || message.contains("exceed");
    // At once, or the connection's own close comes before and says nothing.
    closeHere(
        tooLarge ? 1009 : 1008,
        tooLarge
            ? "A message was larger than 64 KiB."
            : "The WebSocket protocol was broken: " + failure.getMessage());
  }

  private void closed() {
    if (gone) {
      return;
    }
    gone = true;
    if (connection != null) {
      Short code = socket.closeStatusCode();
      connection.closed(code != null && (code == 1000 || code == 1001));
    }
  }

  @Override
  public void send(String text) {
    context.runOnContext(
        nothing -> {
          if (gone || closing || socket.isClosed()) {
            return;
          }
          if (queuedCharacters > MAX_QUEUED) {
            close(1013, "You read too slowly: 2 MiB of messages are waiting. Come again.");
            return;
          }
          queuedCharacters += text.length();
          socket
              .writeTextMessage(text)
              .onComplete(written -> queuedCharacters -= text.length()); // On this context.
        });
  }

  @Override
  public void close(int code, String reason) {
    context.runOnContext(nothing -> closeHere(code, reason));
  }

  private void closeHere(int code, String reason) {
    if (!gone && !closing && !socket.isClosed()) {
      closing = true;
      socket.close((short) code, shortened(reason));
      context.owner().setTimer(CLOSE_MILLIS, timer -> cutOff());
    }
  }

  /** Whoever reads nothing does not read our goodbye either. */
  private void cutOff() {
    if (!gone) {
      closed();
      underlying.close();
    }
  }

  /** RFC 6455 §5.5: a close frame holds 125 bytes at most, two of them for the code. */
  private static String shortened(String reason) {
    StringBuilder kept = new StringBuilder();
    int bytes = 0;
    for (int point : reason.codePoints().toArray()) {
      bytes += Character.toString(point).getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
      if (bytes > MAX_REASON_BYTES) {
        break;
      }
      kept.appendCodePoint(point);
    }
    return kept.toString();
  }
}
