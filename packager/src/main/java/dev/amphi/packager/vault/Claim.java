package dev.amphi.packager.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whose the recordings below a prefix are: an object that its node writes anew every minute. Who
 * finds another's waits until nobody has written it for a while: then that node is gone, or it was
 * this one before it lost its disk. Two nodes with one prefix would finish each other's recordings.
 */
final class Claim implements Errand {
  private static final String KEY = "claim";
  private static final int MOST_BYTES = 256;
  private static final long RENEW_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final ObjectStore store;
  private final String prefix;
  private final String node;
  private final long takeOverNanos;
  private long next = Long.MIN_VALUE;
  private long count;
  private @Nullable String seen;
  private long seenSince;
  private boolean alive;
  private boolean held;

  /**
   * @param node what this node calls itself; no blanks
   * @param takeOverNanos a claim that nobody renewed for so long is nobody's
   */
  Claim(ObjectStore store, String prefix, String node, long takeOverNanos) {
    this.store = store;
    this.prefix = prefix;
    this.node = node;
    this.takeOverNanos = takeOverNanos;
  }

  /** Whether this node may write below the prefix. */
  boolean isHeld() {
    return held;
  }

  /** Why not, for people; "" while nothing is wrong. */
  String problem() {
    if (held || seen == null) {
      return "";
    }
    return alive
        ? "another node keeps its recordings below the same prefix '"
            + prefix
            + "' of the bucket: give each node a recording.s3.prefix of its own"
        : "another node, or this one before it lost its disk, kept its recordings below the prefix '"
            + prefix
            + "': they are taken over when it has been silent for "
            + TimeUnit.NANOSECONDS.toSeconds(takeOverNanos)
            + " s";
  }

  @Override
  public String name() {
    return "";
  }

  @Override
  public Rank rank() {
    return Rank.CLAIM;
  }

  @Override
  public boolean isReady(long nowNanos) {
    return next == Long.MIN_VALUE || nowNanos - next >= 0;
  }

  @Override
  public boolean step(long nowNanos) throws IOException {
    String now = read();
    if (now.isEmpty() || isOwn(now) || isSilent(now, nowNanos)) {
      count++;
      store.put(prefix + KEY, StandardCharsets.US_ASCII.encode(node + " " + count));
      held = true;
      seen = null;
      next = nowNanos + RENEW_NANOS;
    } else {
      held = false;
      next = nowNanos + Math.min(WATCH_NANOS, takeOverNanos / 4 + 1);
    }
    return false;
  }

  /** Remembers for how long it has been as it is. */
  private boolean isSilent(String now, long nowNanos) {
    if (now.equals(seen)) {
      return nowNanos - seenSince >= takeOverNanos;
    }
    alive = seen != null;
    seen = now;
    seenSince = nowNanos;
    return false;
  }

  private boolean isOwn(String claim) {
    return claim.startsWith(node + " ");
  }

  private String read() throws IOException {
    try {
      ByteBuffer bytes = store.get(prefix + KEY, 0, MOST_BYTES);
      return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.MISSING) {
        return "";
      }
      throw e;
    }
  }
}
