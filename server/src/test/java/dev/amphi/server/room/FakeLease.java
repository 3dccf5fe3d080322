package dev.amphi.server.room;

/** A right to a room that is lost, or given anew, when the test says so. */
final class FakeLease implements Ownership {
  volatile boolean owned = true;
  volatile long epoch = 7;

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public boolean isValid(long asked) {
    return owned && asked == epoch;
  }

  @Override
  public void watch(Watcher watcher) {}

  @Override
  public void release() {}
}
