package dev.amphi.packager.push;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to one platform: begins at an IDR, gives picture and sound in the order of
 * their times, and is bounded. When it is full, everything up to its newest IDR goes; when there is
 * none after the oldest one, everything, and the next IDR is waited for.
 */
public final class PushQueue {
  /** Pictures and sound come apart by less than that; who is alone for longer is let go. */
  private static final long LONGEST_WAIT_NANOS = 1_000_000_000L;

  private static final long NEVER = Long.MAX_VALUE;

  private final long mostBytes;
  private final long mostNanos;
  private final ArrayDeque<CodedSample> pictures = new ArrayDeque<>();
  private final ArrayDeque<CodedSample> sounds = new ArrayDeque<>();
  private long bytes;

  /** The time of the IDR that it began at; nothing before that is taken. */
  private long beginNanos = NEVER;

  private long droppedGroups;

  /**
   * @param mostBytes how much may wait
   * @param mostNanos how long what waits may last
   */
  public PushQueue(long mostBytes, long mostNanos) {
    this.mostBytes = mostBytes;
    this.mostNanos = mostNanos;
  }

  /** Forgets everything, and begins at the next IDR: for another connection. */
  public void begin() {
    clear();
    beginNanos = NEVER;
  }

  private void clear() {
    pictures.clear();
    sounds.clear();
    bytes = 0;
  }

  /** Takes a sample, perhaps at the cost of others. */
  public void add(CodedSample sample) {
    boolean video = sample.format().video();
    if (beginNanos == NEVER && sample.sync() && video) {
      beginNanos = sample.timeNanos();
    }
    if (beginNanos == NEVER || sample.timeNanos() < beginNanos) {
      return;
    }
    (video ? pictures : sounds).add(sample);
    bytes += sample.payload().length;
    if (bytes > mostBytes || lengthNanos() > mostNanos) {
      shorten();
    }
  }

  private long lengthNanos() {
    return Math.max(length(pictures), length(sounds));
  }

  private static long length(ArrayDeque<CodedSample> samples) {
    return samples.isEmpty() ? 0 : samples.getLast().timeNanos() - samples.getFirst().timeNanos();
  }

  private void shorten() {
    long newest = NEVER;
    for (CodedSample picture : pictures) {
      droppedGroups += picture.sync() ? 1 : 0;
      newest = picture.sync() ? picture.timeNanos() : newest;
    }
    CodedSample first = pictures.peek();
    if (first != null && !first.sync()) {
      droppedGroups++; // its beginning was sent
    }
    boolean alone = first == null || newest == NEVER || newest == first.timeNanos();
    beginNanos = alone ? NEVER : newest;
    if (alone) {
      clear();
      return;
    }
    droppedGroups--; // the newest stays
    drop(pictures);
    drop(sounds);
  }

  private void drop(ArrayDeque<CodedSample> samples) {
    while (!samples.isEmpty() && samples.getFirst().timeNanos() < beginNanos) {
      bytes -= samples.removeFirst().payload().length;
    }
  }

  /** The next to send; null while its order is not known. */
  public @Nullable CodedSample poll() {
    CodedSample picture = pictures.peek();
    CodedSample sound = sounds.peek();
    boolean both = picture != null && sound != null;
    ArrayDeque<CodedSample> next;
    if (both) {
      next = picture.timeNanos() <= sound.timeNanos() ? pictures : sounds;
    } else {
      next = picture != null ? pictures : sounds;
      if (length(next) < LONGEST_WAIT_NANOS) {
        return null;
      }
    }
    CodedSample sample = next.remove();
    bytes -= sample.payload().length;
    return sample;
  }

  /** Gives what waits without waiting for its like: at the end. */
  public @Nullable CodedSample rest() {
    CodedSample ordered = poll();
    if (ordered != null || (pictures.isEmpty() && sounds.isEmpty())) {
      return ordered;
    }
    CodedSample last = pictures.isEmpty() ? sounds.remove() : pictures.remove();
    bytes -= last.payload().length;
    return last;
  }

  /** Groups of pictures of which something was dropped. */
  public long droppedGroups() {
    return droppedGroups;
  }
}
