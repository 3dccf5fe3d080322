package dev.amphi.packager.recording;

import dev.amphi.packager.vault.Vault;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The files of one recording.
 *
 * <pre>
 * recordings/{room}/{id}/journal          what is there, one checksummed line each
 *                        lock             locked while it is written
 *                        720p.cmaf        chunks, appended
 *                        audio.cmaf
 *                        thumbnails.jpegs small pictures, appended
 *                        recording.mp4    made of them at the end
 *                        captions.vtt     what was said
 *                        thumbnails.mjpeg the small pictures that are in it, thumbnails.vtt where
 *                        poster.jpg       one of them, for the whole
 *                        trimmed.mp4      a part of it, as trimmed.vtt, trimmed.thumbnails.vtt
 *                        chapters.json    its chapters, which it has inside too
 *                        scenes.jsonl     what the picture showed when
 *                        tracks           the journal of single participants' tracks
 *                        track-1.clusters their clusters, appended
 *                        track-1.webm     made of them at the end
 *                        tracks.json      where each of them stands under the MP4
 *                        label            its title, and whether it is published
 * </pre>
 */
record RecordingFolder(Path path, @Nullable Vault vault) {
  static final String JOURNAL = "journal";
  static final String TRACK_SUFFIX = ".cmaf";
  static final String CLUSTERS_SUFFIX = ".clusters";

  /** How the file of small pictures is called while it is recorded. */
  static final String THUMBNAILS = "thumbnails.jpegs";

  static final String TRACKS_LIST = "tracks.json";
  private static final int CLAIMS = 100;
  private static final int STAMP_LENGTH = 15;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** A folder without a second home. */
  RecordingFolder(Path path) {
    this(path, null);
  }

  /** The same folder with a second home, where there is one. */
  RecordingFolder in(@Nullable Vault home) {
    return new RecordingFolder(path, home);
  }

  /**
   * Claims a new folder by creating it: two owners of a room, whatever their epochs, never write to
   * the same one.
   */
  static RecordingFolder claim(Path root, String roomId, long epoch, Instant now)
      throws IOException {
    Path room = root.resolve(fileName(roomId));
    Files.createDirectories(room);
    for (int attempt = 1; attempt <= CLAIMS; attempt++) {
      String id = firstId(epoch, now) + (attempt == 1 ? "" : "-" + attempt);
      try {
        RecordingFolder folder = new RecordingFolder(Files.createDirectory(room.resolve(id)));
        sync(room);
        return folder;
      } catch (FileAlreadyExistsException e) {
        // Taken: the next name.
      }
    }
    throw new IOException("no free name for a recording of room " + roomId);
  }

  /** The id that is tried first. */
  static String firstId(long epoch, Instant now) {
    return STAMP.format(now) + "-" + epoch;
  }

  String id() {
    return path.getFileName().toString();
  }

  Path journal() {
    return path.resolve(JOURNAL);
  }

  /** Locked while the recording is written; nobody reads it. */
  Path lock() {
    return path.resolve("lock");
  }

