package dev.amphi.server.room;

import dev.amphi.interactive.api.Refusal;

/** Where a class stands; changed on the class's thread only, read on any. */
final class ClassLife {
  private static final System.Logger LOG = System.getLogger(ClassLife.class.getName());

  private final String roomId;
  private final Runnable news;
  private volatile ClassState state = ClassState.SCHEDULED;

  /** On the class's thread. */
  private boolean quiet;

  /**
   * @param news hears of each change, but for those of a class that only goes to sleep or wakes
   */
  ClassLife(String roomId, Runnable news) {
    this.roomId = roomId;
    this.news = news;
  }

  /** From now on its changes are no news, or are again: it only goes with its node. */
  void quiet(boolean on) {
    quiet = on;
  }

  ClassState state() {
    return state;
  }

  /** Whether the program is on air. */
  boolean isLive() {
    return state == ClassState.LIVE;
  }

  /** Goes where the event leads; refused when it cannot happen now. */
  void move(ClassEvent event) throws Refusal {
    become(state.require(event));
  }

  /** Goes there, once what it takes was done. */
  void become(ClassState next) {
    LOG.log(
        System.Logger.Level.INFO,
        "room={0} state={1} before={2}",
        roomId,
        next.wireName(),
        state.wireName());
    state = next;
    if (!quiet) {
      news.run();
    }
  }
}
