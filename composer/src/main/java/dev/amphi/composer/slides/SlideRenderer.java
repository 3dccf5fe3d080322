package dev.amphi.composer.slides;

import dev.amphi.composer.slides.SlidesRefused.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Draws the pages of a PDF in a process of its own. A page that is too heavy for it costs that
 * process; another goes on with the next page.
 */
public final class SlideRenderer {
  /** Processes that one PDF may cost before the rest of its pages is given up. */
  private static final int MOST_DEATHS = 5;

  /**
   * How much a PDF may take.
   *
   * @param width of the canvas, pixels; no page is drawn larger
   * @param height of the canvas, pixels
   * @param mostPages what has more is refused
   * @param open how long reading the file may take, with the start of the process
   * @param page how long one page may take
   * @param total how long all of it may take
   * @param mostBytes of memory in RAM
   */
  public record Limits(
      int width,
      int height,
      int mostPages,
      Duration open,
      Duration page,
      Duration total,
      long mostBytes) {
    /** For 1280×720. */
    public static final Limits STANDARD =
        new Limits(
            1280,
            720,
            300,
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            700L << 20);
  }

  /** Hears how it goes, on the thread that {@link #render} blocks. */
  public interface Listener {
    /** The file is a PDF with so many pages. */
    void opened(int pages);

    /**
     * A page is in the folder as {@code <number>.png} and, packed, as {@code <number>.yuv}.
     *
     * @param width pixels, even
     * @param height pixels, even
     * @param title one line of text, or ""
     */
    void drawn(int number, int width, int height, String title);

    /** A page cannot be drawn. */
    void failed(int number);
  }

  private final RendererCommand command;
  private final Limits limits;

  public SlideRenderer(RendererCommand command, Limits limits) {
    this.command = command;
    this.limits = limits;
  }

  /**
   * Draws pages until there is none left; blocks, and ends soon after an interrupt.
   *
   * @param next the number of the page to draw next, 0 when there is none; as long as it blocks,
   *     the process rests, and that time is not the PDF's
   * @throws SlidesRefused when nothing of it can be shown
   */
  public void render(Path pdf, Path folder, Listener listener, IntSupplier next)
      throws SlidesRefused, InterruptedException {
    Allowance allowance = new Allowance(limits.total(), next);
    for (int deaths = 0; deaths < MOST_DEATHS && !allowance.isSpent(); deaths++) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      try (RendererProcess process = RendererProcess.start(command, limits, pdf, folder)) {
        int pages = process.open();
        if (deaths == 0) {
          listener.opened(pages);
        }
        if (draw(process, pages, listener, allowance)) {
          return;
        }
      } catch (IOException e) {
        throw new SlidesRefused(Reason.UNAVAILABLE);
      }
    }
    for (int number = next.getAsInt(); number > 0; number = next.getAsInt()) {
      listener.failed(number);
    }
  }

  /** What a PDF may still take. */
  private static final class Allowance {
    private final IntSupplier next;
    private long endNanos;

    Allowance(Duration total, IntSupplier next) {
      this.next = next;
      this.endNanos = System.nanoTime() + total.toNanos();
    }

    int next() {
      long askedNanos = System.nanoTime();
      int number = next.getAsInt();
      endNanos += System.nanoTime() - askedNanos;
      return number;
    }

    boolean isSpent() {
      return System.nanoTime() - endNanos > 0;
    }
  }

  /** Returns whether no page is left; otherwise the process died of one. */
  private static boolean draw(
      RendererProcess process, int pages, Listener listener, Allowance allowance)
      throws IOException, InterruptedException {
    for (int number = allowance.next(); number > 0; number = allowance.next()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (number > pages || allowance.isSpent()) {
        listener.failed(number);
        continue;
      }
      switch (process.draw(number)) {
        case RendererProcess.Outcome.Drawn drawn ->
            listener.drawn(number, drawn.width(), drawn.height(), drawn.title());
        case RendererProcess.Outcome.Failed failed -> listener.failed(number);
        case RendererProcess.Outcome.Died died -> {
          listener.failed(number);
          return false;
        }
      }
    }
    return true;
  }
}
