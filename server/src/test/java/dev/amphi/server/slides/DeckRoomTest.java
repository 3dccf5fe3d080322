package dev.amphi.server.slides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.slides.SlideRenderer.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a deck may take on the disk. */
class DeckRoomTest {
  private Path folder;
  private Deck deck;

  /** Two pages that take 30 bytes each, in a deck that may take 100. */
  @BeforeEach
  void open(@TempDir Path temporary) {
    folder = temporary;
    deck = new Deck("deck", "Slides", folder, 100);
    deck.opened(2);
    deck.drawn(1, 4, 2, "", 30);
    deck.drawn(2, 4, 2, "", 30);
  }

  private CompletableFuture<Deck.Fitted> want(int page, int width) {
    return deck.fit(page, width, 100, () -> {});
  }

  private Path draw(int page, int width, int bytes) throws Exception {
    Job job = new Job(page, width, 100);
    Path file = Files.write(folder.resolve(job.stem() + ".yuv"), new byte[bytes]);
    deck.fitted(job, width, 100, bytes);
    return file;
  }

  @Test
  void aSizeThatIsGivenUpGivesItsBytesBack() throws Exception {
    for (int width = 200; width < 220; width++) {
      CompletableFuture<Deck.Fitted> fitted = want(1, width);
      Path file = draw(1, width, 20);
      assertThat(fitted.join().packed()).isEqualTo(file).exists();
    }
    try (var left = Files.list(folder)) {
      assertThat(left).as("two sizes of 20 bytes have room beside the pages").hasSize(2);
    }
    assertThat(deck.best(deck.page(1).join()).width()).isEqualTo(219);
  }

  @Test
  void whatHasNoRoomIsLeftOutAndNotDrawnAgain() throws Exception {
    CompletableFuture<Deck.Fitted> small = want(2, 200);
    Path kept = draw(2, 200, 20);
    CompletableFuture<Deck.Fitted> large = want(1, 300);
    assertThat(deck.next()).isEqualTo(new Job(1, 300, 100));
    assertThat(draw(1, 300, 41)).doesNotExist();
    assertThat(large).isCompletedExceptionally();
    assertThat(deck.next()).as("the next page may be smaller").isEqualTo(new Job(2, 300, 100));
    assertThat(small.join().packed()).isEqualTo(kept).exists();
  }

  @Test
  void pagesForTilesMakeRoomForPagesAndNeverEndADeck() throws Exception {
    deck.opened(3);
    CompletableFuture<Deck.Fitted> first = want(1, 200);
    Path before = draw(1, 200, 20);
    CompletableFuture<Deck.Fitted> second = want(1, 300);
    Path now = draw(1, 300, 20);
    assertThat(first.join().packed()).isEqualTo(before).exists();
    assertThat(second.join().packed()).isEqualTo(now).exists();
    deck.drawn(3, 4, 2, "Last", 15);
    assertThat(deck.page(3).join().title()).isEqualTo("Last");
    assertThat(before).as("was wanted longest ago").doesNotExist();
    assertThat(now).exists();
  }

  @Test
  void pagesThatTakeTooMuchEndADeck() {
    deck.opened(3);
    deck.drawn(3, 4, 2, "", 41);
    assertThat(deck.page(3)).isCompletedExceptionally();
    assertThat(deck.next()).isEqualTo(Job.NONE);
  }
}
