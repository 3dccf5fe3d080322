package dev.amphi.interactive.room;

/** The socket under a session, seen from the room. Thread-safe; never blocks. */
public interface SignalWire {
  /** Sends one message; silently dropped once the socket is closed. */
  void send(String text);

  /** Closes the socket with a code of {@code docs/signalling.md}. */
  void close(int code, String reason);
}
