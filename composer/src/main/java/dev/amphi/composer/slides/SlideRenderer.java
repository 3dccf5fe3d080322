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
   * @param next the number of the page to draw next, 0 when there is none
   * @throws SlidesRefused when nothing of it can be shown
   */
  public void render(Path pdf, Path folder, Listener listener, IntSupplier next)
      throws SlidesRefused, InterruptedException {
    long endNanos = System.nanoTime() + limits.total().toNanos();
    for (int deaths = 0; deaths < MOST_DEATHS && System.nanoTime() < endNanos; deaths++) {
      try (RendererProcess process = RendererProcess.start(command, limits, pdf, folder)) {
        int pages = process.open();
        if (deaths == 0) {
          listener.opened(pages);
        }
        if (draw(process, pages, endNanos, listener, next)) {
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

  /** Returns whether no page is left; otherwise the process died of one. */
  private static boolean draw(
      RendererProcess process, int pages, long endNanos, Listener listener, IntSupplier next)
      throws IOException, InterruptedException {
    for (int number = next.getAsInt(); number > 0; number = next.getAsInt()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (number > pages || System.nanoTime() > endNanos) {
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
