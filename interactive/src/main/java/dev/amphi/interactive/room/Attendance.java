package dev.amphi.interactive.room;

import dev.amphi.interactive.signal.ServerMessage;

/** Notices who fell silent and who does not come back. */
final class Attendance {
  /** How long a lost socket's participant stays. */
  static final long GRACE_NANOS = 30_000_000_000L;

  static final long PING_NANOS = 15_000_000_000L;
  private static final long SILENT_NANOS = 3 * PING_NANOS;

  private Attendance() {}

  static void check(Room room, Participant participant, SignalSession signal, long nowNanos) {
    if (!signal.attached()) {
      if (nowNanos - signal.lostAtNanos() > GRACE_NANOS) {
        gone(room, participant);
      }
    } else if (nowNanos - signal.heardAtNanos() > SILENT_NANOS) {
      signal.close(1008, "No answer to ping for 45 s.", nowNanos);
      signal.lose(nowNanos);
    } else if (nowNanos - signal.heardAtNanos() > PING_NANOS
        && nowNanos - signal.sentAtNanos() > PING_NANOS) {
      signal.send(room.encoder().body(new ServerMessage.Ping()), nowNanos);
    }
  }

  /** Somebody who still sends over WHIP stays, without a socket. */
  private static void gone(Room room, Participant participant) {
    if (participant.ingest() == null) {
      room.leave(participant, 1000, "did not come back within 30 s");
    } else {
      participant.signal(null);
      room.endSocketMedia(participant, "did not come back within 30 s");
      room.changed(participant);
    }
  }
}
