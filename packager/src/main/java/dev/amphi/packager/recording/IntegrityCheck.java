package dev.amphi.packager.recording;

import dev.amphi.packager.api.Integrity;
import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.crypt.Sha256;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.TrackFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the links of a recording's journal and compares what it speaks of with what is there: the
 * MP4, or the chunks while there is none. Changes nothing.
 */
final class IntegrityCheck {
  private static final int BUFFER_BYTES = 1 << 20;

  private final RecordingFolder folder;
  private final @Nullable RecordingKey key;

  IntegrityCheck(RecordingFolder folder, @Nullable RecordingKey key) {
    this.folder = folder;
    this.key = key;
  }

  /** Reads everything once; takes as long as the disk does. */
  Integrity check() throws IOException {
    Journal journal = read();
    Integrity found = check(journal);
    if (!found.state().equals(Integrity.BROKEN)) {
      return found;
    }
    // It may have been finished or erased meanwhile: then that is no damage.
    if (Files.exists(folder.erasing()) || !Files.exists(folder.journal())) {
      throw new IOException("it is being erased");
    }
    Journal now = read();
    boolean ended = journal.outcome().isEmpty() && now.outcome().isPresent();
    boolean trimmed = !journal.trim().equals(now.trim());
    boolean tracked = !journal.tracks().equals(now.tracks());
    boolean composed = !journal.compositions().equals(now.compositions());
    return ended || trimmed || tracked || composed ? check() : found;
  }

  private Journal read() throws IOException {
    return Journal.read(Files.readAllBytes(folder.journal()), RecordingKey.links(key));
  }

  /** Compares with what was read of the journal. */
  Integrity check(Journal journal) throws IOException {
    String seal = journal.link();
    if (journal.opened().isEmpty()) {
      return new Integrity(Integrity.BROKEN, "Its journal does not begin as one.", seal);
    }
    if (!journal.opened().get().id().equals(folder.id())) {
      String detail = "Its journal is of recording " + journal.opened().get().id() + ".";
      return new Integrity(Integrity.BROKEN, detail, seal);
    }
    if (journal.brokenLine() > 0) {
      return new Integrity(Integrity.BROKEN, brokenLine(journal), seal);
    }
    boolean ended = journal.outcome().isPresent();
    Optional<String> damage = ended ? movieDamage(journal) : chunkDamage(journal);
    damage = damage.isPresent() ? damage : trackDamage(journal);
    if (damage.isPresent()) {
      return new Integrity(Integrity.BROKEN, damage.get(), seal);
    }
    String whole = journal.linked() ? Integrity.WHOLE : Integrity.UNLINKED;
    return new Integrity(ended ? whole : Integrity.OPEN, "", seal);
  }

  private static String brokenLine(Journal journal) {
    return "Line "
        + journal.brokenLine()
        + " of its journal is not the one that was written after the line before: something was"
        + " changed or taken out there.";
  }

  private Optional<String> movieDamage(Journal journal) throws IOException {
    if (journal.outcome().orElseThrow() instanceof JournalEntry.Failed) {
      return Optional.empty();
    }
    if (journal.movie().isEmpty()) {
      return journal.linked() ? Optional.of("Its journal names no MP4.") : Optional.empty();
    }
    JournalEntry.Movie movie = journal.movie().get();
    if (movie.chunksLost() > 0) {
      return Optional.of(
          movie.chunksLost() + " parts were damaged on the disk before the MP4 was made.");
    }
    Optional<String> damage = damage("Its MP4", RecordedFile.MOVIE, movie.bytes(), movie.sha256());
    if (damage.isEmpty() && journal.thumbnails().isPresent()) {
      JournalEntry.Thumbnails small = journal.thumbnails().get();
      damage =
          damage(
              "The file of its thumbnails", RecordedFile.PICTURES, small.bytes(), small.sha256());
    }
    if (damage.isEmpty() && journal.trim().isPresent()) {
      JournalEntry.Trimmed part = journal.trim().get();
      damage = damage("The part of it", RecordedFile.TRIMMED, part.bytes(), part.sha256());
    }
    return damage.isPresent() ? damage : compositionDamage(journal);
  }

