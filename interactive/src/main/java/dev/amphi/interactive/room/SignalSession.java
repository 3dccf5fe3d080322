package dev.amphi.interactive.room;

import dev.amphi.interactive.signal.ClientEnvelope;
import dev.amphi.interactive.signal.ServerEncoder;
import dev.amphi.interactive.signal.ServerMessage;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One participant's conversation with the room: numbers both ways, and keeps what the client has
 * not acknowledged, so that it survives its socket.
 */
final class SignalSession {
  /** Unacknowledged messages kept; a client that misses more starts anew. */
  static final int KEPT = 256;

  private record Sent(long n, long re, String body) {}

  private final String id;
  private final ServerEncoder encoder;
  private final ArrayDeque<Sent> unacknowledged = new ArrayDeque<>();
  private @Nullable SignalWire wire;
  private long sent;
  private long received;
  private long sentAtNanos;
  private long heardAtNanos;
  private long lostAtNanos;

  SignalSession(String id, ServerEncoder encoder, SignalWire wire, long nowNanos) {
    this.id = id;
    this.encoder = encoder;
    this.wire = wire;
    this.sentAtNanos = nowNanos;
    this.heardAtNanos = nowNanos;
  }

  String id() {
    return id;
  }

  boolean attached() {
    return wire != null;
  }

  boolean attachedTo(SignalWire other) {
    return wire == other;
  }

  /** When the socket was lost; only while not attached. */
  long lostAtNanos() {
    return lostAtNanos;
  }

  long sentAtNanos() {
    return sentAtNanos;
  }

  long heardAtNanos() {
    return heardAtNanos;
  }

  /** Sends a message that was spelled before, to be told to many. */
  void send(String body, long nowNanos) {
    send(body, 0, nowNanos);
  }

  /** Answers the command with the number {@code re}. */
  void answer(long re, ServerMessage message, long nowNanos) {
    send(encoder.body(message), re, nowNanos);
  }

  private void send(String body, long re, long nowNanos) {
    Sent message = new Sent(++sent, re, body);
    if (unacknowledged.size() == KEPT) {
      unacknowledged.removeFirst();
    }
    unacknowledged.addLast(message);
    sentAtNanos = nowNanos;
    transmit(message);
  }

  private void transmit(Sent message) {
    if (wire != null) {
      wire.send(encoder.number(message.body, message.n, received, message.re));
    }
  }

  /** Takes a message's numbers; false when the same command was carried out before. */
  boolean take(ClientEnvelope envelope, long nowNanos) {
    heardAtNanos = nowNanos;
    forget(envelope.ack());
    if (envelope.n() <= received) {
      return false;
    }
    received = envelope.n();
    return true;
  }

  private void forget(long acknowledged) {
    while (!unacknowledged.isEmpty() && unacknowledged.getFirst().n <= acknowledged) {
      unacknowledged.removeFirst();
    }
  }

  /** Whether everything after {@code last} is still here. */
  boolean canResumeAfter(long last) {
    return last <= sent
        && (unacknowledged.isEmpty() ? last == sent : unacknowledged.getFirst().n <= last + 1);
  }

  /**
   * Goes on over another socket, closing the old one: welcomes it and sends again what was missed.
   *
   * @param re the number of the hello
   */
  void resume(SignalWire replacement, long last, long re, ServerMessage welcome, long nowNanos) {
    if (wire != null) {
      wire.close(4002, "The same participant came in on another connection.");
    }
    heardAtNanos = nowNanos;
    forget(last);
    List<Sent> missed = List.copyOf(unacknowledged);
    wire = replacement;
    answer(re, welcome, nowNanos);
    missed.forEach(this::transmit);
  }

  /** The socket is gone. */
  void lose(long nowNanos) {
    wire = null;
    lostAtNanos = nowNanos;
  }

  /** Says why and closes the socket. */
  void close(int code, String reason, long nowNanos) {
    if (wire != null) {
      SignalWire open = wire;
      send(encoder.body(new ServerMessage.Closing(code, reason)), nowNanos);
      wire = null;
      open.close(code, reason);
    }
  }
}
