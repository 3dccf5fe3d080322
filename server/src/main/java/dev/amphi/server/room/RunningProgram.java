package dev.amphi.server.room;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.Composer;
import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ShownScene;
import dev.amphi.composer.api.Slate;
import dev.amphi.interactive.api.ProgramRendition;
import dev.amphi.interactive.api.ProgramStream;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.server.push.ClassPushes;
import dev.amphi.server.tracks.ProgramRun;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The composition of a class and what it makes, while there is one; it is asked for nothing before
 * it is started, and for nothing more once it was closed. Confined to the class's own thread, but
 * for {@link #speaker}, {@link #wanted} and {@link #health()}.
 */
final class RunningProgram {
  private final NodeParts parts;
  private final RoomSpec spec;
  private final Ownership ownership;
  private final ProgramFeed feed;
  private final Consumer<ShownScene> scenes;
  private final ClassPushes pushes;
  private volatile @Nullable Composition composition;
  private volatile @Nullable Program program;

  /**
   * @param scenes is told what the picture shows, on any thread
   * @param pushes get what is on air
   */
  RunningProgram(
      NodeParts parts,
      RoomSpec spec,
      Ownership ownership,
      Consumer<ShownScene> scenes,
      ClassPushes pushes) {
    this.parts = parts;
    this.spec = spec;
    this.ownership = ownership;
    this.scenes = scenes;
    this.pushes = pushes;
    this.feed = new ProgramFeed(spec.id(), parts.stage(), parts.clock());
  }

  /** Whether there is one. */
  boolean isStarted() {
    return composition != null;
  }

  /**
   * Starts it.
   *
   * @throws IllegalStateException when it cannot be, as on a machine that is full
   */
  Composition start(Composer composer, Arrangement arrangement, Slate slate) {
    CompositionSpec wanted = parts.composer().spec(spec.id(), spec.title());
    Program listener =
        new Program(
            wanted,
            ownership,
            feed,
            track -> parts.stage().requestKeyFrame(spec.id(), track),
            scenes,
            pushes,
            parts.counters(),
            parts.clock().nanos());
    Composition started = composer.start(wanted, listener);
    started.arrange(arrangement);
    started.slate(slate);
    program = listener;
    composition = started;
    started.listen(feed.mixes());
    return started;
  }

  /** Brings it to an audience; returns its pictures, the best first. */
  List<ProgramRendition> onAir(Broadcast target, long epoch) {
    Program running = program;
    if (running == null) {
      return List.of();
    }
    running.onAir(target, epoch);
    return running.renditions();
  }

  /** How the picture is wanted. */
  void arrange(Arrangement wanted) {
    Composition running = composition;
    if (running != null) {
      running.arrange(wanted);
    }
  }

  /** What it says while nobody is in it. */
  void slate(Slate slate) {
    Composition running = composition;
    if (running != null) {
      running.slate(slate);
    }
  }

  /** The loudest on stage changed. Thread-safe. */
  void speaker(String participantId) {
    Composition running = composition;
    if (running != null) {
      running.speaker(participantId);
    }
  }

  /** Those who watch over WebRTC want other streams of it. Thread-safe. */
  void wanted(Set<ProgramStream> streams) {
    feed.wanted(streams);
    Composition running = composition;
    if (running != null) {
      running.listen(feed.mixes());
    }
  }

  /** Its run as it is now. Thread-safe. */
  Optional<ProgramRun> run() {
    return feed.run();
  }

  /** How it does. Thread-safe. */
  Optional<ProgramHealth> health() {
    Program running = program;
    return composition == null || running == null
        ? Optional.empty()
        : Optional.of(running.health());
  }

  /** Ends it, and waits for its last sample. */
  void close() {
    Composition running = composition;
    Program last = program;
    try {
      if (running != null && last != null) {
        Program.close(running, last).join();
      }
    } finally {
      composition = null;
    }
  }
}
