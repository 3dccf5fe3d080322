package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.SlidesUp;
import dev.amphi.server.adapter.SlideDesk;
import dev.amphi.server.slides.Deck;
import dev.amphi.server.slides.DeckShelf;
import dev.amphi.server.slides.ScriptedRenderer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is drawn when, the class sees what was asked for last. */
class PageTurningTest {
  private final Classroom room =
      new Classroom(
          new Fakes().parts(),
          new RoomSpec("maths", "Maths", RoomSpec.OPEN),
          Decisions.NONE,
          new FakeLease());

  private ScriptedRenderer renderer;
  private DeckShelf shelf;
  private SlideDesk desk;
  private Deck deck;

  @BeforeEach
  void bring(@TempDir Path root) throws Exception {
    renderer = new ScriptedRenderer(Files.createDirectory(root.resolve("renderer.d")));
    AtomicInteger ids = new AtomicInteger();
    shelf =
        new DeckShelf(root.resolve("slides"), renderer.of(3), () -> "deck" + ids.incrementAndGet());
    desk = new SlideDesk(shelf);
    room.open().join();
    deck = ScriptedRenderer.bring(shelf, "maths");
    renderer.let(deck.id(), 1);
    deck.first().get(20, TimeUnit.SECONDS);
    await().until(() -> deck.count() == 3);
  }

  @AfterEach
  void end() {
    shelf.close();
    room.dispose();
  }

  private CompletableFuture<RoomStatus> turn(int page) {
    return desk.turn(room, deck.id(), page);
  }

  private static Optional<Integer> page(CompletableFuture<RoomStatus> turned) throws Exception {
    return turned.get(20, TimeUnit.SECONDS).slides().map(SlidesUp::page);
  }

  @Test
  void aPageThatIsDrawnLateDoesNotComeOverTheOneThatWasTurnedToMeanwhile() throws Exception {
    CompletableFuture<RoomStatus> late = turn(3);
    assertThat(page(turn(1))).contains(1);
    assertThat(late).isNotDone();
    renderer.let(deck.id(), 3);
    renderer.let(deck.id(), 2);

    assertThat(page(late)).as("is told what is up").contains(1);
    assertThat(room.status().slides().map(SlidesUp::page)).contains(1);
    assertThat(page(turn(3))).contains(3);
  }

  @Test
  void slidesThatWereTakenDownStayDown() throws Exception {
    CompletableFuture<RoomStatus> late = turn(3);
    assertThat(page(desk.turn(room, "", 0))).isEmpty();
    renderer.let(deck.id(), 3);
    renderer.let(deck.id(), 2);

    assertThat(page(late)).isEmpty();
    assertThat(room.status().slides()).isEmpty();
  }

  @Test
  void aTurnThatIsRefusedTakesNobodysTurn() throws Exception {
    CompletableFuture<RoomStatus> late = turn(3);
    assertThat(turn(4)).isCompletedExceptionally();
    renderer.let(deck.id(), 3);
    renderer.let(deck.id(), 2);
    assertThat(page(late)).contains(3);
  }

  @Test
  void aDeckThatArrivesGivesWayToWhoeverTurnedMeanwhile() throws Exception {
    long before = room.picture().turns().last();
    Deck.Page first = deck.first().join();
    assertThat(page(turn(1))).contains(1);
    assertThat(page(desk.turn(room, "", 0))).isEmpty();
    assertThat(page(desk.arrived(room, before, deck, first))).isEmpty();
    assertThat(page(desk.arrived(room, room.picture().turns().last(), deck, first))).contains(1);
  }
}
