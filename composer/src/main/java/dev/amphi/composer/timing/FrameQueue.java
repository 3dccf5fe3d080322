package dev.amphi.composer.timing;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The decoded pictures of one source that wait for their time. What is shown is the newest picture
 * that is not later than asked for; it stays until another takes its place. A bounded queue: when
 * it is full the oldest goes.
 *
 * <p>Every picture that comes in goes out by {@code release}, once.
 */
public final class FrameQueue<P> {
  private record Timed<P>(long timeNanos, P picture) {}

  private final int capacity;
  private final Consumer<P> release;
  private final ArrayDeque<Timed<P>> waiting = new ArrayDeque<>();
  private @Nullable Timed<P> shown;
  private long dropped;
  private long changes;

  public FrameQueue(int capacity, Consumer<P> release) {
    this.capacity = capacity;
    this.release = release;
  }

  /** Adds a picture; one whose time runs backwards empties the queue first. */
  public void offer(long timeNanos, P picture) {
    Timed<P> last = waiting.peekLast();
    if (last != null && timeNanos < last.timeNanos()) {
      drop(waiting.size());
    }
    if (waiting.size() == capacity) {
      drop(1);
    }
    waiting.addLast(new Timed<>(timeNanos, picture));
  }

  /** The picture of that time, or null before the first; it stays the queue's. */
  public @Nullable P at(long timeNanos) {
    Timed<P> head = waiting.peekFirst();
    while (head != null && head.timeNanos() <= timeNanos) {
      if (shown != null) {
        release.accept(shown.picture());
      }
      shown = waiting.removeFirst();
      changes++;
      head = waiting.peekFirst();
    }
    return shown == null ? null : shown.picture();
  }

  /** How often another picture took its place. */
  public long changes() {
    return changes;
  }

  /** Pictures that never were shown because the queue was full or time ran backwards. */
  public long dropped() {
    return dropped;
  }

  /** Lets go of everything. */
  public void clear() {
    drop(waiting.size());
    if (shown != null) {
      release.accept(shown.picture());
      shown = null;
    }
  }

  private void drop(int count) {
    for (int i = 0; i < count; i++) {
      release.accept(waiting.removeFirst().picture());
      dropped++;
    }
  }
}
