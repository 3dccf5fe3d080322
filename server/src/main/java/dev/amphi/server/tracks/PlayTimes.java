package dev.amphi.server.tracks;

import dev.amphi.composer.timing.AvSync;
import dev.amphi.composer.timing.SourceClock;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView;
import java.util.HashMap;
import java.util.Map;

/**
 * When each frame of a stage's tracks is seen or heard in the program: what the composer's process
 * finds out for itself, found out here by the same rules from the same arrivals (docs/time.md). So
 * a track stands under the movie where the movie shows it. Pure; for one thread.
 */
final class PlayTimes {
  // As the composer's inputs have them.
  private static final long PICTURE_BASE_NANOS = 22_000_000;
  private static final long PICTURE_MOST_NANOS = 80_000_000;
  private static final long SOUND_BASE_NANOS = 45_000_000;
  private static final long SOUND_MOST_NANOS = 140_000_000;
  private static final long MOST_LIP_WAIT_NANOS = 250_000_000;

  private record Line(String participantId, SourceClock clock, AvSync sync) {}

  private final Map<String, AvSync> participants = new HashMap<>();
  private final Map<String, Line> lines = new HashMap<>();

  /** Learns from a frame, and says when it is played, on the machine's monotonic clock. */
  long of(TrackView track, EncodedFrame frame) {
    Line line = lines.computeIfAbsent(track.id(), id -> open(track));
    int rate = track.codec().clockRate();
    long media = SourceClock.mediaNanos(frame.timestampTicks(), rate);
    line.clock().arrived(media, frame.arrivalNanos(), frame.captureNtpNanos());
    return media + line.sync().offsetNanos(line.clock(), frame.arrivalNanos());
  }

  private Line open(TrackView track) {
    AvSync sync =
        participants.computeIfAbsent(track.participantId(), id -> new AvSync(MOST_LIP_WAIT_NANOS));
    boolean picture = track.kind() == TrackView.Kind.VIDEO;
    SourceClock clock =
        picture
            ? new SourceClock(PICTURE_BASE_NANOS, PICTURE_MOST_NANOS)
            : new SourceClock(SOUND_BASE_NANOS, SOUND_MOST_NANOS);
    boolean person =
        track.source() == TrackView.Source.CAMERA || track.source() == TrackView.Source.MICROPHONE;
    sync.add(clock, person ? AvSync.Group.PERSON : AvSync.Group.SCREEN);
    return new Line(track.participantId(), clock, sync);
  }

  /** A participant is gone, with all tracks. */
  void forget(String participantId) {
    participants.remove(participantId);
    lines.values().removeIf(line -> line.participantId().equals(participantId));
  }
}
