package dev.amphi.server.node;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of everything that outlives a run. */
final class DataFolder {
  private DataFolder() {}

  /** Makes the folder where it is missing and proves by a file that it can be written. */
  static void require(Path folder) throws StartException {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".write", ".test"));
    } catch (FileAlreadyExistsException e) {
      throw refused(folder, "is a file");
    } catch (IOException e) {
      throw refused(folder, "cannot be written (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static StartException refused(Path folder, String why) {
    return new StartException(
        "data_dir is '"
            + folder
            + "', which "
            + why
            + ": choose a folder that this user may write, with --data-dir.");
  }
}
