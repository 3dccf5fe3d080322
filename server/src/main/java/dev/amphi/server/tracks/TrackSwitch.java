package dev.amphi.server.tracks;

import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.TrackSink;
import java.util.Optional;

/**
 * Whether the tracks of single participants are kept with a recording. Confined to the class's own
 * thread, but for {@link #wanted()} and {@link #holds()}.
 */
public final class TrackSwitch {
  private final boolean byDefault;
  private final KeptTracks kept;
  private volatile boolean wanted;

  /** The last one that took them; a pause does not take it away. */
  private volatile TrackSink sink = TrackSink.NONE;

  /**
   * @param byDefault what holds for a recording of which nobody says anything
   */
  public TrackSwitch(boolean byDefault, KeptTracks kept) {
    this.byDefault = byDefault;
    this.kept = kept;
  }

  /** Whether they are kept, or will be as soon as something is recorded. */
  public boolean wanted() {
    return wanted;
  }

  /** The same, as long as the disk takes them. */
  public boolean holds() {
    return wanted && !sink.isOver();
  }

  /**
   * Switches them.
   *
   * @param recording whether there is to be a recording
   * @param before whether there was to be one
   * @param tracks what was said; without a word it stays as it is
   */
  public void want(boolean recording, boolean before, Optional<Boolean> tracks) {
    wanted = recording && tracks.orElse(before ? wanted : byDefault);
  }

  /**
   * Keeps them beside what a broadcast records, where they are wanted.
   *
   * @param recording whether it records, and is not paused
   */
  public void follow(Broadcast broadcast, boolean recording) {
    TrackSink target = recording && wanted ? broadcast.tracks() : TrackSink.NONE;
    if (target != TrackSink.NONE) {
      sink = target;
    }
    kept.to(target);
  }

  /** Nothing is recorded any more. */
  public void end() {
    kept.to(TrackSink.NONE);
  }
}
