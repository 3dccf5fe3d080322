package dev.amphi.server.slides;

import dev.amphi.composer.slides.SlideRenderer.Job;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * One deck's right to draw. After each page it goes to whoever waits for it, so that a long deck
 * keeps nobody's first page waiting. For one thread.
 */
final class PageShare implements Supplier<Job>, AutoCloseable {
  private final Semaphore rights;
  private final Supplier<Job> next;
  private boolean held;
  private boolean began;

  /**
   * Waits for the right.
   *
   * @param rights fair
   * @param next what the deck wants next
   */
  PageShare(Semaphore rights, Supplier<Job> next) throws InterruptedException {
    this.rights = rights;
    this.next = next;
    rights.acquire();
    held = true;
  }

  /** What to draw next, when it is this deck's turn again. */
  @Override
  public Job get() {
    if (began && rights.hasQueuedThreads()) {
      close();
      try {
        rights.acquire();
        held = true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Job.NONE;
      }
    }
    began = true;
    return next.get();
  }

  @Override
  public void close() {
    if (held) {
      held = false;
      rights.release();
    }
  }
}
