package dev.amphi.composer.slides;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;

/** The pages of one PDF. Inside the renderer's process only: a PDF is a stranger's program. */
final class PdfPages implements AutoCloseable {
  private static final int LONGEST_TITLE = 80;

  /** Entries of the outline that are looked at: it may go in circles. */
  private static final int MOST_ENTRIES = 1_000;

  private final PDDocument document;
  private final PDFRenderer renderer;
  private final int count;
  private final String[] titles;

  private PdfPages(PDDocument document) {
    this.document = document;
    this.renderer = new PDFRenderer(document);
    this.renderer.setSubsamplingAllowed(true);
    this.count = document.getNumberOfPages();
    this.titles = new String[Math.max(0, Math.min(count, 10_000))];
  }

  /**
   * Opens a file.
   *
   * @throws SlidesRefused when it needs a password
   * @throws IOException when it is no PDF that can be read
   */
  static PdfPages open(File file) throws IOException, SlidesRefused {
    try {
      PDDocument document =
          Loader.loadPDF(
              new RandomAccessReadBufferedFile(file),
              "",
              null,
              null,
              IOUtils.createMemoryOnlyStreamCache());
      PdfPages pages = new PdfPages(document);
      pages.readOutline();
      return pages;
    } catch (InvalidPasswordException e) {
      throw new SlidesRefused(SlidesRefused.Reason.ENCRYPTED);
    }
  }

  int count() {
    return count;
  }

  /** Draws a page at exactly the size that it will be shown at: white paper, sharp text. */
  BufferedImage draw(int number, int mostWidth, int mostHeight) throws IOException {
    PDPage page = document.getPage(number - 1);
    PDRectangle box = page.getCropBox();
    boolean turned = page.getRotation() % 180 != 0;
    double width = turned ? box.getHeight() : box.getWidth();
    double height = turned ? box.getWidth() : box.getHeight();
    PageBox size = PageBox.fit(width, height, mostWidth, mostHeight);
    BufferedImage image =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.setBackground(Color.WHITE);
    graphics.fillRect(0, 0, size.width(), size.height());
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    renderer.renderPageToGraphics(
        number - 1, graphics, (float) (size.width() / width), (float) (size.height() / height));
    graphics.dispose();
    return image;
  }

  /** What the outline calls a page, or else its first line; "" where there is neither. */
  String title(int number) {
    String known = number <= titles.length ? titles[number - 1] : "";
    if (known != null && !known.isEmpty()) {
      return known;
    }
    try {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      stripper.setStartPage(number);
      stripper.setEndPage(number);
      return stripper
          .getText(document)
          .lines()
          .map(PdfPages::clean)
          .filter(line -> !line.isEmpty())
          .findFirst()
          .orElse("");
    } catch (IOException | RuntimeException e) {
      return ""; // A page whose text cannot be read may still be drawn.
    }
  }

  private void readOutline() {
    try {
      var outline = document.getDocumentCatalog().getDocumentOutline();
      PDOutlineItem item = outline == null ? null : outline.getFirstChild();
      for (int i = 0; item != null && i < MOST_ENTRIES; i++) {
        PDPage page = item.findDestinationPage(document);
        int index = page == null ? -1 : document.getPages().indexOf(page);
        if (index >= 0 && index < titles.length && titles[index] == null) {
          titles[index] = clean(item.getTitle() == null ? "" : item.getTitle());
        }
        item = item.getNextSibling();
      }
    } catch (IOException | RuntimeException e) {
      System.err.println("The outline cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /** One line of printable characters. */
  static String clean(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .map(point -> Character.isWhitespace(point) ? ' ' : point)
        .filter(point -> !Character.isISOControl(point) && Character.isDefined(point))
        .limit(4 * LONGEST_TITLE)
        .forEach(line::appendCodePoint);
    String one = line.toString().strip().replaceAll(" {2,}", " ");
    return one.codePointCount(0, one.length()) <= LONGEST_TITLE
        ? one
        : one.substring(0, one.offsetByCodePoints(0, LONGEST_TITLE - 1)).strip() + "…";
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}
