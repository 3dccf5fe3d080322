package dev.amphi.composer.slides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.slides.SlidesRefused.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that mean harm: each ends soon, in a clear sentence or as a page that cannot be drawn. */
class HostilePdfIT {
  private static final SlideRenderer.Limits LIMITS =
      new SlideRenderer.Limits(
          1280,
          720,
          300,
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofMinutes(2),
          700L << 20);

  private final Path folder;
  private final SlideRenderer renderer =
      new SlideRenderer(RendererCommand.likeThisProcess(), LIMITS);
  private final List<String> told = new ArrayList<>();

  HostilePdfIT(@TempDir Path folder) {
    this.folder = folder;
  }

  /** What became of a file: lines, the last of them maybe why it was refused. */
  private List<String> render(Path pdf) throws InterruptedException {
    told.clear();
    int[] pages = {0};
    int[] at = {0};
    IntSupplier next = () -> at[0] < pages[0] ? ++at[0] : 0;
    try {
      renderer.render(
          pdf,
          folder,
          new SlideRenderer.Listener() {
            @Override
            public void opened(int count) {
              pages[0] = count;
            }

            @Override
            public void drawn(int number, int width, int height, String title) {
              told.add("drawn " + number + " " + width + "x" + height);
            }

            @Override
            public void failed(int number) {
              told.add("failed " + number);
            }
          },
          next);
    } catch (SlidesRefused refused) {
      told.add("refused " + refused.reason());
    }
    return told;
  }

  private Path file(String name) {
    return folder.resolve(name + ".pdf");
  }

  @Test
  void truncatedAndMutatedFilesEndInASentence() throws Exception {
    byte[] whole = Files.readAllBytes(PdfFixture.write(file("whole"), "One", "Two"));
    Random random = new Random(42);
    for (int i = 0; i < 4; i++) {
      byte[] cut = java.util.Arrays.copyOf(whole, 20 + random.nextInt(whole.length / 2));
      for (int j = 0; j < 30 * (i % 2); j++) {
        cut[8 + random.nextInt(cut.length - 8)] = (byte) random.nextInt(256);
      }
      List<String> became = render(Files.write(file("cut" + i), cut));
      assertThat(became).isNotEmpty().allMatch(line -> line.matches("(drawn|failed|refused) .*"));
    }
  }

  @Test
  void loopsAmongCrossReferencesEnd() throws Exception {
    String loop =
        """
        %PDF-1.4
        1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
        2 0 obj <</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>> endobj
        xref
        0 1
        0000000000 65535 f\s
        trailer <</Root 1 0 R/Size 3/Prev 127>>
        startxref
        127
        %%EOF
        """;
    assertThat(render(Files.writeString(file("loop"), loop)))
        .isNotEmpty()
        .noneMatch(line -> line.startsWith("drawn"));
  }

  @Test
  void hugePagesAreDrawnAtTheSizeOfTheCanvas() throws Exception {
    try (PDDocument document = new PDDocument()) {
      PdfFixture.page(document, new PDRectangle(14_400, 14_400), "Huge");
      PdfFixture.page(document, new PDRectangle(14_400, 2), "Thin");
      document.save(file("huge").toFile());
    }
    assertThat(render(file("huge"))).containsExactly("drawn 1 720x720", "drawn 2 1280x2");
  }

  @Test
  void aBombCostsItsPageAndNotTheOthers() throws Exception {
    bomb(file("bomb"));
    List<String> became = render(file("bomb"));
    assertThat(became).hasSize(2).last().asString().isEqualTo("drawn 2 1280x720");
  }

  /** A first page whose 2 GiB of blanks are 2 MB deflated, and a plain second one. */
  private static void bomb(Path file) throws IOException {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
      byte[] blanks = new byte[1 << 20];
      java.util.Arrays.fill(blanks, (byte) ' ');
      for (int i = 0; i < 2_048; i++) {
        out.write(blanks);
      }
    }
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    List<Integer> offsets = new ArrayList<>();
    write(pdf, "%PDF-1.4\n");
    object(pdf, offsets, "<</Type/Catalog/Pages 2 0 R>>");
    object(pdf, offsets, "<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2/MediaBox[0 0 960 540]>>");
    object(pdf, offsets, "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>");
    offsets.add(pdf.size());
    write(pdf, "4 0 obj <</Length " + deflated.size() + "/Filter/FlateDecode>> stream\n");
    deflated.writeTo(pdf);
    write(pdf, "\nendstream endobj\n");
    object(pdf, offsets, "<</Type/Page/Parent 2 0 R>>");
    int xref = pdf.size();
    write(pdf, "xref\n0 6\n0000000000 65535 f \n");
    for (int offset : offsets) {
      write(pdf, "%010d 00000 n \n".formatted(offset));
    }
    write(pdf, "trailer <</Root 1 0 R/Size 6>>\nstartxref\n" + xref + "\n%%EOF\n");
    Files.write(file, pdf.toByteArray());
  }

  private static void object(ByteArrayOutputStream pdf, List<Integer> offsets, String body)
      throws IOException {
    offsets.add(pdf.size());
    write(pdf, offsets.size() + " 0 obj " + body + " endobj\n");
  }

  private static void write(ByteArrayOutputStream pdf, String text) throws IOException {
    pdf.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void tenThousandPagesAreTooMany() throws Exception {
    try (PDDocument document = new PDDocument()) {
      IntStream.range(0, 10_000).forEach(i -> document.addPage(new PDPage()));
      document.save(file("many").toFile());
    }
    assertThat(render(file("many"))).containsExactly("refused " + Reason.TOO_MANY_PAGES);
  }

  @Test
  void aPageThatNeverEndsIsGivenUp() throws Exception {
    // Forms that draw each other twice, forty deep: 2^40 rectangles.
    StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
    pdf.append("1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n");
    pdf.append("2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 960 540]>> endobj\n");
    pdf.append("3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R");
    pdf.append("/Resources<</XObject<</X 5 0 R>>>>>> endobj\n");
    pdf.append("4 0 obj <</Length 5>> stream\n/X Do\nendstream endobj\n");
    for (int i = 5; i < 45; i++) {
      pdf.append(i).append(" 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 960 540]");
      pdf.append("/Resources<</XObject<</X ").append(i + 1).append(" 0 R>>>>/Length 11>> stream\n");
      pdf.append("/X Do /X Do\nendstream endobj\n");
    }
    pdf.append("45 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 960 540]/Length 14>> stream\n");
    pdf.append("0 0 960 540 re\nendstream endobj\n").append("trailer <</Root 1 0 R/Size 46>>\n");
    assertThat(render(Files.writeString(file("endless"), pdf.toString())))
        .singleElement()
        .asString()
        .matches("(failed 1|drawn 1 .*)");
  }
}
