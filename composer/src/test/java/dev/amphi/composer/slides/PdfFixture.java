package dev.amphi.composer.slides;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.lettering.YuvImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/** Makes PDFs for tests. */
public final class PdfFixture {
  /** Whoever needs only the files. */
  static final SlideRenderer.Listener SILENT =
      new SlideRenderer.Listener() {
        @Override
        public void opened(int pages) {}

        @Override
        public void drawn(int number, int width, int height, String title) {}

        @Override
        public void failed(int number) {}
      };

  private PdfFixture() {}

  /** Slides of 16:9, each with its line of text. */
  static Path write(Path file, String... titles) throws IOException {
    try (PDDocument document = new PDDocument()) {
      for (String title : titles) {
        page(document, new PDRectangle(960, 540), title);
      }
      document.save(file.toFile());
    }
    return file;
  }

  static void page(PDDocument document, PDRectangle box, String title) throws IOException {
    PDPage page = new PDPage(box);
    document.addPage(page);
    PDType1Font font = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
      content.beginText();
      content.setFont(font, 40);
      content.newLineAtOffset(60, box.getHeight() - 100);
      content.showText(title);
      content.endText();
      content.beginText();
      content.setFont(font, 12);
      content.setLeading(18);
      content.newLineAtOffset(60, box.getHeight() - 160);
      for (int i = 0; i < 12; i++) {
        content.showText("The quick brown fox jumps over the lazy dog, line " + i + ".");
        content.newLine();
      }
      content.endText();
    }
  }

  /** A page of small text, drawn for a tile of that size in this process. */
  public static Picture picture(int width, int height) {
    try {
      Path file = Files.createTempFile("page", ".pdf");
      write(file, "Lenses bend light");
      try (PdfPages pages = PdfPages.open(file.toFile())) {
        return YuvImage.picture(pages.draw(1, width, height));
      } finally {
        Files.delete(file);
      }
    } catch (IOException | SlidesRefused e) {
      throw new IllegalStateException(e);
    }
  }

  static Path encrypted(Path file) throws IOException {
    try (PDDocument document = new PDDocument()) {
      page(document, PDRectangle.A4, "Secret");
      document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      document.save(file.toFile());
    }
    return file;
  }
}
