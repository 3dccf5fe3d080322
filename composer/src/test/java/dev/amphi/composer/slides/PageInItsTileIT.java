package dev.amphi.composer.slides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.PackedPicture;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.layout.Rect;
import dev.amphi.composer.lettering.Java2dLettering;
import dev.amphi.composer.lettering.YuvImage;
import dev.amphi.composer.scene.Compositor;
import dev.amphi.composer.scene.Director;
import dev.amphi.composer.scene.Scene;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that a real process draws as large as their tile stand in it pixel for pixel. */
class PageInItsTileIT {
  private static final long SECOND = 1_000_000_000L;

  private final Path folder;

  PageInItsTileIT(@TempDir Path folder) {
    this.folder = folder;
  }

  private Picture drawn(Path pdf, SlideRenderer.Job job, int width, int height) throws Exception {
    Deque<SlideRenderer.Job> jobs = new ArrayDeque<>(List.of(job, SlideRenderer.Job.NONE));
    SlideRenderer renderer =
        new SlideRenderer(RendererCommand.likeThisProcess(), SlideRenderer.Limits.STANDARD);
    renderer.render(pdf, folder, PdfFixture.SILENT, jobs::remove, renderer.allowance());
    byte[] packed = Files.readAllBytes(folder.resolve(job.stem() + ".yuv"));
    return PackedPicture.unpack(width, height, ByteBuffer.wrap(packed)).orElseThrow();
  }

  /** The share's part of the program's luma. */
  private static byte[] inProgram(Canvas canvas, String layout, Picture page, Rect where) {
    Director director = new Director(canvas, "Optics");
    director.put(
        new SourceSpec(
            "ada", "ada", "Ada", "student", SourceSpec.Kind.MICROPHONE, SourceSpec.Codec.OPUS));
    director.put(
        new SourceSpec("page", "p", "Slides", "", SourceSpec.Kind.SCREEN, SourceSpec.Codec.STILL));
    director.layout(layout, "");
    director.shown(0, source -> true);
    director.shown(60 * SECOND, source -> true);
    Scene scene = director.shown(62 * SECOND, source -> true);
    try (Compositor compositor = new FfmpegCodecs().compositor(canvas, new Java2dLettering());
        Picture drawn = compositor.draw(scene, source -> page)) {
      return luma(drawn, where);
    }
  }

  private static byte[] luma(Picture picture, Rect part) {
    byte[] rows = new byte[part.width() * part.height()];
    for (int y = 0; y < part.height(); y++) {
      int from = (part.y() + y) * picture.stride(0) + part.x();
      picture.plane(0).get(from, rows, y * part.width(), part.width());
    }
    return rows;
  }

  private static byte[] luma(Picture picture) {
    return luma(picture, new Rect(0, 0, picture.width(), picture.height()));
  }

  /** What PDFBox draws when it is asked for an image of that size. */
  private static byte[] byPdfBox(Path pdf, float scale) throws Exception {
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      return luma(YuvImage.picture(new PDFRenderer(document).renderImage(0, scale, ImageType.RGB)));
    }
  }

  /** The tile that the layout gives the share, and where in it the page of 16:9 is. */
  @ParameterizedTest
  @CsvSource({
    "1280, 720, presentation_side, 1024, 704, 8, 72, 1024, 576",
    "1280, 720, grid, 628, 352, 644, 184, 626, 352",
    "1920, 1080, presentation, 1920, 1080, 0, 0, 1920, 1080",
    "1920, 1080, presentation_side, 1536, 1056, 12, 108, 1536, 864"
  })
  void standsInItPixelForPixel(
      int canvasWidth,
      int canvasHeight,
      String layout,
      int tileWidth,
      int tileHeight,
      int x,
      int y,
      int width,
      int height)
      throws Exception {
    Path pdf = PdfFixture.write(folder.resolve("a.pdf"), "Lenses bend light");
    Picture page = drawn(pdf, new SlideRenderer.Job(1, tileWidth, tileHeight), width, height);
    Canvas canvas = new Canvas(canvasWidth, canvasHeight);
    byte[] shown = inProgram(canvas, layout, page, new Rect(x, y, width, height));
    assertThat(shown).as("what the process drew").isEqualTo(luma(page));
    byte[] wanted = byPdfBox(pdf, width / 960f);
    double similar = Sharpness.ssim(wanted, shown, width, height);
    double edges = Sharpness.edges(wanted, shown, width, height);
    System.out.printf("drawn for %dx%d: SSIM %.4f, edges %.3f%n", width, height, similar, edges);
    assertThat(similar).isGreaterThan(0.99);
    assertThat(edges).isBetween(0.99, 1.01);
  }

  @Test
  void aPageForTheWholeCanvasIsLessSharpThere() throws Exception {
    Path pdf = PdfFixture.write(folder.resolve("a.pdf"), "Lenses bend light");
    Picture whole = drawn(pdf, SlideRenderer.Job.whole(1), 1280, 720);
    Rect where = new Rect(8, 72, 1024, 576);
    byte[] scaled = inProgram(new Canvas(1280, 720), "presentation_side", whole, where);
    byte[] wanted = byPdfBox(pdf, 1024 / 960f);
    double similar = Sharpness.ssim(wanted, scaled, 1024, 576);
    System.out.printf(
        "scaled from 1280x720: SSIM %.4f, edges %.3f%n",
        similar, Sharpness.edges(wanted, scaled, 1024, 576));
    assertThat(similar).isLessThan(0.99);
  }
}
