package dev.amphi.interactive.fec;

/**
 * Whether a link is worth redundancy, and has room for it: from a loss of {@link #ON} on, until the
 * loss was below {@link #OFF} for {@link #CLEAN_NANOS}. The gap and the wait keep it from flapping.
 */
public final class Redundancy {
  /** In 256ths, as receivers report it: 3 %. */
  public static final int ON = 8;

  /** In 256ths: 1 %. */
  public static final int OFF = 3;

  public static final long CLEAN_NANOS = 10_000_000_000L;

  private boolean on;
  private boolean allowed = true;
  private boolean clean;
  private long cleanSinceNanos;

  /** Takes a receiver's report of what it lost, in 256ths. */
  public void onLoss(int fractionLost, long nowNanos) {
    if (fractionLost >= ON) {
      on = true;
    }
    if (fractionLost >= OFF) {
      clean = false;
    } else if (!clean) {
      clean = true;
      cleanSinceNanos = nowNanos;
    } else if (nowNanos - cleanSinceNanos >= CLEAN_NANOS) {
      on = false;
    }
  }

  /** Somebody thinks it worth while: so it is, until the link proves to be clean. */
  public void suggest() {
    on = on || !clean;
  }

  /** Says whether the way out has room for it: at once off when it has not. */
  public void allow(boolean allowed) {
    this.allowed = allowed;
  }

  /** Whether to send redundancy. */
  public boolean on() {
    return on && allowed;
  }
}
