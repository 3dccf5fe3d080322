package dev.amphi.server.slides;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.InkChange;
import dev.amphi.composer.api.InkSheet;
import dev.amphi.composer.api.ShownScene;
import dev.amphi.composer.slides.EmptySheet;
import dev.amphi.interactive.api.BoardChange;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.SlidesUp;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Slides, the sheet and the pens in a class's program: a page that is up is a share that stands
 * still; strokes lie over what the class draws on. Confined to the class's thread.
 */
public final class ProgramSurfaces {
  /**
   * A page and its picture.
   *
   * @param fitting gives it in other sizes
   */
  public record Up(SlidesUp view, PagePicture picture, Fitting fitting) {
    /** A page that there is in one size only. */
    public Up(SlidesUp view, byte[] packed) {
      this(view, new PagePicture(view.width(), view.height(), packed), Fitting.NONE);
    }
  }

  private final BoardSurface board = new BoardSurface();
  private final InkSheet ink = new InkSheet();
  private final StillSource slides = new StillSource(BoardSurface.SLIDES, "Slides");
  private final StillSource sheet = new StillSource(BoardSurface.SHEET, "Sheet");
  private @Nullable Composition composition;
  private final Executor own;
  private @Nullable Up up;
  private @Nullable PagePicture picture;
  private int tileWidth;
  private int tileHeight;
  private boolean hidden;
  private String over = "";

  /**
   * @param own runs on the class's thread what comes from others
   */
  public ProgramSurfaces(Executor own) {
    this.own = own;
  }

  /** A composition was started, which knows nothing yet. */
  public void attach(Composition started) {
    composition = started;
    slides.reset();
    sheet.reset();
    over = "";
    ink.changes().stream()
        .filter(change -> !(change instanceof InkChange.On))
        .forEach(started::ink);
    arrange();
  }

  /** The composition is over. */
  public void detach() {
    composition = null;
  }

  /** What is up, if anything. */
  public Optional<SlidesUp> up() {
    return Optional.ofNullable(up).map(Up::view);
  }

  /** Puts a page up, or takes the slides down. */
  public void show(Optional<Up> page) {
    boolean another = !up().map(ProgramSurfaces::key).equals(page.map(next -> key(next.view())));
    up = page.orElse(null);
    picture = page.map(Up::picture).orElse(null);
    boolean wasPut = slides.isIn(); // else its picture comes with it
    if (another && !ink.isEmpty()) {
      // The board of the new page follows; its strokes are not those of the last.
      apply(new InkChange.Cleared());
    }
    arrange();
    if (wasPut) {
      still();
    }
    fit();
  }

  private void still() {
    Composition running = composition;
    Up page = up;
    PagePicture shown = picture;
    if (running != null && slides.isIn() && page != null && shown != null) {
      slides.show(running, key(page.view()), shown.width(), shown.height(), shown.packed());
    }
  }

  /** The program shows another scene. */
  public void scene(ShownScene scene) {
    for (ShownScene.Tile tile : scene.tiles()) {
      boolean page =
          tile.kind() == ShownScene.Kind.SHARE && tile.participantId().equals(BoardSurface.SLIDES);
      if (page && (tile.width() != tileWidth || tile.height() != tileHeight)) {
        tileWidth = tile.width();
        tileHeight = tile.height();
        fit();
      }
    }
  }

  /** Asks for the page as large as its tile; until it comes, the one there is gets scaled. */
  private void fit() {
    Up page = up;
    if (page != null && tileWidth > 0) {
      int width = tileWidth;
      int height = tileHeight;
      page.fitting()
          .fit(width, height, fitted -> own.execute(() -> fitted(page, width, height, fitted)));
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same page turned to again is another one
  private void fitted(Up page, int width, int height, PagePicture fitted) {
    PagePicture before = picture;
    boolean wanted = page == up && width == tileWidth && height == tileHeight;
    if (wanted && before != null && !isOfSize(before, fitted)) {
      picture = fitted;
      still();
    }
  }

  private static boolean isOfSize(PagePicture a, PagePicture b) {
    return a.width() == b.width() && a.height() == b.height();
  }

  private static String key(SlidesUp view) {
    return view.deck() + "/" + view.page();
  }

  /** Hides it all with everything else, or shows it again. */
  public void hidden(boolean hide) {
    hidden = hide;
    arrange();
  }

  /** Somebody on stage came or changed. */
  public void participant(ParticipantView participant) {
    board.participant(participant);
    arrange();
  }

  /** Somebody is gone. */
  public void left(String participantId) {
    board.left(participantId);
    arrange();
  }

  /** What happened on the board. */
  public void drawn(BoardChange change) {
    switch (change) {
      case BoardChange.Grown grown -> apply(ink(grown));
      case BoardChange.Taken taken -> apply(new InkChange.Taken(taken.author(), taken.id()));
      case BoardChange.Whole whole -> {
        apply(new InkChange.Cleared());
        whole.strokes().forEach(grown -> apply(ink(grown)));
      }
    }
    arrange();
  }

  private static InkChange ink(BoardChange.Grown grown) {
    List<Double> values = grown.points();
    float[] points = new float[values.size()];
    for (int i = 0; i < points.length; i++) {
      points[i] = values.get(i).floatValue();
    }
    return new InkChange.Grown(
        grown.author(), grown.id(), Inks.of(grown.author()), points, grown.done());
  }

  private void apply(InkChange change) {
    ink.apply(change);
    if (composition != null) {
      composition.ink(change);
    }
  }

  /** What is drawn on: the same source as in each page. */
  public String surface() {
    return board.source(up != null);
  }

  /** Whether that is the empty sheet. */
  public boolean sheet() {
    return surface().equals(BoardSurface.SHEET);
  }

  /** Brings the composition's sources to what they should be. */
  private void arrange() {
    Composition running = composition;
    if (running == null) {
      return;
    }
    String wanted = surface();
    if (slides.arrange(running, up != null, hidden)) {
      still();
    }
    if (sheet.arrange(running, wanted.equals(BoardSurface.SHEET) && !ink.isEmpty(), hidden)) {
      sheet.show(running, "", EmptySheet.WIDTH, EmptySheet.HEIGHT, EmptySheet.packed());
    }
    if (!wanted.equals(over)) {
      over = wanted;
      running.ink(new InkChange.On(wanted));
    }
  }
}
