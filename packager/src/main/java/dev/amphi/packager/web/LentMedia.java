package dev.amphi.packager.web;

import dev.amphi.packager.store.SegmentStore;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies of media, lent to those who send them: what was asked for the longest ago is forgotten
 * first, and never while somebody sends it. Thread-safe.
 *
 * @param <T> what holds a copy's bytes
 */
final class LentMedia<T> {
  private record Key(SegmentStore store, String name) {}

  /** A copy that stays as it is until it is given back. */
  final class Loan {
    private final T copy;
    private final int length;
    private int readers = 1;

    private Loan(T copy, int length) {
      this.copy = copy;
      this.length = length;
    }

    T copy() {
      return copy;
    }

    /** In bytes. */
    int length() {
      return length;
    }

    /** To be called once for each time that it was lent. */
    void giveBack() {
      synchronized (LentMedia.this) {
        readers--;
      }
    }
  }

  private final Map<Key, Loan> loans = new LinkedHashMap<>(64, 0.75f, true);
  private final Consumer<T> forgotten;

  /**
   * @param forgotten takes back what held a copy
   */
  LentMedia(Consumer<T> forgotten) {
    this.forgotten = forgotten;
  }

  /** The copy of something, if there is one. */
  synchronized @Nullable Loan borrow(SegmentStore store, String name) {
    Loan loan = loans.get(new Key(store, name));
    if (loan != null) {
      loan.readers++;
    }
    return loan;
  }

  /** Keeps a copy and lends it. */
  synchronized Loan lend(SegmentStore store, String name, T copy, int length) {
    Loan loan = new Loan(copy, length);
    loans.put(new Key(store, name), loan);
    return loan;
  }

  /** Forgets what nobody has asked for the longest, and nobody is being sent; false: nothing. */
  synchronized boolean forgetOne() {
    for (Iterator<Loan> all = loans.values().iterator(); all.hasNext(); ) {
      Loan loan = all.next();
      if (loan.readers == 0) {
        all.remove();
        forgotten.accept(loan.copy);
        return true;
      }
    }
    return false;
  }
}