  private Optional<String> compositionDamage(Journal journal) throws IOException {
    for (Journal.Composition composition : journal.compositions().values()) {
      if (composition.last() instanceof JournalEntry.Composed made) {
        Optional<String> damage =
            damage(
                "Its composition '" + made.show().wireName() + "'",
                RecordedFile.of(made.show()),
                made.bytes(),
                made.sha256());
        if (damage.isPresent()) {
          return damage;
        }
      }
    }
    return Optional.empty();
  }

  /** Of tracks that are no files yet the next start makes them, and nothing is told. */
  private Optional<String> trackDamage(Journal journal) throws IOException {
    Optional<JournalEntry.Tracks> said = journal.tracks();
    if (said.isEmpty()) {
      return Optional.empty();
    }
    if (!Files.exists(folder.tracksJournal())) {
      return Optional.of("The journal of its tracks is gone.");
    }
    byte[] file = Files.readAllBytes(folder.tracksJournal());
    Journal tracks = Journal.read(file, RecordingKey.links(key));
    if (!tracks.link().equals(said.get().link()) || tracks.brokenLine() > 0) {
      return Optional.of("The journal of its tracks is not the one that was written.");
    }
    for (KeptTrack track : KeptTrack.of(tracks)) {
      JournalEntry.Made made = track.made().orElse(null);
      Optional<String> damage =
          made == null || made.bytes() == 0
              ? Optional.empty()
              : damage(
                  "Its track " + track.source.track(),
                  track.fileName(),
                  made.bytes(),
                  made.sha256());
      if (damage.isPresent()) {
        return damage;
      }
    }
    return Optional.empty();
  }

  private Optional<String> damage(String what, RecordedFile name, long bytes, Bytes sha256)
      throws IOException {
    return damage(what, name.fileName(), bytes, sha256);
  }

  private Optional<String> damage(String what, String name, long bytes, Bytes sha256)
      throws IOException {
    if (!folder.has(name)) {
      return Optional.of(what + " is gone.");
    }
    try (SeekableByteChannel file = folder.read(name)) {
      if (file.size() != bytes) {
        return Optional.of(
            what + " has " + file.size() + " bytes instead of the " + bytes + " that were made.");
      }
      return hash(file).equals(sha256)
          ? Optional.empty()
          : Optional.of(what + " is not the one that was made: a byte of it was changed.");
    }
  }

  private static Bytes hash(SeekableByteChannel file) throws IOException {
    Sha256 hash = new Sha256();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (file.read(buffer) >= 0) {
      hash.add(buffer.flip());
      buffer.clear();
    }
    return hash.done();
  }

  private Optional<String> chunkDamage(Journal journal) throws IOException {
    Map<String, TrackFormat> formats = new HashMap<>();
    try (ChunkFiles chunks = new ChunkFiles(folder, key);
        ChunkFiles pictures = ThumbnailFiles.reading(folder, key)) {
      for (JournalEntry entry : journal.entries()) {
        if (entry instanceof JournalEntry.Format format) {
          formats.put(format.track(), format.format());
        } else if (entry instanceof JournalEntry.Chunk chunk && chunks.read(chunk).isEmpty()) {
          return Optional.of(place(chunk, formats.get(chunk.track())));
        } else if (entry instanceof JournalEntry.Thumbnail picture
            && ThumbnailFiles.read(pictures, picture).isEmpty()) {
          return Optional.of(
              "The thumbnail of " + picture.at() + " is not the one that was written.");
        }
      }
    }
    return Optional.empty();
  }

  private static String place(JournalEntry.Chunk chunk, @Nullable TrackFormat format) {
    double seconds = format == null ? 0 : (double) chunk.timeTicks() / format.timescale();
    return String.format(
        Locale.ROOT,
        "The part of track %s at %.3f s of its run is not the one that was written.",
        chunk.track(),
        seconds);
  }
}
