package dev.amphi.server.room;

import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notices that a class has lost its teacher: everybody who taught in it should be sending and has
 * not been heard or seen for five seconds, and is still missed when the room has given up waiting.
 * Who has muted everything is there, and who leaves by will is not missed. While somebody else who
 * moderates is in the room, nobody is.
 *
 * <p>Told on the class's own thread, but for {@link #frame}; asked on any.
 */
final class TeacherWatch {
  static final long GONE_NANOS = 5_000_000_000L;

  /** One who was on stage and moderates. */
  private static final class Teacher {
    private volatile long signNanos;
    private volatile boolean taught;
    private volatile boolean sends;
    private volatile boolean left;

    boolean gone(long nowNanos) {
      return (left || sends) && nowNanos - signNanos >= GONE_NANOS;
    }
  }

  private final Map<String, Teacher> teachers = new ConcurrentHashMap<>();
  private final Set<String> others = ConcurrentHashMap.newKeySet();

  /** Somebody came or changed. */
  void participant(ParticipantView who, long nowNanos) {
    others.remove(who.id());
    if (!who.role().moderates() || who.state() != StageState.ON_STAGE) {
      teachers.remove(who.id());
      if (who.role().moderates()) {
        others.add(who.id());
      }
      return;
    }
    Teacher teacher = teachers.computeIfAbsent(who.id(), id -> new Teacher());
    // Nothing of who said no to the program comes here: such a teacher is missed when gone only.
    boolean sends = who.inProgram() && who.tracks().stream().anyMatch(TeacherWatch::flows);
    if (teacher.left || sends != teacher.sends) {
      teacher.signNanos = nowNanos; // What has just been switched on has its time to come.
    }
    teacher.left = false;
    teacher.sends = sends;
  }

  /** A screen may stand still; a camera and a microphone send all the time. */
  private static boolean flows(TrackView track) {
    return !track.muted()
        && (track.source() == TrackView.Source.CAMERA
            || track.source() == TrackView.Source.MICROPHONE);
  }

  /** Somebody is gone; who was lost before is waited for, who leaves by will is not. */
  void left(String participantId, long nowNanos) {
    others.remove(participantId);
    Teacher teacher = teachers.get(participantId);
    if (teacher != null && teacher.gone(nowNanos)) {
      teacher.left = true;
    } else if (teacher != null) {
      teachers.remove(participantId);
    }
  }

  /** A frame of somebody arrived. */
  void frame(String participantId, long arrivalNanos) {
    Teacher teacher = teachers.get(participantId);
    if (teacher != null) {
      teacher.taught = true;
      teacher.signNanos = arrivalNanos;
    }
  }

  /** Whether there was a teacher, and there is none now. */
  boolean gone(long nowNanos) {
    boolean anyGone = false;
    for (Teacher teacher : teachers.values()) {
      if (!teacher.gone(nowNanos)) {
        return false;
      }
      anyGone |= teacher.taught;
    }
    return anyGone && others.isEmpty();
  }
}
