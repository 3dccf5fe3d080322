package dev.amphi.server.room;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.Composition;
import dev.amphi.interactive.api.Decisions;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The classes that a node opens again when it comes back: one small file each, replaced whole, gone
 * when the class ends. What is not in it (who is there, who is on stage, the chat) comes back with
 * the people.
 */
public final class RoomStore {
  private static final System.Logger LOG = System.getLogger(RoomStore.class.getName());
  private static final String SUFFIX = ".room";

  /** A class as it was when it was kept last. */
  record Kept(
      RoomSpec spec,
      boolean live,
      boolean recording,
      Arrangement arrangement,
      Decisions decisions,
      @Nullable Instant breakUntil,
      boolean recordingPaused,
      boolean recordingTracks) {
    /** Without tracks of single participants. */
    Kept(
        RoomSpec spec,
        boolean live,
        boolean recording,
        Arrangement arrangement,
        Decisions decisions,
        @Nullable Instant breakUntil,
        boolean recordingPaused) {
      this(spec, live, recording, arrangement, decisions, breakUntil, recordingPaused, false);
    }
  }

  private final Optional<Path> folder;

  private RoomStore(Optional<Path> folder) {
    this.folder = folder;
  }

  /** Keeps classes in a folder, which is made when it is missing. */
  public static RoomStore in(Path folder) {
    try {
      return new RoomStore(Optional.of(Files.createDirectories(folder)));
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " cannot be made", e);
    }
  }

  /** Keeps nothing. */
  public static RoomStore none() {
    return new RoomStore(Optional.empty());
  }

  /**
   * Keeps how a class is now, on disk before this returns; a disk that fails costs its return, not
   * the class.
   */
  synchronized void keep(Kept kept) {
    if (folder.isEmpty()) {
      return;
    }
    String id = kept.spec().id();
    Path file = file(folder.get(), id);
    Path fresh = file.resolveSibling(id + ".new");
    try {
      StringWriter text = new StringWriter();
      fields(kept).store(text, null);
      try (FileChannel out =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel names = FileChannel.open(folder.get(), StandardOpenOption.READ)) {
        names.force(true); // The new name is on disk only with its folder.
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "room=" + id + " is not kept", e);
    }
  }

  private static Properties fields(Kept kept) {
    Properties fields = new Properties();
    fields.setProperty("title", kept.spec().title());
    fields.setProperty("audience", kept.spec().audience());
    fields.setProperty("layout", kept.arrangement().layout());
    fields.setProperty("spotlight", kept.arrangement().spotlight());
    fields.setProperty("hidden", KeptDecisions.list(kept.arrangement().hidden()));
    fields.setProperty("live", String.valueOf(kept.live()));
    fields.setProperty("recording", String.valueOf(kept.recording()));
    fields.setProperty("recording_paused", String.valueOf(kept.recordingPaused()));
    fields.setProperty("recording_tracks", String.valueOf(kept.recordingTracks()));
    if (kept.spec().startsAt() != null) {
      fields.setProperty("starts_at", kept.spec().startsAt().toString());
    }
    if (kept.breakUntil() != null) {
      fields.setProperty("break_until", kept.breakUntil().toString());
    }
    KeptDecisions.write(kept.decisions(), fields);
    return fields;
  }

  /** A class that ended does not come back. */
  synchronized void forget(String roomId) {
    if (folder.isPresent()) {
      try {
        Files.deleteIfExists(file(folder.get(), roomId));
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "room=" + roomId + " is not forgotten", e);
      }
    }
  }

  /** What was kept; a file that cannot be read is left alone. */
  synchronized List<Kept> all() {
    List<Kept> all = new ArrayList<>();
    if (folder.isEmpty()) {
      return all;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.get(), "*" + SUFFIX)) {
      for (Path file : files) {
        read(file).ifPresent(all::add);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the kept rooms cannot be listed", e);
    }
    return all;
  }

  private static Optional<Kept> read(Path file) {
    Properties fields = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      fields.load(in);
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(System.Logger.Level.WARNING, file + " cannot be read", e);
      return Optional.empty();
    }
    String name = String.valueOf(file.getFileName());
    String id = name.substring(0, name.length() - SUFFIX.length());
    return Optional.of(
        new Kept(
            new RoomSpec(
                id,
                fields.getProperty("title", id),
                fields.getProperty("audience", RoomSpec.TOKEN),
                instant(fields, "starts_at")),
            Boolean.parseBoolean(fields.getProperty("live")),
            Boolean.parseBoolean(fields.getProperty("recording")),
            arrangement(fields),
            KeptDecisions.read(fields),
            instant(fields, "break_until"),
            Boolean.parseBoolean(fields.getProperty("recording_paused")),
            Boolean.parseBoolean(fields.getProperty("recording_tracks"))));
  }

  private static @Nullable Instant instant(Properties fields, String key) {
    try {
      String text = fields.getProperty(key);
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null; // A class without this time is better than none.
    }
  }

  private static Arrangement arrangement(Properties fields) {
    String layout = fields.getProperty("layout", Composition.AUTO);
    return new Arrangement(
        Composition.LAYOUTS.contains(layout) ? layout : Composition.AUTO,
        fields.getProperty("spotlight", ""),
        KeptDecisions.set(fields, "hidden").stream()
            .limit(Arrangement.MOST_HIDDEN)
            .collect(Collectors.toSet()));
  }

  /** Room ids are safe in paths: letters, digits, '_' and '-'. */
  private static Path file(Path folder, String roomId) {
    return folder.resolve(roomId + SUFFIX);
  }
}
