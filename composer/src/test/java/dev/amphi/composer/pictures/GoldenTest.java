package dev.amphi.composer.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.lettering.Java2dLettering;
import dev.amphi.composer.scene.Compositor;
import dev.amphi.composer.scene.Scene;
import dev.amphi.composer.slides.PdfFixture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the program shows, compared with pictures that people have looked at. Make them anew by
 * {@code tools/golden.sh}, and look at each before it is committed.
 */
class GoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final Path ACTUAL = Path.of("target/golden");

  /** Other processors and other builds of the JDK's FreeType draw edges a little otherwise. */
  private static final double LEAST_MEAN = 0.98;

  private static final double LEAST_WORST = 0.85;

  private static final Map<String, Scene> TAKES = Takes.all();

  static Set<String> takes() {
    return TAKES.keySet();
  }

  private static BufferedImage draw(String take) {
    return draw(TAKES.get(take), take.startsWith("mark-") ? Takes.MARKED : new Java2dLettering());
  }

  private static BufferedImage draw(Scene scene, Java2dLettering lettering) {
    List<Picture> people = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      people.add(Cast.person(i, 640, 360));
    }
    Map<String, Picture> shares = new HashMap<>();
    shares.put("slide", Cast.slide(960, 540));
    shares.put("text", PdfFixture.picture(512, 352));
    try (Compositor compositor = new FfmpegCodecs().compositor(scene.canvas(), lettering);
        Picture drawn =
            compositor.draw(
                scene,
                id -> id.startsWith("p") ? people.get(id.charAt(1) - '0') : shares.get(id))) {
      return Rgb.of(drawn);
    }
  }

  @ParameterizedTest
  @MethodSource("takes")
  void looksAsItDidWhenSomebodyLooked(String take) throws IOException {
    BufferedImage drawn = draw(take);
    Path golden = FOLDER.resolve(take + ".png");
    if (Boolean.getBoolean("amphi.golden.write")) {
      Files.createDirectories(FOLDER);
      ImageIO.write(drawn, "png", golden.toFile());
    }
    Files.createDirectories(ACTUAL);
    ImageIO.write(drawn, "png", ACTUAL.resolve(take + ".png").toFile());
    Ssim likeness = Ssim.of(drawn, ImageIO.read(golden.toFile()));
    assertThat(likeness.mean()).as("all of %s", take).isGreaterThan(LEAST_MEAN);
    assertThat(likeness.worst()).as("the worst part of %s", take).isGreaterThan(LEAST_WORST);
  }

  @Test
  void hasNoPictureOfNothing() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".png", "")))
          .containsExactlyInAnyOrderElementsOf(TAKES.keySet());
    }
  }

  @Test
  void tellsAWrongLayoutFromTheRightOne() {
    Ssim likeness = Ssim.of(draw("layout-grid"), draw("layout-speaker"));
    assertThat(likeness.mean()).isLessThan(0.8);
    assertThat(likeness.worst()).isLessThan(0.5);
  }

  @Test
  void tellsAWrongNameFromTheRightOne() {
    Ssim likeness = Ssim.of(draw("label-chinese"), draw("label-japanese-korean"));
    assertThat(likeness.mean()).as("most of it is the same").isGreaterThan(0.8);
    assertThat(likeness.worst()).isLessThan(0.7);
  }

  @Test
  void tellsTheNextSecondOfACountdown() {
    List<String> names = TAKES.keySet().stream().collect(Collectors.toList());
    assertThat(names).contains("slate-break-at");
    assertThat(Ssim.of(draw("slate-break-at"), draw("slate-begins-at")).worst()).isLessThan(0.7);
  }
}
