package dev.amphi.interactive.room;

import dev.amphi.interactive.signal.ServerMessage;
import java.time.Instant;

/**
 * A room's heartbeat: its media every 5 ms while there is any, and ten times a second what has more
 * time.
 */
final class RoomPulse {
  private static final long MEDIA_TICK_NANOS = 5_000_000L;
  private static final long QUIET_TICK_NANOS = 100_000_000L;

  private final Room room;
  private final HttpMediaTable overHttp;
  private final QualityBoard quality;
  private final FailureLog failures;
  private final SpeakerDetector programSpeakers;
  private int viewersTold = -1;
  private long quietTickAtNanos;
  private boolean started;

  RoomPulse(Room room, HttpMediaTable overHttp) {
    this.room = room;
    this.overHttp = overHttp;
    this.quality = new QualityBoard(room);
    this.failures = new FailureLog(room.id());
    this.programSpeakers = room.floor().speakers().among(room::inProgram);
  }

  /** Starts it, once. */
  void start() {
    if (!started) {
      started = true;
      tick();
    }
  }

  private void tick() {
    if (room.closed()) {
      return;
    }
    long now = room.now();
    try {
      room.floor().poll(now);
    } catch (RuntimeException e) {
      failures.failed("the media tick", e, now);
    }
    try {
      if (now >= quietTickAtNanos) {
        quietTickAtNanos = now + QUIET_TICK_NANOS;
        quietTick(now);
      }
    } catch (RuntimeException e) {
      failures.failed("the quiet tick", e, now);
    } finally {
      // Whatever goes wrong once must not stop the room's heart.
      room.context()
          .loop()
          .schedule(room.floor().idle() ? QUIET_TICK_NANOS : MEDIA_TICK_NANOS, this::tick);
    }
  }

  private void quietTick(long now) {
    if (room.floor().speakers().poll(now)) {
      room.roster().tell(new ServerMessage.Speaker(room.floor().speakers().speaker()));
    }
    if (programSpeakers.poll(now)) {
      room.context().listener().speakerChanged(room.id(), programSpeakers.speaker());
    }
    Instant wall = room.context().clock().now();
    overHttp.endExpired(room.id(), wall);
    room.program().poll(now);
    for (Participant participant : room.roster().all()) {
      SignalSession signal = participant.signal();
      if (signal != null) {
        Attendance.check(room, participant, signal, now);
        Expiry.check(room, participant, signal, wall);
      }
    }
    int viewers = room.roster().viewers();
    if (viewers != viewersTold) {
      viewersTold = viewers;
      room.context().listener().viewersChanged(room.id(), viewers);
    }
    room.tellDecisions();
    room.polls().poll(now);
    quality.poll(now);
    room.feed().poll(now);
  }
}
