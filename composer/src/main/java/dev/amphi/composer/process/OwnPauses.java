package dev.amphi.composer.process;

/**
 * Notices that this process itself stood still: a long collection of garbage, a machine that was
 * suspended, a debugger. Who did not listen must not judge others for their silence. Pure, for one
 * thread that looks often.
 */
final class OwnPauses {
  private final long usualNanos;
  private final long noticedNanos;
  private long lookedNanos;
  private boolean looked;

  /**
   * Has not looked yet.
   *
   * @param usualNanos between two looks
   * @param noticedNanos what more than that is a pause
   */
  OwnPauses(long usualNanos, long noticedNanos) {
    this.usualNanos = usualNanos;
    this.noticedNanos = noticedNanos;
  }

  /** Looks at the clock; returns how long nothing ran here since the last look, as a rule 0. */
  long look(long nowNanos) {
    long more = looked ? nowNanos - lookedNanos - usualNanos : 0;
    looked = true;
    lookedNanos = nowNanos;
    return more >= noticedNanos ? more : 0;
  }
}
