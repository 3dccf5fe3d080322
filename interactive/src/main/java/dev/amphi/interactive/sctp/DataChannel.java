package dev.amphi.interactive.sctp;

import java.nio.charset.StandardCharsets;

/**
 * One data channel (RFC 8831 §6): two streams of the same number, one each way. Made by {@link
 * DataChannels}; confined to its loop.
 */
public final class DataChannel {
  /** Where a channel stands, as in the browsers' API. */
  public enum State {
    /** Ours, and not acknowledged yet; messages may be sent. */
    CONNECTING,
    OPEN,
    /** Its streams are being reset. */
    CLOSING,
    CLOSED
  }

  private static final int STRING = 51;
  private static final int BINARY = 53;
  private static final int EMPTY_STRING = 56;
  private static final int EMPTY_BINARY = 57;

  /** SCTP has no empty messages (RFC 8831 §6.6). */
  private static final byte[] NOTHING = {0};

  private final SctpAssociation association;
  private final int stream;
  private final String label;
  private final String protocol;
  private final boolean ordered;
  private final Reliability reliability;
  private State state;

  DataChannel(
      SctpAssociation association,
      int stream,
      String label,
      String protocol,
      boolean ordered,
      Reliability reliability,
      State state) {
    this.association = association;
    this.stream = stream;
    this.label = label;
    this.protocol = protocol;
    this.ordered = ordered;
    this.reliability = reliability;
    this.state = state;
  }

  /** What it is for, as its opener says. */
  public String label() {
    return label;
  }

  /** The sub-protocol, as its opener says; mostly empty. */
  public String protocol() {
    return protocol;
  }

  /** The stream's number in both directions. */
  public int stream() {
    return stream;
  }

  /** Whether messages come in the order in which they were sent. */
  public boolean ordered() {
    return ordered;
  }

  /** How long a message is worth sending again. */
  public Reliability reliability() {
    return reliability;
  }

  /** Where it stands. */
  public State state() {
    return state;
  }

  void state(State next) {
    state = next;
  }

  /** Bytes sent on it that are not acknowledged yet. */
  public long bufferedBytes() {
    return association.bufferedBytes(stream);
  }

  /** Sends text; false when there is no room for it, or the channel is closed. */
  public boolean send(String text, long nowNanos) {
    return send(text.getBytes(StandardCharsets.UTF_8), true, nowNanos);
  }

  /**
   * Sends a message; false when there is no room for it, or the channel is closed.
   *
   * @param text whether the bytes are UTF-8 text
   */
  public boolean send(byte[] message, boolean text, long nowNanos) {
    if (state == State.CLOSING || state == State.CLOSED) {
      return false;
    }
    boolean empty = message.length == 0;
    int payloadType = text ? (empty ? EMPTY_STRING : STRING) : (empty ? EMPTY_BINARY : BINARY);
    // RFC 8832 §6: nothing may overtake the OPEN before it is acknowledged.
    boolean unordered = !ordered && state == State.OPEN;
    return association.send(
        stream, payloadType, empty ? NOTHING : message, unordered, reliability, nowNanos);
  }

  /** Whether a payload type is that of text; null is neither text nor binary. */
  static Payload payload(long payloadType) {
    return switch ((int) payloadType) {
      case STRING -> Payload.TEXT;
      case EMPTY_STRING -> Payload.EMPTY_TEXT;
      case BINARY -> Payload.BINARY;
      case EMPTY_BINARY -> Payload.EMPTY_BINARY;
      default -> Payload.OTHER;
    };
  }

  /** What a message is (RFC 8831 §8). */
  enum Payload {
    TEXT,
    EMPTY_TEXT,
    BINARY,
    EMPTY_BINARY,
    OTHER;

    boolean text() {
      return this == TEXT || this == EMPTY_TEXT;
    }

    boolean empty() {
      return this == EMPTY_TEXT || this == EMPTY_BINARY;
    }
  }
}
