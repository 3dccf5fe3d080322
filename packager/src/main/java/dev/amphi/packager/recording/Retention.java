package dev.amphi.packager.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * When recordings are erased by themselves: so long after they ended. A clock that jumps erases
 * nothing: a recording has to be due for an hour of monotonic time. For one thread at a time.
 *
 * @see RecordingArchive#expire
 */
final class Retention {
  static final long CONFIRM_NANOS = TimeUnit.HOURS.toNanos(1);

  private final Duration keep;
  private final Map<String, Long> dueSince = new HashMap<>();

  /**
   * @param keep zero for ever
   */
  Retention(Duration keep) {
    this.keep = keep;
  }

  /** When a recording that ended then is erased; empty for never. */
  Optional<Instant> expiresAt(Instant ended) {
    return keep.isZero() ? Optional.empty() : Optional.of(ended.plus(keep));
  }

  /** Whether a recording is to be erased now. */
  boolean isDue(String key, Instant ended, Instant now, long nowNanos) {
    boolean over = expiresAt(ended).map(at -> !at.isAfter(now)).orElse(false);
    if (!over) {
      dueSince.remove(key);
      return false;
    }
    Long since = dueSince.putIfAbsent(key, nowNanos);
    return since != null && nowNanos - since >= CONFIRM_NANOS;
  }

  /** A recording is gone. */
  void forget(String key) {
    dueSince.remove(key);
  }
}
