package dev.amphi.interactive.room;

import dev.amphi.interactive.signal.ServerMessage;

/** Notices who fell silent and who does not come back. */
final class Attendance {
  /** How long a lost socket's participant stays. */
  static final long GRACE_NANOS = 30_000_000_000L;

  /** How long it stays while its media flows: it is there, only its socket is not. */
  static final long MEDIA_GRACE_NANOS = 120_000_000_000L;

  /** A shorter break is nobody's business. */
  static final long SHOWN_AWAY_NANOS = 3_000_000_000L;

  static final long PING_NANOS = 15_000_000_000L;
  private static final long SILENT_NANOS = 3 * PING_NANOS;

  private Attendance() {}

  static void check(Room room, Participant participant, SignalSession signal, long nowNanos) {
    switch (signal.state()) {
      case SignalSession.State.Connected connected -> listen(room, signal, nowNanos);
      case SignalSession.State.Away away -> wait(room, participant, nowNanos - away.sinceNanos());
      case SignalSession.State.Gone gone -> {}
    }
  }

  /**
   * Who says nothing is asked, however much it is told meanwhile: only an answer shows that its
   * socket lives.
   */
  private static void listen(Room room, SignalSession signal, long nowNanos) {
    if (nowNanos - signal.heardAtNanos() > SILENT_NANOS) {
      signal.interrupt(4008, "Nothing was heard for 45 s: come again.", nowNanos);
    } else if (nowNanos - signal.heardAtNanos() > PING_NANOS
        && nowNanos - signal.pingedAtNanos() > PING_NANOS) {
      signal.ping(room.encoder().body(new ServerMessage.Ping()), nowNanos);
    }
  }

  private static void wait(Room room, Participant participant, long awayNanos) {
    MediaSession media = participant.media();
    boolean flows = media != null && media.connected();
    if (awayNanos > (flows ? MEDIA_GRACE_NANOS : GRACE_NANOS)) {
      gone(room, participant);
    } else if (awayNanos > SHOWN_AWAY_NANOS && !participant.away()) {
      participant.away(true);
      room.changed(participant);
    }
  }

  /** Somebody who still sends over WHIP stays, without a socket. */
  private static void gone(Room room, Participant participant) {
    if (participant.ingest() == null) {
      room.exit().leave(participant, 1000, "did not come back");
    } else {
      participant.signal(null);
      participant.away(false);
      room.exit().endSocketMedia(participant, "did not come back");
      room.changed(participant);
    }
  }
}
