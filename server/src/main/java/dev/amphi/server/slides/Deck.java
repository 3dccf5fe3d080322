package dev.amphi.server.slides;

import dev.amphi.composer.slides.SlidesRefused;
import dev.amphi.composer.slides.SlidesRefused.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  private final String id;
  private final String name;
  private final Path folder;
  private final List<CompletableFuture<Page>> pages = new ArrayList<>();
  private final CompletableFuture<Page> first = new CompletableFuture<>();
  private int wanted = 1;
  private boolean over;

  /**
   * @param id unique in the room
   * @param name of the file, as people know it
   */
  Deck(String id, String name, Path folder) {
    this.id = id;
    this.name = name;
    this.folder = folder;
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

  synchronized void opened(int count) {
    for (int i = 0; i < count && !over; i++) {
      pages.add(new CompletableFuture<>());
    }
  }

  /** The page to draw next: the one that is wanted, then those after it, then the others; or 0. */
  synchronized int next() {
    for (int i = 0; i < pages.size() && !over; i++) {
      int number = (wanted - 1 + i) % pages.size() + 1;
      if (!pages.get(number - 1).isDone()) {
        return number;
      }
    }
    return 0;
  }

  void drawn(int number, int width, int height, String title) {
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

  /** Nothing more is drawn. */
  void over(SlidesRefused why) {
    List<CompletableFuture<Page>> all;
    synchronized (this) {
      over = true;
      all = List.copyOf(pages);
    }
    all.forEach(page -> page.completeExceptionally(why));
    first.completeExceptionally(why);
  }
}
