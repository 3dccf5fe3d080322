package dev.amphi.server.slides;

import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;

/**
 * One deck's right to draw. After each page it goes to whoever waits for it, so that a long deck
 * keeps nobody's first page waiting. For one thread.
 */
final class PageShare implements IntSupplier, AutoCloseable {
  private final Semaphore rights;
  private final IntSupplier next;
  private boolean held;
  private boolean began;

  /**
   * Waits for the right.
   *
   * @param rights fair
   * @param next the deck's next page, or 0
   */
  PageShare(Semaphore rights, IntSupplier next) throws InterruptedException {
    this.rights = rights;
    this.next = next;
    rights.acquire();
    held = true;
  }

  /** The page to draw next, when it is this deck's turn again; 0 when there is none. */
  @Override
  public int getAsInt() {
    if (began && rights.hasQueuedThreads()) {
      close();
      try {
        rights.acquire();
        held = true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return 0;
      }
    }
    began = true;
    return next.getAsInt();
  }

  @Override
  public void close() {
    if (held) {
      held = false;
      rights.release();
    }
  }
}
