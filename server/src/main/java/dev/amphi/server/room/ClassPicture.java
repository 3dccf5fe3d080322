package dev.amphi.server.room;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.interactive.api.PictureChange;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.server.slides.Chapters;
import dev.amphi.server.slides.PageTurns;
import dev.amphi.server.slides.ProgramSurfaces;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How a class's picture is arranged, and which slides and captions are in it. Thread-safe. */
public final class ClassPicture {
  private final ClassThread thread;
  private final ClassLife life;
  private final Production production;
  private final Supplier<RoomStatus> status;
  private final Supplier<RoomStatus> announced;
  private final PageTurns turns = new PageTurns();

  /**
   * @param status says what is
   * @param announced tells everybody what has changed, and says what is
   */
  ClassPicture(
      ClassThread thread,
      ClassLife life,
      Production production,
      Supplier<RoomStatus> status,
      Supplier<RoomStatus> announced) {
    this.thread = thread;
    this.life = life;
    this.production = production;
    this.status = status;
    this.announced = announced;
  }

  /** Chooses the layout; {@code spotlight} leads it, or "" for nobody; who is hidden stays so. */
  public CompletableFuture<RoomStatus> layout(String wanted, String spotlight) {
    return layout(wanted, spotlight, Optional.empty());
  }

  /** Chooses the layout, who leads it, and whom it does not show, if that is to change. */
  public CompletableFuture<RoomStatus> layout(
      String wanted, String spotlight, Optional<Set<String>> hidden) {
    return change(
        new PictureChange(Optional.of(wanted), Optional.of(spotlight), hidden, Set.of(), Set.of()));
  }

  /** Changes what is said of the picture, and nothing else of it. */
  public CompletableFuture<RoomStatus> change(PictureChange change) {
    return thread.command(
        () -> {
          Arrangement now = production.arrangement();
          Arrangement arrangement =
              ClassRules.arrangement(
                  change.layout().orElse(now.layout()),
                  change.spotlight().orElse(now.spotlight()),
                  change.unseen(now.hidden()));
          life.state().requireOpen("layout");
          production.arrange(arrangement);
          return announced.get();
        });
  }

  /** The order of the page turns. */
  public PageTurns turns() {
    return turns;
  }

  /**
   * Puts a page of slides up, or takes them down; changes nothing once a later turn began.
   *
   * @param turn what {@link #turns} gave it
   */
  public CompletableFuture<RoomStatus> slides(long turn, Optional<ProgramSurfaces.Up> page) {
    return thread.command(
        () -> {
          life.state().requireOpen("slides");
          if (turns.isStale(turn)) {
            return status.get();
          }
          production.slides(page);
          lookForChaptersLater();
          return announced.get();
        });
  }

  private void lookForChaptersLater() {
    Executor settled =
        CompletableFuture.delayedExecutor(Chapters.SETTLED.toMillis(), TimeUnit.MILLISECONDS);
    settled.execute(() -> thread.event(production.recording()::poll));
  }

  /**
   * Captions what is said: it is shown to those who watch and want captions.
   *
   * @param from when it was begun to be said
   * @param until when it has been read
   * @param participantId who says it, "" where that is not told
   */
  public CompletableFuture<RoomStatus> caption(
      Instant from, Instant until, String text, String participantId) {
    return thread.command(
        () -> {
          life.state().requireOpen("captions");
          if (production.curtain().down()) {
            throw new Refusal(
                409,
                "bad_state",
                "Nobody is seen or heard in the program now, so nothing is captioned.");
          }
          if (production.isWithheld(participantId)) {
            throw new Refusal(
                409,
                "bad_state",
                "'" + participantId + "' is not in the program, so neither are their words.");
          }
          boolean taken;
          try {
            taken = production.caption(from, until, text);
          } catch (IllegalArgumentException e) {
            throw new Refusal(422, "malformed", "This cannot be shown: " + e.getMessage() + ".");
          }
          if (!taken) {
            throw new Refusal(
                409, "bad_state", "Nothing is on air that could be captioned: go live first.");
          }
          return status.get();
        });
  }
}
