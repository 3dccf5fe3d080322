package dev.amphi.interactive.sctp;

/** Chunk types (RFC 9260 §3.2, RFC 3758 §3.2, RFC 6525 §3.1) and their flags. */
final class ChunkType {
  static final int DATA = 0;
  static final int INIT = 1;
  static final int INIT_ACK = 2;
  static final int SACK = 3;
  static final int HEARTBEAT = 4;
  static final int HEARTBEAT_ACK = 5;
  static final int ABORT = 6;
  static final int SHUTDOWN = 7;
  static final int SHUTDOWN_ACK = 8;
  static final int ERROR = 9;
  static final int COOKIE_ECHO = 10;
  static final int COOKIE_ACK = 11;
  static final int SHUTDOWN_COMPLETE = 14;
  static final int RE_CONFIG = 130;
  static final int FORWARD_TSN = 192;

  /** DATA: the last fragment of a message. */
  static final int END = 1;

  /** DATA: the first fragment of a message. */
  static final int BEGIN = 2;

  static final int UNORDERED = 4;

  /** DATA: the sender wants a SACK at once (RFC 7053). */
  static final int IMMEDIATE = 8;

  /** ABORT and SHUTDOWN COMPLETE: the tag is the receiver's own, reflected. */
  static final int REFLECTED = 1;

  private ChunkType() {}

  /** Whether a chunk of this type means something here, be it at another moment. */
  static boolean known(int type) {
    return type <= COOKIE_ACK
        || type == SHUTDOWN_COMPLETE
        || type == RE_CONFIG
        || type == FORWARD_TSN;
  }

  /** Whether what follows an unknown chunk may be looked at (RFC 9260 §3.2: the highest bit). */
  static boolean skippable(int type) {
    return (type & 0x80) != 0;
  }
}
