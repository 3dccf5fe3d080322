package dev.amphi.composer.slides;

import dev.amphi.composer.codec.PackedPicture;
import dev.amphi.composer.lettering.YuvImage;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/**
 * The process that draws a PDF's pages, told on standard input, telling on standard output, a line
 * each:
 *
 * <pre>
 *   in   page 7                    draw page 7 for the whole canvas, and as a PNG
 *        fit 7 1024 704            draw page 7 for a tile of that size
 *   out  pages 12 | refused ENCRYPTED
 *        drawn 7 1280 720 Title+of+the+page | drawn 7 1024 576 | failed 7
 * </pre>
 *
 * It ends when its input does. A page that needs too much takes the process with it; whoever
 * started it goes on with the next page in another.
 */
public final class RendererMain {
  private final PdfPages pages;
  private final Path folder;
  private final int width;
  private final int height;
  private final PrintStream out;

  private RendererMain(PdfPages pages, Path folder, int width, int height, PrintStream out) {
    this.pages = pages;
    this.folder = folder;
    this.width = width;
    this.height = height;
    this.out = out;
  }

  /**
   * Runs the process.
   *
   * @param args the PDF, the folder for the pages, width and height of the canvas, the most pages
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    System.setOut(System.err); // nothing but the protocol may use standard output
    ImageIO.setUseCache(false);
    try (PdfPages pages = PdfPages.open(new File(args[0]))) {
      if (pages.count() < 1) {
        out.println("refused " + SlidesRefused.Reason.EMPTY);
      } else if (pages.count() > Integer.parseInt(args[4])) {
        out.println("refused " + SlidesRefused.Reason.TOO_MANY_PAGES);
      } else {
        out.println("pages " + pages.count());
        int width = Integer.parseInt(args[2]);
        int height = Integer.parseInt(args[3]);
        new RendererMain(pages, Path.of(args[1]), width, height, out).obey();
      }
    } catch (SlidesRefused e) {
      out.println("refused " + e.reason());
    } catch (IOException | RuntimeException e) {
      System.err.println("Not read: " + e.getClass().getSimpleName());
      out.println("refused " + SlidesRefused.Reason.NOT_A_PDF);
    }
    Runtime.getRuntime().halt(0);
  }

  private void obey() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      int number = Integer.parseInt(words[1]);
      try {
        if (words[0].equals("page")) {
          page(number);
        } else {
          fit(
              new SlideRenderer.Job(
                  number, Integer.parseInt(words[2]), Integer.parseInt(words[3])));
        }
      } catch (IOException | RuntimeException e) {
        System.err.println("Page " + number + " not drawn: " + e.getClass().getSimpleName());
        out.println("failed " + number);
      }
    }
  }

  private void page(int number) throws IOException {
    BufferedImage image = pages.draw(number, width, height);
    String title = pages.title(number);
    Path png = folder.resolve(number + ".png.part");
    ImageIO.write(image, "png", png.toFile());
    pack(image, String.valueOf(number));
    Files.move(png, folder.resolve(number + ".png"), StandardCopyOption.ATOMIC_MOVE);
    told(number, image, title);
  }

  private void fit(SlideRenderer.Job job) throws IOException {
    BufferedImage image = pages.draw(job.page(), job.width(), job.height());
    pack(image, job.stem());
    told(job.page(), image, "");
  }

  private void told(int number, BufferedImage image, String title) {
    out.printf(
        "drawn %d %d %d %s%n",
        number,
        image.getWidth(),
        image.getHeight(),
        URLEncoder.encode(title, StandardCharsets.UTF_8));
  }

  private void pack(BufferedImage image, String stem) throws IOException {
    Path packed = folder.resolve(stem + ".yuv.part");
    Files.write(packed, PackedPicture.pack(YuvImage.picture(image)));
    Files.move(packed, folder.resolve(stem + ".yuv"), StandardCopyOption.ATOMIC_MOVE);
  }
}
