package dev.amphi.interactive.bandwidth;

/** The probes of one transport: which is due, which is under way, and what the last one showed. */
final class Prober {
  private final long startBps;
  private final ProbePlanner planner;
  private final ProbeResult result = new ProbeResult();
  private int count;
  private boolean confirmed;

  Prober(BandwidthLimits limits) {
    this.startBps = limits.startBps();
    this.planner = new ProbePlanner(limits.maxBps());
  }

  /** The way is open: what it carries may be tried before there is media. */
  void start() {
    planner.start(startBps);
  }

  /** The far side reports; who never does is not probed on and on. */
  void answered() {
    planner.answered(startBps);
  }

  /** The way is back after a silence; this much it carried before. */
  void recover(long beforeBps, long nowNanos) {
    planner.recover(beforeBps, nowNanos);
  }

  /** Another way, which begins with so much. */
  void restart(long startBps) {
    result.expect(0, 0);
    confirmed = false;
    planner.restart(startBps);
  }

  /** How much would be sent if it could be: probes go no further. */
  void want(long bitrateBps) {
    planner.want(bitrateBps);
  }

  /** Something that is sent may have to rest. */
  void doubt(long nowNanos) {
    planner.doubt(nowNanos);
  }

  /** Whether it is still being found out how much comes through. */
  boolean exploring() {
    return planner.exploring();
  }

  /** The rate to probe with now, or 0. */
  long next(long targetBps, long nowNanos) {
    return planner.next(targetBps, nowNanos);
  }

  /** When {@link #next} may have something, or {@code Long.MAX_VALUE}. */
  long deadlineNanos(long targetBps) {
    return planner.nextDeadlineNanos(targetBps);
  }

  /** A probe begins; its id. */
  int begin() {
    count++;
    result.expect(count, Integer.MAX_VALUE);
    return count;
  }

  /** All of a probe left. */
  void end(int totalBytes) {
    result.expectBytes(totalBytes);
  }

  /** A probe found nothing to send. */
  void abandon(long nowNanos) {
    result.expect(0, 0);
    planner.failed(nowNanos);
  }

  /** A packet of a probe was acknowledged. */
  void onAcked(int probe, int size, long sentNanos, long arrivedNanos) {
    result.onAcked(probe, size, sentNanos, arrivedNanos);
  }

  /** The rate that a probe showed since the last call, in bit/s, or 0. */
  long shownBps(long targetBps, long nowNanos) {
    long shown = result.bitrateBps();
    if (shown > 0) {
      ProbeResult.Verdict verdict = result.verdict();
      result.expect(0, 0);
      confirmed = planner.onResult(shown, verdict, targetBps, nowNanos);
    }
    return shown;
  }

  /** Whether what was shown last is, for the second time in a row, all that the way carries. */
  boolean confirmed() {
    return confirmed;
  }

  /** Probes so far. */
  int count() {
    return count;
  }
}
