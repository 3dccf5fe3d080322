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
import java.util.concurrent.CompletableFuture;

/**
 * A deck's pages at the sizes of the tiles that they are shown in. The size that is wanted now is
 * drawn; those of before are kept, a few of them. Guarded by the deck.
 */
final class DeckSizes {
  /** Layouts that a class goes to and fro between. */
  private static final int MOST_SIZES = 3;

  /** No tile is drawn for beyond this. */
  private static final int MOST_WIDTH = 1_920;

  private static final int MOST_HEIGHT = 1_080;

  /** A tile, in pixels. */
  private record Size(int width, int height) {}

  private final Path folder;
  private final Map<Size, Map<Integer, CompletableFuture<Deck.Fitted>>> sizes =
      new LinkedHashMap<>(4, 0.75f, true);
  private Size wanted = new Size(0, 0);

  DeckSizes(Path folder) {
    this.folder = folder;
  }

  /** A page for a tile of that size, which is the size that is drawn from now on. */
  CompletableFuture<Deck.Fitted> want(int page, int width, int height) {
    wanted = new Size(Math.min(width, MOST_WIDTH), Math.min(height, MOST_HEIGHT));
    Map<Integer, CompletableFuture<Deck.Fitted>> pages =
        sizes.computeIfAbsent(wanted, size -> new HashMap<>());
    if (sizes.size() > MOST_SIZES) {
      drop(sizes.keySet().iterator().next());
    }
    return pages.computeIfAbsent(page, number -> new CompletableFuture<>());
  }

  /** No size is wanted now. */
  void wantNone() {
    wanted = new Size(0, 0);
  }

  private void drop(Size size) {
    Map<Integer, CompletableFuture<Deck.Fitted>> gone = sizes.remove(size);
    if (gone != null) {
      gone.forEach(
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
    Map<Integer, CompletableFuture<Deck.Fitted>> pages = sizes.get(wanted);
    CompletableFuture<Deck.Fitted> known = pages == null ? null : pages.get(page);
    boolean done = pages == null || (known != null && known.isDone());
    return done ? Job.NONE : new Job(page, wanted.width, wanted.height);
  }

  /** A page at the size that is wanted, if it is drawn. */
  Optional<Deck.Fitted> drawn(int page) {
    Map<Integer, CompletableFuture<Deck.Fitted>> pages = sizes.get(wanted);
    CompletableFuture<Deck.Fitted> known = pages == null ? null : pages.get(page);
    return known == null || !known.isDone() || known.isCompletedExceptionally()
        ? Optional.empty()
        : Optional.of(known.join());
  }

  /** A page is drawn; what nobody wants any more is not kept. */
  CompletableFuture<Deck.Fitted> drawn(Job job) {
    Map<Integer, CompletableFuture<Deck.Fitted>> pages =
        sizes.get(new Size(job.width(), job.height()));
    if (pages == null) {
      delete(job);
      return new CompletableFuture<>();
    }
    return pages.computeIfAbsent(job.page(), number -> new CompletableFuture<>());
  }

  /** Nothing more is drawn. */
  void over(SlidesRefused why) {
    sizes.values().forEach(pages -> pages.values().forEach(p -> p.completeExceptionally(why)));
  }
}
