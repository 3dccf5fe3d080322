package dev.amphi.packager.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of one folder, and of those below it, that belong in the store: all but what is being
 * made and what is only true here.
 */
record FolderFiles(Path folder) {
  /** Speaks of all the others: it is read first and shipped last. */
  static final String INDEX = "journal";

  /** What the others cannot be read without, where they are encrypted. */
  static final String KEY = "key";

  private static final String ERASING = "erasing";
  private static final String STORED = "stored";

  /** The same while it grows: after a restart nothing is brought twice. */
  private static final String STORING = "storing";

  private static final String UNFINISHED = ".part";
  private static final String FRESH = ".new";
  private static final Set<String> LOCAL = Set.of("lock", ERASING, STORED, STORING);
  private static final Set<String> MEDIA =
      Set.of(".mp4", ".webm", ".mkv", ".mjpeg", ".cmaf", ".clusters", ".jpegs");

  /** What is only ever added to, besides chunks and clusters; all else is replaced whole. */
  private static final Set<String> APPENDED =
      Set.of(INDEX, "tracks", "scenes.jsonl", "consents.jsonl");

  /** Each speaks of media, the last one of everything. */
  private static final List<String> INDEXES = List.of("tracks", INDEX);

  /** A file as it is now. */
  record Found(String name, long length, long modifiedMillis) {}

  /** What is large, and may be on no disk of this machine. */
  static boolean isMedia(String name) {
    int dot = name.lastIndexOf('.');
    return dot >= 0 && MEDIA.contains(name.substring(dot));
  }

  /** What grows while it is recorded, and is never changed before its end. */
  static boolean isAppended(String name) {
    return APPENDED.contains(name)
        || name.endsWith(".cmaf")
        || name.endsWith(".clusters")
        || name.endsWith(".jpegs");
  }

  /** What is finished and large: chunks are still needed here, to be made into that. */
  static boolean isKeptElsewhere(String name) {
    return name.endsWith(".mp4")
        || name.endsWith(".webm")
        || name.endsWith(".mkv")
        || name.endsWith(".mjpeg");
  }

  /**
   * Small files first, then media, the indexes last; of those not more than was there before the
   * others were looked at, so that they never speak of bytes that are not among them.
   */
  List<Found> list() throws IOException {
    List<Found> found = new ArrayList<>();
    for (String index : INDEXES) {
      add(folder.resolve(index), found);
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path path : all) {
        if (Files.isDirectory(path)) {
          below(path, found);
        } else if (!INDEXES.contains(name(path))) {
          add(path, found);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(
        Comparator.comparing((Found file) -> INDEXES.indexOf(file.name()))
            .thenComparing(file -> isMedia(file.name()))
            .thenComparing(Found::name));
    return found;
  }

  private void below(Path directory, List<Found> found) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      for (Path path : all) {
        if (!Files.isDirectory(path)) {
          add(path, found);
        }
      }
    }
  }

  private void add(Path path, List<Found> found) throws IOException {
    String name = name(path);
    if (LOCAL.contains(name)
        || name.endsWith(UNFINISHED)
        || name.endsWith(FRESH)
        || !Manifest.isName(name)) {
      return;
    }
    try {
      found.add(found(path));
    } catch (NoSuchFileException e) {
      // It went while we looked.
    }
  }

  /** A file of the folder as it is now. */
  Found found(Path path) throws IOException {
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    return new Found(name(path), now.size(), now.lastModifiedTime().toMillis());
  }

  private String name(Path path) {
    return folder.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** From then on until nothing of it is left anywhere. */
  boolean isToBeErased() {
    return Files.exists(folder.resolve(ERASING));
  }

  boolean isGone() {
    return !Files.isDirectory(folder);
  }

  /** What the store has, manifest and all; nothing where that was never so. */
  Manifest stored() throws IOException {
    return read(STORED).orElse(Manifest.EMPTY);
  }

  /** The same, and what was brought since; empty where nothing was. */
  Optional<Manifest> storing() throws IOException {
    return read(STORING);
  }

  /** The newer of both: what was taken away is not in it, though the store may have it still. */
  Manifest known() throws IOException {
    Optional<Manifest> begun = storing();
    return begun.isPresent() ? begun.get() : stored();
  }

  private Optional<Manifest> read(String name) throws IOException {
    try {
      return Optional.of(
          Manifest.read(Files.readString(folder.resolve(name), StandardCharsets.UTF_8)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Keeps what the store has on the disk. */
  void stored(Manifest manifest) throws IOException {
    write(STORED, manifest);
    Files.deleteIfExists(folder.resolve(STORING));
  }

  /** The same of what is only partly there. */
  void storing(Manifest manifest) throws IOException {
    write(STORING, manifest);
  }

  private void write(String name, Manifest manifest) throws IOException {
    Path part = folder.resolve(name + UNFINISHED);
    try (FileChannel file =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(manifest.write());
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
    Files.move(
        part,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    sync(folder);
  }

  /** Puts a folder's names on the disk. */
  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Some bytes of a file; fewer where it ends before. */
  static ByteBuffer read(Path path, long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
        // Until it is full, or the file ends.
      }
    }
    return bytes.flip();
  }
}
