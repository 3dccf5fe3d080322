package dev.amphi.composer.lettering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.scene.Content;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogoTest {
  private static Path red(Path folder, String format, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    Path file = folder.resolve("logo." + format);
    ImageIO.write(image, format, file.toFile());
    return file;
  }

  @Test
  void isDrawnAboveTheTitleOfASlate(@TempDir Path folder) throws IOException {
    Content.Slate slate = new Content.Slate("Optics", "Break until 10:45", "4:59");
    Picture with =
        new Java2dLettering(Logo.open(red(folder, "png", 300, 100))).slate(640, 360, slate);
    Picture without = new Java2dLettering(null).slate(640, 360, slate);
    int at = 60 * with.stride(2) / 2 + 160;
    assertThat(with.plane(2).get(at) & 0xff).as("Cr in the middle of the logo").isGreaterThan(200);
    assertThat(without.plane(2).get(at) & 0xff).isBetween(120, 136);
    int below = 120 / 2 * with.stride(2) + 160;
    assertThat(with.plane(2).get(below)).as("nothing else").isEqualTo(without.plane(2).get(below));
  }

  @Test
  void isTakenAsPngOrJpegOnly(@TempDir Path folder) throws IOException {
    assertThat(Logo.check(red(folder, "png", 300, 100))).startsWith("-Damphi.logo=/");
    assertThat(Logo.check(red(folder, "jpeg", 300, 100))).endsWith("logo.jpeg");
    Path gif = red(folder, "gif", 300, 100);
    assertThatThrownBy(() -> Logo.check(gif)).hasMessageContaining("neither PNG nor JPEG");
    Path text = Files.writeString(folder.resolve("logo.txt"), "logo");
    assertThatThrownBy(() -> Logo.check(text)).hasMessageContaining("neither PNG nor JPEG");
    Path none = folder.resolve("none.png");
    assertThatThrownBy(() -> Logo.check(none)).hasMessageContaining("cannot be read");
  }

  @Test
  void isBounded(@TempDir Path folder) throws IOException {
    Path wide = red(folder, "png", 2_049, 10);
    assertThatThrownBy(() -> Logo.check(wide)).hasMessageContaining("2049×10 pixels");
    assertThat(Logo.open(wide)).isNull();
    Path heavy = Files.write(folder.resolve("heavy.png"), new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> Logo.check(heavy)).hasMessageContaining("1048577 bytes");
  }
}
