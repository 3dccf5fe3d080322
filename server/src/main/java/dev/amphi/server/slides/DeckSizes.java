package dev.amphi.server.slides;

import dev.amphi.composer.slides.SlideRenderer.Job;
import dev.amphi.composer.slides.SlidesRefused;
import dev.amphi.composer.slides.SlidesRefused.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;

/**
 * A deck's pages at the sizes of the tiles that they are shown in. The size that is wanted now is
 * drawn; those of before are kept, a few of them, as long as there is room. Guarded by the deck.
 */
final class DeckSizes {
  /** Layouts that a class goes to and fro between. */
  private static final int MOST_SIZES = 3;

  /** No tile is drawn for beyond this. */
  private static final int MOST_WIDTH = 1_920;

  private static final int MOST_HEIGHT = 1_080;

  /** A tile, in pixels. */
  private record Size(int width, int height) {}

  /** The pages of one size, and what they take on the disk. */
  private static final class Pages {
    final Map<Integer, CompletableFuture<Deck.Fitted>> drawn = new HashMap<>();
    long bytes;

    CompletableFuture<Deck.Fitted> page(int number) {
      return drawn.computeIfAbsent(number, missing -> new CompletableFuture<>());
    }
  }

  private final Path folder;

  /** That which was wanted longest ago comes first. */
  private final SequencedMap<Size, Pages> sizes = new LinkedHashMap<>();

  private Size wanted = new Size(0, 0);
  private long bytes;

  DeckSizes(Path folder) {
    this.folder = folder;
  }

  /** A page for a tile of that size, which is the size that is drawn from now on. */
  CompletableFuture<Deck.Fitted> want(int page, int width, int height) {
    wanted = new Size(Math.min(width, MOST_WIDTH), Math.min(height, MOST_HEIGHT));
    Pages known = sizes.remove(wanted);
    Pages pages = known == null ? new Pages() : known;
    sizes.putLast(wanted, pages);
    if (sizes.size() > MOST_SIZES) {
      dropOldest();
    }
    return pages.page(page);
  }

  /** No size is wanted now. */
  void wantNone() {
    wanted = new Size(0, 0);
  }

  /** Gives sizes up, the oldest first, until what is left takes no more than that. */
  void shrink(long mostBytes) {
    while (bytes > mostBytes && !sizes.isEmpty()) {
      dropOldest();
    }
  }

  private void dropOldest() {
    drop(sizes.firstEntry().getKey());
  }

  private void drop(Size size) {
    Pages gone = sizes.remove(size);
    if (gone != null) {
      bytes -= gone.bytes;
      gone.drawn.forEach(
          (page, fitted) -> {
            fitted.completeExceptionally(new SlidesRefused(Reason.UNAVAILABLE));
            delete(new Job(page, size.width, size.height));
          });
    }
  }

  private void delete(Job job) {
    try {
      Files.deleteIfExists(file(job));
    } catch (IOException e) {
      System.getLogger(DeckSizes.class.getName())
          .log(System.Logger.Level.WARNING, "a page is left behind: {0}", e.toString());
    }
  }

  /** Where that page is when it is drawn. */
  Path file(Job job) {
    return folder.resolve(job.stem() + ".yuv");
  }

  /** Whether any size was ever wanted. */
  boolean isEmpty() {
    return sizes.isEmpty();
  }

  /** What has to be drawn of a page, if anything. */
  Job job(int page) {
    Pages pages = sizes.get(wanted);
    CompletableFuture<Deck.Fitted> known = pages == null ? null : pages.drawn.get(page);
    boolean done = pages == null || (known != null && known.isDone());
    return done ? Job.NONE : new Job(page, wanted.width, wanted.height);
  }

  /** A page at the size that is wanted, if it is drawn. */
  Optional<Deck.Fitted> drawn(int page) {
    Pages pages = sizes.get(wanted);
    CompletableFuture<Deck.Fitted> known = pages == null ? null : pages.drawn.get(page);
    return known == null || !known.isDone() || known.isCompletedExceptionally()
        ? Optional.empty()
        : Optional.of(known.join());
  }

  /**
   * A page is on the disk. It is kept if its size is, and there is room; for the size that is
   * wanted now others make room.
   *
   * @param mostBytes what all sizes may take
   * @return whom to tell, if it is kept
   */
  Optional<CompletableFuture<Deck.Fitted>> keep(Job job, long pageBytes, long mostBytes) {
    Size size = new Size(job.width(), job.height());
    Pages pages = sizes.get(size);
    if (pages != null && size.equals(wanted) && pages.bytes + pageBytes <= mostBytes) {
      while (bytes + pageBytes > mostBytes) {
        dropOldest(); // The wanted one is the last, and has room alone.
      }
    }
    if (pages == null || bytes + pageBytes > mostBytes) {
      delete(job);
      failed(job);
      return Optional.empty();
    }
    pages.bytes += pageBytes;
    bytes += pageBytes;
    return Optional.of(pages.page(job.page()));
  }

  /** A page cannot be had at that size, and is not asked for again. */
  void failed(Job job) {
    Pages pages = sizes.get(new Size(job.width(), job.height()));
    if (pages != null) {
      pages.page(job.page()).completeExceptionally(new SlidesRefused(Reason.TOO_HEAVY));
    }
  }

  /** Nothing more is drawn. */
  void over(SlidesRefused why) {
    sizes
        .values()
        .forEach(pages -> pages.drawn.values().forEach(p -> p.completeExceptionally(why)));
  }
}
