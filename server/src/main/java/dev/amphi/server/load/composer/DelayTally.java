package dev.amphi.server.load.composer;

import dev.amphi.server.load.Distribution;

/** Adds up how old frames are when the program first shows them. Pure but for what it adds up. */
final class DelayTally {
  private final FedLog fed;
  private final int loop;
  private final long[] last;
  private final Distribution whole = new Distribution();
  private final Distribution untilDue = new Distribution();
  private final Distribution afterDue = new Distribution();
  private long skipped;

  /**
   * Nothing is seen yet.
   *
   * @param loop frames in each source's loop
   */
  DelayTally(FedLog fed, int sources, int loop) {
    this.fed = fed;
    this.loop = loop;
    last = new long[sources];
    java.util.Arrays.fill(last, -1);
  }

  /**
   * A frame is in a picture of the program.
   *
   * @param dueNanos the instant of that picture by the program's clock
   * @param codedNanos when its coded sample was at the node
   * @param counted whether it is to be added up, or only remembered as shown
   */
  void seen(FrameClock clock, long dueNanos, long codedNanos, boolean counted) {
    if (clock.source() < 0 || clock.source() >= last.length || clock.inLoop() >= loop) {
      return; // no clock of ours
    }
    long number = fed.latest(clock.source(), clock.inLoop(), loop, codedNanos);
    long before = last[clock.source()];
    if (number <= before) {
      return; // shown once more
    }
    last[clock.source()] = number;
    if (counted) {
      long fedNanos = fed.nanos(clock.source(), number);
      whole.add((codedNanos - fedNanos) / 1e6);
      untilDue.add((dueNanos - fedNanos) / 1e6);
      afterDue.add((codedNanos - dueNanos) / 1e6);
      skipped += before < 0 ? 0 : number - before - 1;
    }
  }

  /** From a frame's arrival to the coded sample that shows it first, in milliseconds. */
  Distribution.Summary whole() {
    return whole.summary();
  }

  /** The first part of it: until the program's picture is due. */
  Distribution.Summary untilDue() {
    return untilDue.summary();
  }

  /** The rest: from then to the coded sample at the node. */
  Distribution.Summary afterDue() {
    return afterDue.summary();
  }

  /** Frames that the program never showed. */
  long skipped() {
    return skipped;
  }
}
