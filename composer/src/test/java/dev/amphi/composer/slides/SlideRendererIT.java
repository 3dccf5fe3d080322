package dev.amphi.composer.slides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.composer.codec.PackedPicture;
import dev.amphi.composer.codec.Picture;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process that draws real files. */
class SlideRendererIT {
  private final Path folder;
  private final SlideRenderer renderer =
      new SlideRenderer(RendererCommand.likeThisProcess(), SlideRenderer.Limits.STANDARD);
  private final Heard heard = new Heard();

  SlideRendererIT(@TempDir Path folder) {
    this.folder = folder;
  }

  private static final class Heard implements SlideRenderer.Listener {
    private final List<String> told = new ArrayList<>();
    private final Deque<Integer> left = new ArrayDeque<>();

    @Override
    public void opened(int pages) {
      IntStream.rangeClosed(1, pages).forEach(left::add);
      told.add("opened " + pages);
    }

    @Override
    public void drawn(int number, int width, int height, String title) {
      told.add("drawn " + number + " " + width + "x" + height + " " + title);
    }

    @Override
    public void failed(int number) {
      told.add("failed " + number);
    }

    int next() {
      return left.isEmpty() ? 0 : left.pop();
    }
  }

  private void render(Path pdf) throws Exception {
    renderer.render(pdf, folder, heard, heard::next);
  }

  @Test
  void drawsEachPageAtTheSizeOfTheCanvas() throws Exception {
    render(PdfFixture.write(folder.resolve("a.pdf"), "Lenses", "Mirrors"));
    assertThat(heard.told)
        .containsExactly("opened 2", "drawn 1 1280x720 Lenses", "drawn 2 1280x720 Mirrors");
    BufferedImage png = ImageIO.read(folder.resolve("1.png").toFile());
    assertThat(png.getWidth()).isEqualTo(1280);
    byte[] packed = Files.readAllBytes(folder.resolve("1.yuv"));
    Picture picture = PackedPicture.unpack(1280, 720, ByteBuffer.wrap(packed)).orElseThrow();
    assertThat(picture.plane(0).get(0) & 0xff).isEqualTo(235);
    assertThat(packed.length).isLessThan(200_000);
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    assertThatThrownBy(() -> render(PdfFixture.encrypted(folder.resolve("e.pdf"))))
        .isInstanceOf(SlidesRefused.class)
        .hasMessageContaining("needs a password");
    Path text = Files.writeString(folder.resolve("t.pdf"), "Dear class, this is no PDF.");
    assertThatThrownBy(() -> render(text)).hasMessageContaining("not a PDF");
  }
}
