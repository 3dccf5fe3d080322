package dev.amphi.server.adapter;

import dev.amphi.composer.slides.SlidesRefused;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.SlidesUp;
import dev.amphi.server.room.Classroom;
import dev.amphi.server.slides.Deck;
import dev.amphi.server.slides.DeckShelf;
import dev.amphi.server.slides.Fitting;
import dev.amphi.server.slides.PagePicture;
import dev.amphi.server.slides.ProgramSurfaces;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Turns a class's slides. Thread-safe. */
public final class SlideDesk {
  private static final System.Logger LOG = System.getLogger(SlideDesk.class.getName());
  private static final long LONGEST_WAIT_S = 20;

  private final DeckShelf shelf;

  public SlideDesk(DeckShelf shelf) {
    this.shelf = shelf;
  }

  /** The decks. */
  public DeckShelf shelf() {
    return shelf;
  }

  /**
   * Turns to a page and puts it up, when it is drawn; or takes the slides down by "". Once a later
   * turn began it changes nothing, and answers with what is.
   */
  public CompletableFuture<RoomStatus> turn(Classroom room, String deckId, int page) {
    String roomId = room.status().id();
    if (deckId.isEmpty()) {
      return room.picture().slides(room.picture().turns().begin(), Optional.empty());
    }
    Deck deck = shelf.find(roomId, deckId).orElse(null);
    if (deck == null) {
      return refused(404, "unknown_slides", "There are no slides '" + deckId + "' here.");
    }
    if (page < 1 || page > deck.count()) {
      return refused(
          422, "malformed", "'page' is " + page + ", but it must be 1 to " + deck.count() + ".");
    }
    long turn = room.picture().turns().begin();
    return deck.page(page)
        .copy()
        .orTimeout(LONGEST_WAIT_S, TimeUnit.SECONDS)
        .exceptionallyCompose(
            failure -> refused(409, "not_drawn", "Page " + page + " could not be drawn."))
        // Whoever asks may be a room's loop, which reads no files.
        .thenComposeAsync(drawn -> putUp(room, turn, deck, drawn), Thread::startVirtualThread);
  }

  /**
   * Puts up the first page of a deck that has arrived, unless somebody turned meanwhile.
   *
   * @param seen the last turn when the deck began to arrive
   */
  public CompletableFuture<RoomStatus> arrived(
      Classroom room, long seen, Deck deck, Deck.Page page) {
    if (!room.picture().turns().beginAfter(seen)) {
      return CompletableFuture.completedFuture(room.status());
    }
    return CompletableFuture.completedFuture(page)
        .thenComposeAsync(drawn -> putUp(room, seen + 1, deck, drawn), Thread::startVirtualThread);
  }

  private CompletableFuture<RoomStatus> putUp(
      Classroom room, long turn, Deck deck, Deck.Page page) {
    if (room.picture().turns().isStale(turn)) {
      return CompletableFuture.completedFuture(room.status());
    }
    SlidesUp view =
        new SlidesUp(
            deck.id(),
            page.number(),
            deck.count(),
            deck.name(),
            page.title(),
            page.width(),
            page.height());
    try {
      PagePicture picture = read(deck.best(page));
      Fitting fitting = fitting(room.status().id(), deck, page.number());
      return room.picture()
          .slides(turn, Optional.of(new ProgramSurfaces.Up(view, picture, fitting)));
    } catch (IOException e) {
      return refused(503, "unavailable", "The page cannot be read: " + e.getMessage());
    }
  }

  private static PagePicture read(Deck.Fitted page) throws IOException {
    return new PagePicture(page.width(), page.height(), Files.readAllBytes(page.packed()));
  }

  private Fitting fitting(String roomId, Deck deck, int page) {
    return (width, height, then) -> {
      CompletionStage<Deck.Fitted> drawn = shelf.fit(roomId, deck, page, width, height);
      drawn.thenAcceptAsync(fitted -> hand(fitted, then), Thread::startVirtualThread);
    };
  }

  private static void hand(Deck.Fitted fitted, Consumer<PagePicture> then) {
    try {
      then.accept(read(fitted));
    } catch (IOException e) { // the deck was taken away, or other sizes came: what is up stays
      LOG.log(System.Logger.Level.DEBUG, "a page went: {0}", e.toString());
    }
  }

  private static <T> CompletableFuture<T> refused(int status, String code, String detail) {
    return CompletableFuture.failedFuture(new Refusal(status, code, detail));
  }

  /** A refusal with the sentence for whoever brought the file. */
  public static Refusal refusal(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!(cause instanceof SlidesRefused refused)) {
      return new Refusal(503, "unavailable", SlidesRefused.Reason.UNAVAILABLE.sentence());
    }
    int status =
        switch (refused.reason()) {
          case NOT_A_PDF -> 415;
          case TOO_LARGE -> 413;
          case UNAVAILABLE -> 503;
          case EMPTY, ENCRYPTED, TOO_MANY_PAGES, TOO_HEAVY -> 422;
        };
    String code = "slides_" + refused.reason().name().toLowerCase(java.util.Locale.ROOT);
    return new Refusal(status, code, refused.reason().sentence());
  }
}
