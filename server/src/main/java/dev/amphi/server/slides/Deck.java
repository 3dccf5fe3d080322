package dev.amphi.server.slides;

import dev.amphi.composer.slides.SlideRenderer.Job;
import dev.amphi.composer.slides.SlidesRefused;
import dev.amphi.composer.slides.SlidesRefused.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The pages of one PDF, which are drawn one after the other. Thread-safe. */
public final class Deck {
  /**
   * A page that is on the disk.
   *
   * @param number from 1
   * @param width pixels
   * @param height pixels
   * @param title or ""
   * @param png for browsers
   * @param packed for the program
   */
  public record Page(int number, int width, int height, String title, Path png, Path packed) {}

  /**
   * A page at the size of a tile, on the disk.
   *
   * @param width pixels
   * @param height pixels
   * @param packed for the program
   */
  public record Fitted(int width, int height, Path packed) {}

  private static final long MOST_BYTES = 384L << 20;

  private final String id;
  private final String name;
  private final Path folder;
  private final List<CompletableFuture<Page>> pages = new ArrayList<>();
  private final CompletableFuture<Page> first = new CompletableFuture<>();
  private final DeckSizes sizes;
  private final long mostBytes;
  private long pageBytes;
  private int wanted = 1;
  private boolean over;
  private boolean rests;

  /**
   * @param id unique in the room
   * @param name of the file, as people know it
   */
  Deck(String id, String name, Path folder) {
    this(id, name, folder, MOST_BYTES);
  }

  /**
   * @param mostBytes that its pages may take, those for tiles with them
   */
  Deck(String id, String name, Path folder, long mostBytes) {
    this.mostBytes = mostBytes;
    this.id = id;
    this.name = name;
    this.folder = folder;
    this.sizes = new DeckSizes(folder);
  }

  /** Unique in the room. */
  public String id() {
    return id;
  }

  /** Of the file. */
  public String name() {
    return name;
  }

  Path folder() {
    return folder;
  }

  /** How many pages; 0 until that is known. */
  public synchronized int count() {
    return pages.size();
  }

  /** How many pages are drawn. */
  public synchronized long ready() {
    return pages.stream().filter(page -> page.isDone() && !page.isCompletedExceptionally()).count();
  }

  /** The first page that could be drawn; fails with {@link SlidesRefused} when none can. */
  public CompletableFuture<Page> first() {
    return first;
  }

  /**
   * A page when it is drawn, which is the next thing to be done; fails with {@link SlidesRefused}
   * when it cannot be.
   *
   * @throws IndexOutOfBoundsException when there is no such page
   */
  public synchronized CompletableFuture<Page> page(int number) {
    CompletableFuture<Page> page = pages.get(number - 1);
    if (!page.isDone()) {
      wanted = number;
    }
    return page;
  }

  /**
   * A page for a tile of that size, once it is drawn; the other pages follow at the same size.
   * Fails with {@link SlidesRefused} when it cannot be, or another size is wanted by then.
   *
   * @param wake is called when nobody draws this deck at the moment
   * @throws IndexOutOfBoundsException when there is no such page
   */
  CompletableFuture<Fitted> fit(int number, int width, int height, Runnable wake) {
    CompletableFuture<Fitted> fitted;
    boolean asleep;
    synchronized (this) {
      Page whole = pages.get(number - 1).getNow(null);
      if (whole != null && fills(whole, width, height)) {
        sizes.wantNone();
        return CompletableFuture.completedFuture(
            new Fitted(whole.width(), whole.height(), whole.packed()));
      }
      wanted = number;
      fitted = sizes.want(number, width, height);
      asleep = rests && !over && !nextJob().equals(Job.NONE);
      rests &= !asleep;
    }
    if (asleep) {
      wake.run();
    }
    return fitted;
  }

  /** The best there is of a page for the tile that was wanted last. */
  public synchronized Fitted best(Page page) {
    return sizes
        .drawn(page.number())
        .orElseGet(() -> new Fitted(page.width(), page.height(), page.packed()));
  }

  /** Whether the page was drawn for just that size. */
  private static boolean fills(Page page, int width, int height) {
    return page.width() <= width
        && page.height() <= height
        && (page.width() == width || page.height() == height);
  }

  /** How many pages there are; known after the first time. */
  synchronized void opened(int count) {
    for (int i = pages.size(); i < count && !over; i++) {
      pages.add(new CompletableFuture<>());
    }
  }

  /** What to draw next; once that is nothing, whoever drew is expected to end. */
  synchronized Job next() {
    Job job = over ? Job.NONE : nextJob();
    rests = job.equals(Job.NONE);
    return job;
  }

  /**
   * The page that is wanted, whole and then for its tile; then those after it, then the others; all
   * whole ones before others for tiles.
   */
  private Job nextJob() {
    if (!pages.isEmpty() && pages.get(wanted - 1).isDone()) {
      Job shown = sizes.job(wanted);
      if (shown.page() > 0) {
        return shown;
      }
    }
    for (int i = 0; i < pages.size(); i++) {
      int number = (wanted - 1 + i) % pages.size() + 1;
      if (!pages.get(number - 1).isDone()) {
        return Job.whole(number);
      }
    }
    for (int i = 0; i < pages.size() && !sizes.isEmpty(); i++) {
      Job job = sizes.job((wanted - 1 + i) % pages.size() + 1);
      if (job.page() > 0) {
        return job;
      }
    }
    return Job.NONE;
  }

  /** A page was drawn for a tile; it is kept if there is room. */
  void fitted(Job job, int width, int height, long bytes) {
    Optional<CompletableFuture<Fitted>> fitted;
    synchronized (this) {
      fitted = sizes.keep(job, bytes, mostBytes - pageBytes);
    }
    fitted.ifPresent(kept -> kept.complete(new Fitted(width, height, sizes.file(job))));
  }

  /** A page cannot be drawn for that tile. */
  synchronized void notFitted(Job job) {
    sizes.failed(job);
  }

  /** A page was drawn; pages for tiles make room for it, and only its own kind can be too much. */
  void drawn(int number, int width, int height, String title, long bytes) {
    boolean fits;
    synchronized (this) {
      pageBytes += bytes;
      fits = pageBytes <= mostBytes;
      sizes.shrink(mostBytes - pageBytes);
    }
    if (!fits) {
      over(new SlidesRefused(Reason.TOO_HEAVY));
      return;
    }
    Page page =
        new Page(
            number,
            width,
            height,
            title,
            folder.resolve(number + ".png"),
            folder.resolve(number + ".yuv"));
    at(number).complete(page);
    first.complete(page);
  }

  void failed(int number) {
    at(number).completeExceptionally(new SlidesRefused(Reason.TOO_HEAVY));
  }

  private synchronized CompletableFuture<Page> at(int number) {
    return pages.get(number - 1);
  }

  /** All of it was drawn once; what is not there cannot be. */
  void drawnOnce() {
    List<CompletableFuture<Page>> all;
    synchronized (this) {
      all = List.copyOf(pages);
    }
    SlidesRefused why = new SlidesRefused(Reason.TOO_HEAVY);
    all.forEach(page -> page.completeExceptionally(why));
    first.completeExceptionally(why);
  }

  /** Nothing more is drawn. */
  void over(SlidesRefused why) {
    List<CompletableFuture<Page>> all;
    synchronized (this) {
      over = true;
      all = List.copyOf(pages);
      sizes.over(why);
    }
    all.forEach(page -> page.completeExceptionally(why));
    first.completeExceptionally(why);
  }
}
