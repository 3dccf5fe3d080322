package dev.amphi.composer.lettering;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The project's fonts as files, because Java reads a font as a file only: of anything else it makes
 * a copy, which a process that is killed leaves behind. The node unpacks them once for all its
 * children.
 */
public final class FontFiles {
  private static final String FOLDER = "fonts/";
  private static final String PROPERTY = "amphi.fonts";

  private FontFiles() {}

  /**
   * Unpacks all fonts into a folder, but for those that are there already.
   *
   * @return the option of the Java machine that tells a child where they are
   */
  public static String unpack(Path folder) {
    try {
      Files.createDirectories(folder);
      for (Face face : Face.values()) {
        put(face.file(), folder.resolve(face.file()));
      }
      return "-D" + PROPERTY + "=" + folder.toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException("The fonts cannot be unpacked into " + folder, e);
    }
  }

  private static void put(String name, Path file) throws IOException {
    long bytes = resource(name).openConnection().getContentLengthLong();
    if (Files.exists(file) && Files.size(file) == bytes) {
      return;
    }
    Path fresh = file.resolveSibling(name + ".new");
    try (InputStream in = resource(name).openStream()) {
      Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Where a font is: in the node's folder, or where the build has put it. */
  static Path of(Face face) throws IOException {
    String folder = System.getProperty(PROPERTY, "");
    if (!folder.isEmpty()) {
      return Path.of(folder, face.file());
    }
    URL url = resource(face.file());
    try {
      URI uri = url.toURI();
      return uri.getScheme().equals("file") ? Path.of(uri) : copy(face);
    } catch (URISyntaxException e) {
      throw new IOException("The font has the address " + url, e);
    }
  }

  /** For tools that run from a jar without a node. */
  private static Path copy(Face face) throws IOException {
    Path copy = Files.createTempFile("amphi-", "-" + face.file());
    copy.toFile().deleteOnExit();
    try (InputStream in = resource(face.file()).openStream()) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }

  private static URL resource(String name) throws IOException {
    URL url = FontFiles.class.getResource(FOLDER + name);
    if (url == null) {
      throw new IOException("The font " + name + " is not on the class path");
    }
    return url;
  }
}
