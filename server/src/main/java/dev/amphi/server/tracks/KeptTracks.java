package dev.amphi.server.tracks;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.packager.api.TrackSink;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Brings the frames of those in the program to the recording that keeps their tracks. What is not
 * in the program at that moment (who said no, everybody behind the curtain) is cut: what comes
 * later begins with a key frame.
 *
 * <p>Frames come on the room's loop; everything else from any thread.
 */
public final class KeptTracks {
  private final Predicate<String> shown;
  private final Supplier<Optional<ProgramRun>> run;
  private final Consumer<Boolean> stage;
  private final Map<String, Person> people = new ConcurrentHashMap<>();
  private final Consumer<String> keyFrames;

  /** Tracks whose frames follow what came before. */
  private final Set<String> begun = ConcurrentHashMap.newKeySet();

  private volatile TrackSink sink = TrackSink.NONE;

  /** What is told of whose tracks they are. */
  private record Person(String name, String role) {}

  /** On the room's loop only. */
  private final PlayTimes times = new PlayTimes();

  /**
   * @param shown whether a track is in the program
   * @param run of the program as it is now
   * @param stage is told whether frames to be kept are wanted
   * @param keyFrames is told each track that has to begin anew, as often as it sends something else
   */
  public KeptTracks(
      Predicate<String> shown,
      Supplier<Optional<ProgramRun>> run,
      Consumer<Boolean> stage,
      Consumer<String> keyFrames) {
    this.keyFrames = keyFrames;
    this.shown = shown;
    this.run = run;
    this.stage = stage;
  }

  /** Frames go there from now on; {@link TrackSink#NONE} for nowhere. */
  public void to(TrackSink target) {
    if (target != sink) {
      begun.clear();
      sink = target;
      stage.accept(target != TrackSink.NONE);
    }
  }

  /** Somebody came or changed. */
  public void participant(ParticipantView participant) {
    people.put(participant.id(), new Person(participant.name(), participant.role().wireName()));
    if (!participant.inProgram()) {
      participant.tracks().forEach(track -> cut(track.id()));
    }
  }

  /** Somebody is gone; on the room's loop. */
  public void left(String participantId) {
    people.remove(participantId);
    times.forget(participantId);
  }

  private void cut(String trackId) {
    if (begun.remove(trackId)) {
      sink.cut(trackId);
    }
  }

  /** A frame to be kept. */
  public void frame(TrackView track, EncodedFrame frame) {
    long playNanos = times.of(track, frame);
    TrackSink target = sink;
    Optional<ProgramRun> now = run.get();
    if (target == TrackSink.NONE) {
      return;
    }
    if (now.isEmpty() || !shown.test(track.id())) {
      cut(track.id());
      return;
    }
    if (!begun.contains(track.id())) {
      if (!frame.keyFrame()) {
        keyFrames.accept(track.id());
        return;
      }
      begun.add(track.id());
    }
    target.frame(source(track), frame.payload(), now.get().at(playNanos), frame.keyFrame());
  }

  private TrackSink.Source source(TrackView track) {
    Person whose =
        people.getOrDefault(track.participantId(), new Person(track.participantId(), ""));
    return new TrackSink.Source(
        track.id(),
        track.participantId(),
        whose.name(),
        track.source().wireName(),
        track.codec().name().toLowerCase(Locale.ROOT),
        whose.role());
  }
}
