package dev.amphi.server.slides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.slides.SlidesRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
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

  /** Conditions, not times, are waited for: on a busy machine too. */
  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60));
  }

  private Deck drawing(String room) throws Exception {
    Deck deck = ScriptedRenderer.bring(shelf, room);
    patiently().until(() -> deck.count() == PAGES);
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
    patiently()
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
    assertThat(deck.next().page()).isZero();
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
    assertThat(next.first().get(60, TimeUnit.SECONDS).title()).isEqualTo("Page 1");
  }

  @Test
  void aRenderingThatEndsLateRemovesWhatItLeavesBehind() throws Exception {
    Duration noWait = Duration.ofMillis(1);
    CountDownLatch taken = new CountDownLatch(1);
    try (DeckShelf small = new DeckShelf(root, renderer.of(3), () -> "small", noWait)) {
      Deck deck = ScriptedRenderer.bring(small, "maths");
      patiently().until(() -> deck.count() == 3);
      CompletableFuture<Void> held =
          deck.page(2)
              .thenRun( // on the thread that draws, as if it did not hear that it is to end
                  () -> {
                    waitFor(taken);
                    write(deck.folder().resolve("3.png"));
                  });
      renderer.let(deck.id(), 1);
      renderer.let(deck.id(), 2);
      patiently().until(() -> deck.page(2).isDone());
      small.forget("maths");
      assertThat(isRendering("maths")).isTrue();
      taken.countDown();
      patiently().until(() -> !isRendering("maths"));
      assertThat(held).isCompleted();
      assertThat(root.resolve("maths")).doesNotExist();
    }
  }

  private static void waitFor(CountDownLatch taken) {
    while (taken.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  private static void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Three pages that are there whole. */
  private Deck drawn(DeckShelf small) throws Exception {
    Deck deck = ScriptedRenderer.bring(small, "maths");
    for (int page = 1; page <= 3; page++) {
      renderer.let(deck.id(), page);
    }
    patiently().until(() -> deck.ready() == 3 && !isRendering("maths"));
    return deck;
  }

  @Test
  void drawsAgainForTheTileThatShowsIt() throws Exception {
    try (DeckShelf small = new DeckShelf(root, renderer.of(3), () -> "small")) {
      Deck deck = drawn(small);
      var second = small.fit("maths", deck, 2, 1024, 704);
      renderer.let(deck.id(), "2 1024 704");
      Deck.Fitted fitted = second.get(60, TimeUnit.SECONDS);
      assertThat(fitted.packed().getFileName()).hasToString("2-1024x704.yuv");
      assertThat(fitted.packed()).hasContent("planes");
      assertThat(deck.best(deck.page(2).join())).isEqualTo(fitted);
      assertThat(deck.best(deck.page(1).join()).width()).as("not there yet").isEqualTo(4);
      renderer.let(deck.id(), "3 1024 704");
      renderer.let(deck.id(), "1 1024 704");
      patiently().until(() -> !isRendering("maths"));
      assertThat(deck.best(deck.page(1).join()).packed()).hasContent("planes");
      assertThat(small.fit("maths", deck, 3, 1024, 704)).isCompleted();
      assertThat(isRendering("maths")).as("all is there").isFalse();
    }
  }

  @Test
  void drawsForTheTileOfNowAndNotForThatOfBefore() throws Exception {
    try (DeckShelf small = new DeckShelf(root, renderer.of(3), () -> "small")) {
      Deck deck = drawn(small);
      var before = small.fit("maths", deck, 1, 1024, 704);
      var now = small.fit("maths", deck, 1, 628, 470);
      renderer.let(deck.id(), "1 1024 704"); // which may have begun
      renderer.let(deck.id(), "1 628 470");
      assertThat(now.get(60, TimeUnit.SECONDS).packed().getFileName()).hasToString("1-628x470.yuv");
      for (int i = 0; i < 3; i++) { // three sizes are kept
        assertThat(small.fit("maths", deck, 1, 100 + i, 100)).isNotNull();
      }
      assertThat(deck.folder().resolve("1-628x470.yuv")).doesNotExist();
      assertThat(before.isDone()).isTrue();
      assertThat(small.delete("maths", deck.id())).isTrue();
      assertThat(deck.folder()).doesNotExist();
      assertThat(isRendering("maths")).isFalse();
    }
  }

  @Test
  void aTileOfTheSizeThatThePagesHaveNeedsNoDrawing() throws Exception {
    try (DeckShelf small = new DeckShelf(root, renderer.of(3), () -> "small")) {
      Deck deck = drawn(small);
      assertThat(small.fit("maths", deck, 1, 4, 10).join().packed().getFileName())
          .hasToString("1.yuv");
      assertThat(isRendering("maths")).isFalse();
    }
  }

  @Test
  void aDeckThatIsOverBeforeItIsOpenHasNoPages() {
    Deck deck = new Deck("deck", "Slides", root);
    deck.over(new SlidesRefused(SlidesRefused.Reason.UNAVAILABLE));
    deck.opened(5);
    assertThat(deck.next().page()).isZero();
    assertThat(deck.count()).isZero();
  }

  @Test
  void aDeckThatIsOverDrawsNoMore() {
    Deck deck = new Deck("deck", "Slides", root);
    deck.opened(5);
    assertThat(deck.next().page()).isEqualTo(1);
    deck.over(new SlidesRefused(SlidesRefused.Reason.UNAVAILABLE));
    assertThat(deck.next().page()).isZero();
  }
}
