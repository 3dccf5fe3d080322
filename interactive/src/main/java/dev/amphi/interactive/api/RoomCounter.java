package dev.amphi.interactive.api;

/** What is counted of a room's peer connections together. */
public enum RoomCounter {
  /** Probes of what a path carries that were sent. */
  PROBES,
  /** Times that an estimate was lowered for a growing queue. */
  OVERUSES,
  /** Packets that waited in a pacer. */
  PACED,
  /** Packets that a pacer dropped: no room, or too late. */
  PACER_DROPS,
  /** Packets sent again because they were asked for. */
  RETRANSMITTED,
  /** Packets that were asked for again and refused: unknown, or beyond the budget. */
  RETRANSMISSIONS_REFUSED,
  /** Packets sent that carried the frame before, too (RED). */
  REDUNDANT,
  /** Packets of parity sent (FlexFEC). */
  PARITY,
  /** Times that another address pair took over from one in use. */
  PATH_SWITCHES,
  /** Datagrams refused by the DTLS guard. */
  DROPS_GUARD,
  /** Packets with a wrong authentication tag. */
  DROPS_AUTHENTICATION,
  /** Packets that came a second time. */
  DROPS_REPLAY,
  /** Datagrams that the loop was too late for. */
  DROPS_QUEUE,
  /** Datagrams that are too long, or of no known kind, and media of no negotiated stream. */
  DROPS_UNKNOWN,
  /** Packets that the socket or the cipher did not take. */
  DROPS_SEND,
  /** SCTP packets that came. */
  SCTP_RECEIVED,
  /** SCTP packets sent. */
  SCTP_SENT,
  /** Bytes in SCTP packets that came. */
  SCTP_BYTES_RECEIVED,
  /** Bytes in SCTP packets sent. */
  SCTP_BYTES_SENT,
  /** DATA chunks sent again. */
  SCTP_RETRANSMISSIONS,
  /** Packets and chunks refused: damaged, another's, senseless, beyond the window. */
  SCTP_REFUSED,
  /** Messages given up, as their channel allows. */
  SCTP_ABANDONED,
  /** Gestures passed on, each once. */
  GESTURES_RELAYED,
  /** Gestures that were malformed, too many, or from somebody off stage. */
  GESTURES_REFUSED,
  /** Copies of gestures not sent: the receiver was behind, or a class clapped at once. */
  GESTURES_DROPPED
}
