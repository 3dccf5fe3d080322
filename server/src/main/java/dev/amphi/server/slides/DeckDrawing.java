package dev.amphi.server.slides;

import dev.amphi.composer.slides.SlideRenderer;
import dev.amphi.composer.slides.SlideRenderer.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One PDF that is drawn, as often as something more of it is wanted; tells its deck what there is,
 * and how many bytes that takes.
 */
final class DeckDrawing implements SlideRenderer.Listener {
  private static final System.Logger LOG = System.getLogger(DeckDrawing.class.getName());

  private final Deck deck;
  private final Path pdf;
  private final SlideRenderer.Allowance allowance;

  DeckDrawing(Deck deck, Path pdf, SlideRenderer.Allowance allowance) {
    this.deck = deck;
    this.pdf = pdf;
    this.allowance = allowance;
  }

  Deck deck() {
    return deck;
  }

  Path pdf() {
    return pdf;
  }

  SlideRenderer.Allowance allowance() {
    return allowance;
  }

  @Override
  public void opened(int pages) {
    deck.opened(pages);
  }

  @Override
  public void drawn(int number, int width, int height, String title) {
    try {
      long bytes = size(number + ".png") + size(number + ".yuv");
      deck.drawn(number, width, height, title, bytes);
    } catch (IOException e) {
      leftOut(e);
      deck.failed(number);
    }
  }

  private long size(String name) throws IOException {
    return Files.size(deck.folder().resolve(name));
  }

  @Override
  public void failed(int number) {
    deck.failed(number);
  }

  @Override
  public void fitted(Job job, int width, int height) {
    try {
      deck.fitted(job, width, height, size(job.stem() + ".yuv"));
    } catch (IOException e) {
      leftOut(e);
      deck.notFitted(job);
    }
  }

  @Override
  public void notFitted(Job job) {
    deck.notFitted(job);
  }

  private static void leftOut(IOException why) {
    LOG.log(System.Logger.Level.INFO, "a page is not where it was drawn: {0}", why.toString());
  }
}
