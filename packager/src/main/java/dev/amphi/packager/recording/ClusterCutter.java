package dev.amphi.packager.recording;

import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.webm.Cluster;
import dev.amphi.packager.webm.Coding;
import dev.amphi.packager.webm.NetworkFrame;
import dev.amphi.packager.webm.TrackCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the frames of one source into clusters: at a key frame, after two seconds, or when one is
 * large. Pictures begin with a key frame, here and after each {@link #cut}. Pure; for one thread.
 */
final class ClusterCutter {
  private static final int LONG_MS = 2_000;
  private static final int LARGE_BYTES = 4 << 20;

  /** Who sends nothing but key frames gets no cluster for each. */
  private static final int KEY_AFTER_MS = 500;

  /** A clock that was set back by more than this begins anew. */
  private static final int BACK_MS = 1_000;

  /** So many sizes and headers a source may have; a window that is drawn larger makes dozens. */
  static final int MOST_CODINGS = 256;

  /** What decoders have to know of all of them together: the journal repeats it. */
  static final int MOST_PRIVATE_BYTES = 64 << 10;

  private static final int USUAL_PICTURE_MS = 33;
  private static final int LONGEST_PICTURE_MS = 1_000;

  /** How a source is coded from some frame on, and the wall clock where its time is zero. */
  record Coded(int index, Coding coding, Instant startsAt) {}

  /** Takes clusters in order. */
  interface Output {
    void cluster(Coded coded, Bytes cluster, long timeMs, long durationMs);
  }

  /** A cluster that grows, as its first frame is coded. */
  private record Open(Coded coded, Cluster cluster) {}

  private final TrackCodec codec;
  private final Output output;

  /** How it was coded since its clock began, to be told once each. */
  private final Map<Coding, Coded> known = new HashMap<>();

  private int codings;
  private int privateBytes;
  private long refused;
  private @Nullable Coded coded;
  private @Nullable Open open;
  private long lastMs = -1;
  private int lastDurationMs = USUAL_PICTURE_MS;
  private boolean waiting = true;

  ClusterCutter(TrackCodec codec, Output output) {
    this.codec = codec;
    this.output = output;
  }

  /** Takes the next frame. */
  void frame(Bytes payload, Instant at, boolean key) {
    ByteBuffer frame = payload.toByteBuffer();
    Optional<Coding> coding = key ? NetworkFrame.coding(codec, frame) : Optional.empty();
    if (!key && (waiting || coded == null)) {
      return;
    }
    Optional<Coded> found = key && coding.isEmpty() ? Optional.empty() : coded(coding, at);
    if (found.isEmpty()) {
      refused++;
      cut();
      return;
    }
    waiting = false;
    Coded now = found.get();
    coded = now;
    Bytes block = NetworkFrame.block(codec, frame);
    if (block.length() > 0) {
      add(now, block, Math.max(millis(now, at), lastMs + 1), coding.isPresent());
    }
  }

  /** Frames that are not kept: nobody could say how they are coded, or in too many ways. */
  long refused() {
    return refused;
  }

  /** How a frame is coded; empty when there are too many codings already. */
  private Optional<Coded> coded(Optional<Coding> coding, Instant at) {
    Coded before = coded;
    boolean begins = before == null || millis(before, at) < lastMs - BACK_MS;
    Coding now = before == null ? coding.orElseThrow() : coding.orElse(before.coding());
    Coded same = known.get(now);
    if (!begins && same != null) {
      return Optional.of(same);
    }
    int more = now.codecPrivate().length();
    if (codings == MOST_CODINGS || privateBytes + more > MOST_PRIVATE_BYTES) {
      return Optional.empty();
    }
    Instant startsAt = at;
    if (before == null || begins) {
      close(Long.MAX_VALUE);
      known.clear();
      lastMs = -1;
    } else {
      startsAt = before.startsAt();
    }
    Coded fresh = new Coded(codings++, now, startsAt);
    privateBytes += more;
    known.put(now, fresh);
    return Optional.of(fresh);
  }

  private void add(Coded now, Bytes block, long ms, boolean key) {
    Open before = open;
    if (before != null && isOver(before.cluster(), ms, key)) {
      close(ms);
    }
    Open growing = open;
    if (growing == null) {
      growing = new Open(now, new Cluster(ms));
      open = growing;
    }
    int own = NetworkFrame.durationMs(codec, block);
    if (own > 0) {
      lastDurationMs = own;
    } else if (lastMs >= 0 && ms - lastMs < LONGEST_PICTURE_MS) {
      lastDurationMs = (int) (ms - lastMs);
    }
    growing.cluster().add(ms, key, block);
    lastMs = ms;
  }

  /** What comes next does not follow what came. */
  void cut() {
    close(Long.MAX_VALUE);
    waiting = codec.video();
  }

  private boolean isOver(Cluster cluster, long ms, boolean key) {
    long age = ms - cluster.timeMs();
    return age >= LONG_MS
        || (codec.video() && key && age >= KEY_AFTER_MS)
        || cluster.frameBytes() >= LARGE_BYTES;
  }

  /**
   * Hands over what there is.
   *
   * @param nextMs when the next frame begins; what is told of the last one ends there at most
   */
  private void close(long nextMs) {
    Open closing = open;
    if (closing != null) {
      open = null;
      Cluster cluster = closing.cluster();
      long end = Math.min(nextMs, cluster.lastMs() + lastDurationMs);
      output.cluster(closing.coded(), cluster.toBytes(), cluster.timeMs(), end - cluster.timeMs());
    }
  }

  private static long millis(Coded now, Instant at) {
    return Duration.between(now.startsAt(), at).toMillis();
  }
}
