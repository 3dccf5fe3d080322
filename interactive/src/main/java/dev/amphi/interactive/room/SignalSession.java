package dev.amphi.interactive.room;

import dev.amphi.interactive.signal.ServerEncoder;
import dev.amphi.interactive.signal.ServerMessage;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One participant's conversation with the room: numbers both ways, and keeps what the client has
 * not acknowledged, so that it survives its socket.
 *
 * <pre>
 * Connected ──lose, interrupt──▶ Away ──resume──▶ Connected
 *     └──────────close──────────▶ Gone ◀──close── Away
 * </pre>
 */
final class SignalSession {
  /** Unacknowledged messages kept; a client that misses more gets a snapshot instead. */
  static final int KEPT = 256;

  /** The same in characters, so that 256 long ones do not fill the heap. */
  static final int KEPT_CHARACTERS = 512 * 1024;

  /** Where a session stands. */
  sealed interface State {
    /** A socket carries it. */
    record Connected(SignalWire wire) implements State {}

    /** Its socket is gone; it waits for another. */
    record Away(long sinceNanos) implements State {}

    /** It is over, and nothing brings it back. */
    record Gone() implements State {}
  }

  private record Sent(long n, long re, String body) {}

  private final String id;
  private final ServerEncoder encoder;
  private final ArrayDeque<Sent> unacknowledged = new ArrayDeque<>();
  private final Map<String, String> standing = new TreeMap<>();
  private State state;
  private int characters;
  private long sent;
  private long dropped;
  private long received;
  private long pingedAtNanos;
  private long heardAtNanos;

  SignalSession(String id, ServerEncoder encoder, SignalWire wire, long nowNanos) {
    this.id = id;
    this.encoder = encoder;
    this.state = new State.Connected(wire);
    this.pingedAtNanos = nowNanos;
    this.heardAtNanos = nowNanos;
  }

  String id() {
    return id;
  }

  State state() {
    return state;
  }

  boolean attached() {
    return state instanceof State.Connected;
  }

  boolean attachedTo(SignalWire other) {
    return state instanceof State.Connected connected && connected.wire == other;
  }

  /** When it was last asked whether it is there. */
  long pingedAtNanos() {
    return pingedAtNanos;
  }

  long heardAtNanos() {
    return heardAtNanos;
  }

  /** Sends a message that was spelled before, to be told to many. */
  void send(String body, long nowNanos) {
    queue(body, 0);
  }

  /**
   * Sends a message that holds until another of the same subject comes, so that a snapshot can
   * repeat it.
   *
   * @param subject what it is about, as {@code encodings/0}
   */
  void state(String subject, String body, long nowNanos) {
    standing.put(subject, body);
    send(body, nowNanos);
  }

  /** What was stated holds no more: the peer connection that it was about is over. */
  void forgetStated() {
    standing.clear();
  }

  /** Asks whether the client is there. */
  void ping(String body, long nowNanos) {
    pingedAtNanos = nowNanos;
    send(body, nowNanos);
  }

  /** Answers the command with the number {@code re}. */
  void answer(long re, ServerMessage message, long nowNanos) {
    queue(encoder.body(message), re);
  }

  private void queue(String body, long re) {
    if (state instanceof State.Gone) {
      return;
    }
    Sent message = new Sent(++sent, re, body);
    unacknowledged.addLast(message);
    characters += body.length();
    while (unacknowledged.size() > KEPT || characters > KEPT_CHARACTERS) {
      dropOldest();
    }
    transmit(message);
  }

  /** Events can be told again by a snapshot, answers cannot: they go last. */
  private void dropOldest() {
    for (Iterator<Sent> kept = unacknowledged.iterator(); kept.hasNext(); ) {
      Sent oldest = kept.next();
      if (oldest.re == 0) {
        kept.remove();
        drop(oldest);
        return;
      }
    }
    drop(unacknowledged.removeFirst());
  }

  private void drop(Sent message) {
    characters -= message.body.length();
    dropped = Math.max(dropped, message.n);
  }

  private void transmit(Sent message) {
    if (state instanceof State.Connected connected) {
      connected.wire.send(encoder.number(message.body, message.n, received, message.re));
    }
  }

  /**
   * Takes a message's numbers; false when the same command came before. Then its answer, where
   * there is one that the client has not acknowledged, goes out again as it was.
   */
  boolean take(long n, long ack, long nowNanos) {
    heardAtNanos = nowNanos;
    if (n <= received) {
      for (Sent message : unacknowledged) {
        if (message.re == n) {
          transmit(message);
        }
      }
      forget(ack);
      return false;
    }
    forget(ack);
    received = n;
    return true;
  }

  private void forget(long acknowledged) {
    while (!unacknowledged.isEmpty() && unacknowledged.getFirst().n <= acknowledged) {
      characters -= unacknowledged.removeFirst().body.length();
    }
  }

  /** Whether {@code last} is a number that this session gave. */
  boolean gave(long last) {
    return !(state instanceof State.Gone) && last <= sent;
  }

  /** Whether everything after {@code last} is still here, so that no snapshot is needed. */
  boolean keepsAllAfter(long last) {
    return last >= dropped;
  }

  /** What the room gives a session that goes on: a welcome with or without a snapshot. */
  interface Welcome {
    ServerMessage with(boolean snapshot);
  }

  /**
   * Goes on over another socket, closing the old one: welcomes it, then sends again what was
   * missed. The welcome has no number of its own but that from which the count goes on: {@code
   * last}, or, where too much was missed, the highest that was given; then a snapshot stands for
   * the events, and only answers and what was stated come again, by new numbers.
   *
   * @param re the number of the hello
   */
  void resume(SignalWire replacement, long last, long re, Welcome welcome, long nowNanos) {
    if (state instanceof State.Connected connected) {
      connected.wire.close(4002, "The same participant came in on another connection.");
    }
    state = new State.Connected(replacement);
    heardAtNanos = nowNanos;
    forget(last);
    boolean complete = keepsAllAfter(last);
    replacement.send(
        encoder.number(
            encoder.body(welcome.with(!complete)), complete ? last : sent, received, re));
    List<Sent> missed = List.copyOf(unacknowledged);
    if (complete) {
      missed.forEach(this::transmit);
      return;
    }
    unacknowledged.clear();
    characters = 0;
    missed.stream().filter(m -> m.re > 0).forEach(m -> queue(m.body, m.re));
    standing.values().forEach(body -> queue(body, 0));
  }

  /** The socket is gone. */
  void lose(long nowNanos) {
    if (!(state instanceof State.Gone)) {
      state = new State.Away(nowNanos);
    }
  }

  /** Closes the socket and waits for another. */
  void interrupt(int code, String reason, long nowNanos) {
    if (state instanceof State.Connected connected) {
      connected.wire.close(code, reason);
      state = new State.Away(nowNanos);
    }
  }

  /** Says why, closes the socket, and is over. */
  void close(int code, String reason, long nowNanos) {
    close(new ServerMessage.Closing(code, reason, Optional.empty()), nowNanos);
  }

  /** Says why, and perhaps when to come again, closes the socket, and is over. */
  void close(ServerMessage.Closing closing, long nowNanos) {
    if (state instanceof State.Connected connected) {
      send(encoder.body(closing), nowNanos);
      connected.wire.close(closing.code(), closing.detail());
    }
    state = new State.Gone();
  }
}
