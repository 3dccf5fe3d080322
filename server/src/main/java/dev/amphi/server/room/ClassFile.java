package dev.amphi.server.room;

import dev.amphi.interactive.api.Decisions;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is kept of a class, for when its node comes back. Written on the class's thread; decisions
 * come on any.
 */
final class ClassFile {
  private final RoomStore store;
  private final RoomSpec spec;
  private final AtomicBoolean stale = new AtomicBoolean();
  private volatile Decisions decisions;

  /** On the class's thread only. */
  private boolean wasLive;

  /**
   * @param before what moderators decided before the class was opened here
   */
  ClassFile(RoomStore store, RoomSpec spec, Decisions before) {
    this.store = store;
    this.spec = spec;
    this.decisions = before;
  }

  Decisions decisions() {
    return decisions;
  }

  /** Takes what moderators decided; returns whether somebody has to see to it that it is kept. */
  boolean decided(Decisions latest) {
    decisions = latest;
    return stale.compareAndSet(false, true);
  }

  /**
   * Whether the class was on air when its node stopped: it is kept so until it is on air again, or
   * somebody says that it is not to be.
   */
  void wasLive(boolean live) {
    wasLive = live;
  }

  /** Keeps the class as it is now. */
  void keep(boolean live, Production production) {
    stale.set(false);
    wasLive &= !live;
    store.keep(
        new RoomStore.Kept(
            spec,
            live || wasLive,
            production.recording().wanted(),
            production.arrangement(),
            decisions,
            production.curtain().breakUntil(),
            production.recording().paused(),
            production.recording().wantsTracks()));
  }

  /** The class does not come back. */
  void forget() {
    store.forget(spec.id());
  }
}
