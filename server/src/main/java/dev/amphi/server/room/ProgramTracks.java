package dev.amphi.server.room;

import dev.amphi.composer.api.Composition;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.server.consent.Withheld;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The stage's tracks in a class's program: brings the composition to what {@link ProgramSources}
 * says, and hands it the frames of what it shows.
 *
 * <p>Confined to the class's own thread, but for {@link #frame}, {@link #withhold} and {@link
 * #forget}, which come on the room's loop, and for {@link #flowing()}.
 */
final class ProgramTracks {
  private final ProgramSources sources = new ProgramSources();
  private final Withheld withheld = new Withheld();
  private final Set<String> shown = ConcurrentHashMap.newKeySet();
  private final Set<String> resting = ConcurrentHashMap.newKeySet();
  private final Set<String> flowing = ConcurrentHashMap.newKeySet();
  private final Consumer<String> keyFrames;
  private volatile @Nullable Composition composition;

  /**
   * @param keyFrames is told each track that has to begin anew
   */
  ProgramTracks(Consumer<String> keyFrames) {
    this.keyFrames = keyFrames;
  }

  /** A composition was started, which knows nothing yet. */
  void attach(Composition started) {
    composition = started;
    apply(sources.all());
  }

  /** The composition is over. */
  void detach() {
    composition = null;
    shown.clear();
    resting.clear();
    flowing.clear();
  }

  /** Whether nobody has anything to show. */
  boolean isEmpty() {
    return sources.isEmpty();
  }

  /** Somebody on stage came or changed. */
  void participant(ParticipantView participant) {
    apply(sources.participant(participant));
  }

  /** Somebody is gone. */
  void left(String participantId) {
    apply(sources.left(participantId));
  }

  /** Hides everybody, or shows them again. */
  void hidden(boolean hide) {
    apply(sources.hidden(hide));
  }

  /** The word of somebody who is gone counts no more. */
  void forget(String participantId) {
    withheld.forget(participantId);
  }

  /** Takes whoever may not be in the program out of it at once. */
  void withhold(ParticipantView participant) {
    synchronized (withheld) {
      if (withheld.changed(participant)) {
        participant.tracks().forEach(track -> takeOut(track.id()));
      }
    }
  }

  /** Whether somebody may not be in the program. Thread-safe. */
  boolean isWithheld(String participantId) {
    return withheld.contains(participantId);
  }

  /** Whether a track is in the program. Thread-safe. */
  boolean isShown(String trackId) {
    return composition != null && shown.contains(trackId);
  }

  /** A coded frame of the stage; returns whether it went into the program. */
  boolean frame(TrackView track, EncodedFrame frame) {
    Composition running = composition;
    if (running == null || !shown.contains(track.id())) {
      return false;
    }
    flowing.add(track.id());
    running.frame(
        track.id(),
        frame.payload(),
        frame.timestampTicks(),
        frame.arrivalNanos(),
        frame.captureNtpNanos(),
        frame.keyFrame());
    return true;
  }

  /** How many tracks in the program have sent something. */
  int flowing() {
    return flowing.size();
  }

  private void apply(List<ProgramSources.Change> changes) {
    Composition running = composition;
    if (running == null) {
      return;
    }
    for (ProgramSources.Change change : changes) {
      synchronized (withheld) {
        apply(change, running);
      }
    }
  }

  private void apply(ProgramSources.Change change, Composition running) {
    switch (change) {
      case ProgramSources.Change.Put put -> {
        String id = put.source().id();
        // Whoever has said no meanwhile is left out; that the sources do not know it yet is no
        // harm.
        if (!withheld.contains(put.source().participantId())) {
          running.putSource(put.source());
          resting.remove(id);
          shown.add(id);
          keyFrames.accept(id);
        }
      }
      case ProgramSources.Change.Mute mute -> {
        if (shown.contains(mute.sourceId())) {
          running.muteSource(mute.sourceId(), mute.muted());
        }
      }
      case ProgramSources.Change.Rest rest -> {
        flowing.remove(rest.sourceId());
        if (shown.remove(rest.sourceId())) {
          resting.add(rest.sourceId());
          running.restSource(rest.sourceId());
        }
      }
      case ProgramSources.Change.Remove remove -> takeOut(remove.sourceId());
    }
  }

  private void takeOut(String trackId) {
    Composition running = composition;
    flowing.remove(trackId);
    boolean wasShown = shown.remove(trackId);
    boolean rested = resting.remove(trackId);
    if ((wasShown || rested) && running != null) {
      running.removeSource(trackId);
    }
  }
}
