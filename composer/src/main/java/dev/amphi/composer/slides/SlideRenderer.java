package dev.amphi.composer.slides;

import dev.amphi.composer.slides.SlidesRefused.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

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
   * @param open how much of a processor's time reading the file may take, with the start of the
   *     process; on a busy machine four times as long by the clock
   * @param page how much one page may take, likewise
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

  /**
   * What to draw next.
   *
   * @param page its number; 0 for nothing
   * @param width of the tile that the page is to fit into, pixels; 0 for the whole canvas
   * @param height of the tile
   */
  public record Job(int page, int width, int height) {
    /** Nothing is left. */
    public static final Job NONE = new Job(0, 0, 0);

    /** A page for the whole canvas, and for browsers. */
    public static Job whole(int page) {
      return new Job(page, 0, 0);
    }

    /** Whether it is one for the whole canvas. */
    public boolean isWhole() {
      return width == 0;
    }

    /** What its picture is called, without what says which kind. */
    public String stem() {
      return isWhole() ? String.valueOf(page) : page + "-" + width + "x" + height;
    }
  }

  /** What one PDF may still take, however often it is drawn from. Thread-safe. */
  public static final class Allowance {
    private long leftNanos;
    private int deaths;

    private Allowance(Duration total) {
      leftNanos = total.toNanos();
    }

    private synchronized void took(long nanos) {
      leftNanos -= nanos;
    }

    private synchronized void died() {
      deaths++;
    }

    private synchronized boolean isSpent() {
      return leftNanos <= 0 || deaths >= MOST_DEATHS;
    }
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

    /**
     * A page is in the folder at the size of a tile, packed, as {@link Job#stem} with {@code .yuv}.
     *
     * @param width pixels, even
     * @param height pixels, even
     */
    default void fitted(Job job, int width, int height) {}

    /** A page cannot be drawn at the size of that tile. */
    default void notFitted(Job job) {}
  }

  private final RendererCommand command;
  private final Limits limits;

  public SlideRenderer(RendererCommand command, Limits limits) {
    this.command = command;
    this.limits = limits;
  }

  /** What a PDF may take in all. */
  public Allowance allowance() {
    return new Allowance(limits.total());
  }

  /**
   * Draws whole pages until there is none left; blocks, and ends soon after an interrupt.
   *
   * @param next the number of the page to draw next, 0 when there is none
   * @throws SlidesRefused when nothing of it can be shown
   */
  public void render(Path pdf, Path folder, Listener listener, IntSupplier next)
      throws SlidesRefused, InterruptedException {
    render(pdf, folder, listener, () -> Job.whole(next.getAsInt()), allowance());
  }

  /**
   * Draws until nothing is left; blocks, and ends soon after an interrupt.
   *
   * @param next what to draw next; as long as it blocks, the process rests, and that time is not
   *     the PDF's
   * @throws SlidesRefused when nothing of it can be shown
   */
  public void render(
      Path pdf, Path folder, Listener listener, Supplier<Job> next, Allowance allowance)
      throws SlidesRefused, InterruptedException {
    boolean opened = false;
    while (!allowance.isSpent()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long startNanos = System.nanoTime();
      try (RendererProcess process = RendererProcess.start(command, limits, pdf, folder)) {
        int pages = process.open();
        allowance.took(System.nanoTime() - startNanos);
        if (!opened) {
          listener.opened(pages);
          opened = true;
        }
        if (draw(process, pages, listener, next, allowance)) {
          return;
        }
      } catch (IOException e) {
        throw new SlidesRefused(Reason.UNAVAILABLE);
      }
    }
    for (Job job = next.get(); job.page() > 0; job = next.get()) {
      failed(listener, job);
    }
  }

  /** Returns whether nothing is left; otherwise the process died of a page. */
  private static boolean draw(
      RendererProcess process,
      int pages,
      Listener listener,
      Supplier<Job> next,
      Allowance allowance)
      throws IOException, InterruptedException {
    for (Job job = next.get(); job.page() > 0; job = next.get()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (job.page() > pages || allowance.isSpent()) {
        failed(listener, job);
        continue;
      }
      long startNanos = System.nanoTime();
      RendererProcess.Outcome outcome = process.draw(job);
      allowance.took(System.nanoTime() - startNanos);
      switch (outcome) {
        case RendererProcess.Outcome.Drawn drawn -> {
          if (job.isWhole()) {
            listener.drawn(job.page(), drawn.width(), drawn.height(), drawn.title());
          } else {
            listener.fitted(job, drawn.width(), drawn.height());
          }
        }
        case RendererProcess.Outcome.Failed failed -> failed(listener, job);
        case RendererProcess.Outcome.Died died -> {
          allowance.died();
          failed(listener, job);
          return false;
        }
      }
    }
    return true;
  }

  private static void failed(Listener listener, Job job) {
    if (job.isWhole()) {
      listener.failed(job.page());
    } else {
      listener.notFitted(job);
    }
  }
}
