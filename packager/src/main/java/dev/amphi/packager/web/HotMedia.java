package dev.amphi.packager.web;

import dev.amphi.packager.store.SegmentStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies of what was asked for last, outside the heap: what thousands ask for at once the kernel
 * takes from there as it is, instead of having it copied for each of them. The memory is used over
 * and over; what does not fit is sent from the heap. Thread-safe.
 */
final class HotMedia {
  private static final int GRAIN = 64 << 10;

  private record Key(SegmentStore store, String name) {}

  /** Some bytes outside the heap, which stay as they are until given back. */
  final class Loan {
    private final ByteBuffer memory;
    private final int length;
    private int readers;

    private Loan(ByteBuffer memory, int length) {
      this.memory = memory;
      this.length = length;
    }

    /** A read-only view of its own. */
    ByteBuffer bytes() {
      return memory.asReadOnlyBuffer().clear().limit(length);
    }

    /** To be called once for each time that it was lent. */
    void giveBack() {
      synchronized (HotMedia.this) {
        readers--;
      }
    }
  }

  private final long mostBytes;
  private final Map<Key, Loan> loans = new LinkedHashMap<>(64, 0.75f, true);
  private final List<ByteBuffer> free = new ArrayList<>();
  private long bytes;

  HotMedia(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The copy of something, if there is one. */
  synchronized @Nullable Loan borrow(SegmentStore store, String name) {
    Loan loan = loans.get(new Key(store, name));
    if (loan != null) {
      loan.readers++;
    }
    return loan;
  }

  /** Makes a copy and lends it; null when there is no room for it. */
  synchronized @Nullable Loan copy(SegmentStore store, String name, SegmentStore.Media media) {
    Loan known = borrow(store, name);
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
    Loan loan = new Loan(memory, length);
    loan.readers = 1;
    loans.put(new Key(store, name), loan);
    return loan;
  }

  private @Nullable ByteBuffer memory(int length) {
    // Powers of two, so that what one part leaves fits the next.
    int size = Math.max(GRAIN, Integer.highestOneBit(Math.max(1, length - 1)) << 1);
    ByteBuffer fitting = freed(size);
    if (fitting != null) {
      return fitting;
    }
    while (bytes + size > mostBytes && forgetOne()) {
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

  /** Takes the memory of what nobody has asked for the longest, and nobody is being sent. */
  private boolean forgetOne() {
    for (Iterator<Loan> all = loans.values().iterator(); all.hasNext(); ) {
      Loan loan = all.next();
      if (loan.readers == 0) {
        all.remove();
        free.add(loan.memory);
        return true;
      }
    }
    return false;
  }
}
