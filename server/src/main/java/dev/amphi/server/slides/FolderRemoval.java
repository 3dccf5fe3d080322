package dev.amphi.server.slides;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Removes a folder that others may still be writing into, or deleting from. */
final class FolderRemoval extends SimpleFileVisitor<Path> {
  private static final System.Logger LOG = System.getLogger(FolderRemoval.class.getName());

  /** Whoever still writes writes a page at a time. */
  private static final int MOST_TRIES = 5;

  private FolderRemoval() {}

  /** Removes a folder with all that is in it; returns whether nothing is left. */
  static boolean remove(Path folder) {
    IOException last = null;
    for (int i = 0; i < MOST_TRIES && Files.exists(folder); i++) {
      try {
        Files.walkFileTree(folder, new FolderRemoval());
      } catch (IOException e) { // something came while it was looked for, mostly
        last = e;
      }
    }
    boolean gone = !Files.exists(folder);
    if (!gone) {
      LOG.log(System.Logger.Level.WARNING, "{0} is not removed: {1}", folder, String.valueOf(last));
    }
    return gone;
  }

  /** Removes a folder that may be used again, unless something is in it. */
  static void removeEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0} is in use", folder);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "{0} is not removed: {1}", folder, e.toString());
    }
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    Files.deleteIfExists(file);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    return passing(failure);
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
      throws IOException {
    if (failure != null) {
      return passing(failure);
    }
    Files.deleteIfExists(folder);
    return FileVisitResult.CONTINUE;
  }

  /** What is gone meanwhile is as it should be. */
  private static FileVisitResult passing(IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }
}