  /** Whether anything of the picture, the sound or somebody's tracks is there. */
  boolean hasMedia() throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(path, "*{" + TRACK_SUFFIX + "," + CLUSTERS_SUFFIX + "}")) {
      for (Path file : files) {
        if (Files.size(file) > 0) {
          return true;
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return false;
  }

  /** The room, as the folder above is named. */
  String roomId() {
    int names = path.getNameCount();
    return names < 2 ? "" : textOf(path.getName(names - 2).toString());
  }

  /** When it began, as the folder is named; where that says nothing, when it was touched last. */
  Instant beganAt() throws IOException {
    try {
      String stamp = id().substring(0, Math.min(id().length(), STAMP_LENGTH));
      return LocalDateTime.parse(stamp, STAMP).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      return Files.getLastModifiedTime(path).toInstant();
    }
  }

  Path track(String renditionId) {
    return path.resolve(trackName(renditionId));
  }

  /** How the file of a rendition's chunks is called. */
  static String trackName(String renditionId) {
    return fileName(renditionId) + TRACK_SUFFIX;
  }

  /** How the file of a participant's track is called while it is recorded. */
  static String clustersName(String track) {
    return "track-" + fileName(track) + CLUSTERS_SUFFIX;
  }

  /** What there is of the tracks of single participants; there when they are kept. */
  Path tracksJournal() {
    return path.resolve("tracks");
  }

  /** The list of the tracks, once all of them are files. */
  Path tracksList() {
    return path.resolve(TRACKS_LIST);
  }

  /** The key of the recording, wrapped; there when it is encrypted. */
  Path key() {
    return path.resolve("key");
  }

  /** There while a legal hold forbids that it is erased. */
  Path hold() {
    return path.resolve("hold");
  }

  /** Puts the mark of a legal hold on the disk, or takes it away. */
  void hold(boolean on) throws IOException {
    if (on && !Files.exists(hold())) {
      Files.createFile(hold());
    } else if (!on) {
      Files.deleteIfExists(hold());
    }
    sync(path);
  }

  /** What people wrote on it; there once they did. */
  Path label() {
    return path.resolve("label");
  }

  /** The same while it is written. */
  Path freshLabel() {
    return path.resolve("label.part");
  }

  /** There from the moment when the recording is to be erased. */
  Path erasing() {
    return path.resolve("erasing");
  }

  /** What is encrypted here is about this: nothing of it can be read in another folder's place. */
  String about() {
    int names = path.getNameCount();
    return (names < 2 ? "" : path.getName(names - 2)) + "/" + id();
  }

  /** The same for one of its files, which is no other. */
  String about(RecordedFile file) {
    return file == RecordedFile.MOVIE ? about() : about(file.fileName());
  }

  /** The same for one by its name. */
  String about(String fileName) {
    return about() + "/" + fileName;
  }

  Path movie() {
    return file(RecordedFile.MOVIE);
  }

  Path chapters() {
    return path.resolve("chapters.json");
  }

  Path scenes() {
    return path.resolve("scenes.jsonl");
  }

  /** A file for people, once it is whole. */
  Path file(RecordedFile file) {
    return path.resolve(file.fileName());
  }

  /** Whether it has a file, here or in its second home. */
  boolean has(RecordedFile file) throws IOException {
    return has(file.fileName());
  }

  /** The same by its name. */
  boolean has(String fileName) throws IOException {
    return isHere(fileName) || isAway(fileName);
  }

  /** Whether a file is to be read from its second home. */
  boolean isAway(String fileName) throws IOException {
    return !isHere(fileName) && vault != null && vault.isAway(path, fileName);
  }

  /** How many bytes a file has as it is stored, wherever it is; 0 where there is none. */
  long storedBytes(RecordedFile file) throws IOException {
    try {
      return Files.size(file(file));
    } catch (NoSuchFileException e) {
      return vault == null ? 0 : vault.awayBytes(path, file.fileName());
    }
  }

  /** Whether a file can be read as one of this disk. */
  boolean isHere(String fileName) {
    return Files.exists(path.resolve(fileName));
  }

  /** Reads a file as it is stored, wherever it is. */
  SeekableByteChannel read(String fileName) throws IOException {
    try {
      return FileChannel.open(path.resolve(fileName), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      if (vault == null) {
        throw e;
      }
      return vault.open(path, fileName);
    }
  }

  /** Removes a file for good, wherever it is. */
  void remove(RecordedFile file) throws IOException {
    Files.deleteIfExists(file(file));
    if (vault != null) {
      vault.forget(path, file.fileName());
    }
  }

  /** Its files are finished, or were changed after that: its second home is to have them. */
  void settle() {
    if (vault != null) {
      vault.over(path);
    }
  }

  /** The same while it is made. */
  Path unfinished(RecordedFile file) {
    return path.resolve(file.fileName() + ".part");
  }

  /** One by its name while it is made. */
  Path unfinished(String fileName) {
    return path.resolve(fileName + ".part");
  }

  /** What its disk still takes; 0 also where nobody can say. */
  long usableBytes() {
    return path.toFile().getUsableSpace(); // A FileStore fails where its mount cannot be found.
  }

  /** Puts a folder's names on the disk. */
  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Adds entries to the journal of a recording that nobody writes any more. */
  void append(JournalChain chain, List<? extends JournalEntry> entries) throws IOException {
    append(journal(), chain, entries);
  }

  /** The same to a journal of one's own. */
  static void append(Path journal, JournalChain chain, List<? extends JournalEntry> entries)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    entries.forEach(entry -> lines.append(chain.append(entry)));
    try (FileChannel channel =
        FileChannel.open(journal, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      writeFully(channel, ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
  }

  static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The text that a file name was made of. */
  static String textOf(String fileName) {
    return fileName.equals("=")
        ? ""
        : URLDecoder.decode(fileName.replace("+", "%2B").replace('=', '%'), StandardCharsets.UTF_8);
  }

  /** A name that is safe in every file system, another for each text. */
  static String fileName(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || b == '-'
              || b == '_';
      out.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "=%02x", b));
    }
    return out.isEmpty() ? "=" : out.toString();
  }
}
