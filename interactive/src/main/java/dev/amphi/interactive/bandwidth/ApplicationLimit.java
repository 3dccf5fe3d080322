package dev.amphi.interactive.bandwidth;

/**
 * Whether so little is sent that the estimate is not put to the test: less than 65 % of it, by a
 * budget over half a second with hysteresis (as libwebrtc's ALR detector).
 */
final class ApplicationLimit {
  private static final double SHARE = 0.65;
  private static final double ENTER = 0.8;
  private static final double LEAVE = 0.5;
  private static final double WINDOW_SECONDS = 0.5;

  private double budgetBytes;
  private long updatedNanos = Long.MIN_VALUE;
  private boolean limited;

  /** So many bytes are sent now. */
  void onSent(int bytes, long estimateBps, long nowNanos) {
    if (updatedNanos == Long.MIN_VALUE) {
      updatedNanos = nowNanos;
    }
    double perSecond = SHARE * estimateBps / 8;
    double most = perSecond * WINDOW_SECONDS;
    budgetBytes += perSecond * (nowNanos - updatedNanos) / 1e9 - bytes;
    budgetBytes = Math.clamp(budgetBytes, -most, most);
    updatedNanos = nowNanos;
    double ratio = budgetBytes / most;
    limited = limited ? ratio > LEAVE : ratio > ENTER;
  }

  boolean limited() {
    return limited;
  }
}
