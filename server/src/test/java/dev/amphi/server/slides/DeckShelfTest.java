package dev.amphi.server.slides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.slides.SlidesRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decks share what draws them, and leave nothing behind. */
class DeckShelfTest {
  private static final int PAGES = 300;

  private Path root;
  private ScriptedRenderer renderer;
  private DeckShelf shelf;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    root = folder.resolve("slides");
    renderer = new ScriptedRenderer(Files.createDirectory(folder.resolve("renderer.d")));
    AtomicInteger ids = new AtomicInteger();
    shelf = new DeckShelf(root, renderer.of(PAGES), () -> "deck" + ids.incrementAndGet());
  }

  @AfterEach
  void stop() {
    shelf.close();
  }

  private Deck drawing(String room) throws Exception {
    Deck deck = ScriptedRenderer.bring(shelf, room);
    await().until(() -> deck.count() == PAGES);
    return deck;
  }

  private static boolean isRendering(String room) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("slides-" + room));
  }

  @Test
  void aThirdDeckHasItsFirstPageWhileTwoLongOnesAreBeingDrawn() throws Exception {
    Deck held = drawing("maths");
    Deck slow = drawing("optics");
    Deck third = ScriptedRenderer.bring(shelf, "music");
    renderer.let(third.id(), 1);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              int next = (int) slow.ready() + 1;
              renderer.let(slow.id(), next);
              return third.first().isDone() || next > 100;
            });

    assertThat(third.first()).isCompleted();
    assertThat(slow.ready()).isLessThan(PAGES);
    assertThat(held.ready()).isZero();
  }

  @Test
  void aDeckThatIsDeletedWhileItIsDrawnLeavesNothing() throws Exception {
    Deck deck = drawing("maths");
    assertThat(shelf.delete("maths", deck.id())).isTrue();
    assertThat(deck.folder()).doesNotExist();
    assertThat(isRendering("maths")).isFalse();
    assertThat(deck.next()).isZero();
  }

  @Test
  void aClassThatIsOverLeavesNothing() throws Exception {
    drawing("maths");
    drawing("maths");
    ScriptedRenderer.bring(shelf, "maths");
    shelf.forget("maths");
    assertThat(root.resolve("maths")).doesNotExist();
    assertThat(isRendering("maths")).isFalse();
    Deck next = drawing("optics");
    renderer.let(next.id(), 1);
    assertThat(next.first().get(20, TimeUnit.SECONDS).title()).isEqualTo("Page 1");
  }

  @Test
  void aDeckThatIsOverBeforeItIsOpenHasNoPages() {
    Deck deck = new Deck("deck", "Slides", root);
    deck.over(new SlidesRefused(SlidesRefused.Reason.UNAVAILABLE));
    deck.opened(5);
    assertThat(deck.next()).isZero();
    assertThat(deck.count()).isZero();
  }

  @Test
  void aDeckThatIsOverDrawsNoMore() {
    Deck deck = new Deck("deck", "Slides", root);
    deck.opened(5);
    assertThat(deck.next()).isEqualTo(1);
    deck.over(new SlidesRefused(SlidesRefused.Reason.UNAVAILABLE));
    assertThat(deck.next()).isZero();
  }
}
