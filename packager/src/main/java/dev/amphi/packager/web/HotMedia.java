package dev.amphi.packager.web;

import dev.amphi.packager.store.SegmentStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies of what was asked for last, outside the heap: what thousands ask for at once the kernel
 * takes from there as it is, instead of having it copied for each of them. The memory is used over
 * and over; what does not fit is sent from the heap. Thread-safe.
 */
final class HotMedia {
  private static final int GRAIN = 64 << 10;

  private final long mostBytes;
  private final List<ByteBuffer> free = new ArrayList<>();
  private final LentMedia<ByteBuffer> lent = new LentMedia<>(free::add);
  private long bytes;

  HotMedia(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The copy of something, if there is one. */
  LentMedia<ByteBuffer>.@Nullable Loan borrow(SegmentStore store, String name) {
    return lent.borrow(store, name);
  }

  /** A read-only view of its own. */
  static ByteBuffer bytes(LentMedia<ByteBuffer>.Loan loan) {
    return loan.copy().asReadOnlyBuffer().clear().limit(loan.length());
  }

  /** Makes a copy and lends it; null when there is no room for it. */
  synchronized LentMedia<ByteBuffer>.@Nullable Loan copy(
      SegmentStore store, String name, SegmentStore.Media media) {
    LentMedia<ByteBuffer>.Loan known = borrow(store, name);
    if (known != null) {
      return known;
    }
    int length = (int) media.length();
    ByteBuffer memory = memory(length);
    if (memory == null) {
      return null;
    }
    memory.clear();
    media.pieces().forEach(piece -> piece.putInto(memory));
    return lent.lend(store, name, memory, length);
  }

  private @Nullable ByteBuffer memory(int length) {
    // Powers of two, so that what one part leaves fits the next.
    int size = Math.max(GRAIN, Integer.highestOneBit(Math.max(1, length - 1)) << 1);
    ByteBuffer fitting = freed(size);
    if (fitting != null) {
      return fitting;
    }
    while (bytes + size > mostBytes && lent.forgetOne()) {
      fitting = freed(size);
      if (fitting != null) {
        return fitting;
      }
      // Of another size: left to the collector, so that the next one fits.
      free.forEach(unfit -> bytes -= unfit.capacity());
      free.clear();
    }
    if (bytes + size > mostBytes) {
      return null;
    }
    try {
      ByteBuffer memory = ByteBuffer.allocateDirect(size);
      bytes += size;
      return memory;
    } catch (OutOfMemoryError e) {
      return null; // The process has no more of this kind; the heap has the bytes.
    }
  }

  private @Nullable ByteBuffer freed(int size) {
    for (Iterator<ByteBuffer> all = free.iterator(); all.hasNext(); ) {
      ByteBuffer memory = all.next();
      if (memory.capacity() == size) {
        all.remove();
        return memory;
      }
    }
    return null;
  }
}
