package dev.amphi.composer.lettering;

import dev.amphi.composer.api.Corner;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** A school's logo: a PNG or JPEG file of a bounded size, which the node has looked at before. */
public final class Logo {
  private static final String PROPERTY = "amphi.logo";
  private static final String CORNER = "amphi.logo_corner";
  private static final long MOST_BYTES = 1 << 20;
  private static final int MOST_PIXELS = 2_048;
  private static final Set<String> FORMATS = Set.of("png", "jpeg");

  private final BufferedImage image;

  private Logo(BufferedImage image) {
    this.image = image;
  }

  /**
   * Looks at a file without drawing it.
   *
   * @return the option of the Java machine that tells a child where it is
   * @throws IOException with a sentence for the operator
   */
  public static String check(Path file) throws IOException {
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      throw new IOException("The logo " + file + " cannot be read");
    }
    long bytes = Files.size(file);
    if (bytes > MOST_BYTES) {
      throw new IOException(
          "The logo " + file + " has " + bytes + " bytes, but it may have 1 MiB at most");
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      ImageReader reader = reader(in, file);
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      reader.dispose();
      if (width > MOST_PIXELS || height > MOST_PIXELS) {
        throw new IOException(
            "The logo %s has %d×%d pixels, but it may have %d×%d at most"
                .formatted(file, width, height, MOST_PIXELS, MOST_PIXELS));
      }
    }
    return "-D" + PROPERTY + "=" + file.toAbsolutePath();
  }

  private static ImageReader reader(ImageInputStream in, Path file) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(java.util.Locale.ROOT))) {
        return reader;
      }
    }
    throw new IOException("The logo " + file + " is neither PNG nor JPEG");
  }

  /** The one that this process was told of, or null; a file that has changed since is looked at. */
  static @Nullable Logo ofThisProcess() {
    String file = System.getProperty(PROPERTY, "");
    return file.isEmpty() ? null : open(Path.of(file));
  }

  /** Null, and a line in the log, when the file is not what it was. */
  static @Nullable Logo open(Path file) {
    try {
      check(file);
      BufferedImage image = ImageIO.read(file.toFile());
      return new Logo(image);
    } catch (IOException e) {
      System.getLogger(Logo.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
      return null;
    }
  }

  /** The option of the Java machine that tells a child in which corner it is a mark. */
  public static String in(Corner corner) {
    return "-D" + CORNER + "=" + corner;
  }

  /** The corner that this process was told of. */
  static Optional<Corner> cornerOfThisProcess() {
    String name = System.getProperty(CORNER, "");
    return name.isEmpty() ? Optional.empty() : Optional.of(Corner.valueOf(name));
  }

  /** How wide it is, in even pixels, when it is as large as it fits. */
  int widthIn(int width, int height) {
    return even(image.getWidth() * scale(width, height), width);
  }

  /** How high it is then. */
  int heightIn(int width, int height) {
    return even(image.getHeight() * scale(width, height), height);
  }

  private double scale(int width, int height) {
    return Math.min((double) width / image.getWidth(), (double) height / image.getHeight());
  }

  private static int even(double size, int most) {
    return Math.clamp(2 * Math.round(size / 2), 2, most);
  }

  /** Draws it in the middle of a box, as large as it fits. */
  void draw(Graphics2D graphics, int x, int y, int width, int height) {
    double scale = scale(width, height);
    int wide = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int high = Math.max(1, (int) Math.round(image.getHeight() * scale));
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    // Averages where it is made smaller, which no interpolation of the canvas does.
    Image sized = image.getScaledInstance(wide, high, Image.SCALE_AREA_AVERAGING);
    graphics.drawImage(sized, x + (width - wide) / 2, y + (height - high) / 2, null);
  }
}
