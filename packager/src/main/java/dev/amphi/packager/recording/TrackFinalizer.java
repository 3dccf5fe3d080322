package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.webm.Cluster;
import dev.amphi.packager.webm.WebmHeader;
import dev.amphi.packager.webm.WebmTrack;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a file of each track of a recording whose movie is made, and the list that says where they
 * stand in it. Nothing is coded anew. It can be stopped at any instruction and run again: clusters
 * go only after all of it is on the disk and both journals say so.
 */
final class TrackFinalizer {
  private final RecordingFolder folder;
  private final @Nullable RecordingKey key;

  /**
   * @param key of the recording; null where it is plain
   */
  TrackFinalizer(RecordingFolder folder, @Nullable RecordingKey key) {
    this.folder = folder;
    this.key = key;
  }

  /** Whether there is something to do. */
  static boolean isDue(RecordingFolder folder) {
    return Files.exists(folder.tracksJournal())
        && (!Files.exists(folder.tracksList()) || !clusters(folder).isEmpty());
  }

  /** Notes where the wall clock stands in the movie, before anybody relies on that movie. */
  static void note(RecordingFolder folder, @Nullable RecordingKey key, MovieClock clock)
      throws IOException {
    if (Files.exists(folder.tracksJournal())) {
      Path path = folder.tracksJournal();
      JournalChain chain = chain(path, key, read(path, key));
      RecordingFolder.append(path, chain, List.of(clock.timeline()));
    }
  }

  /** Does what is left to do. */
  void finish() throws IOException {
    Journal journal = read(folder.tracksJournal(), key);
    List<KeptTrack> tracks = KeptTrack.of(journal);
    MovieClock clock = clock(journal);
    boolean whole = journal.brokenLine() == 0;
    JournalChain chain = chain(folder.tracksJournal(), key, journal);
    for (KeptTrack track : tracks) {
      if (track.made().isEmpty() || !isThere(track, track.made().get())) {
        track.made(make(track, clock));
        RecordingFolder.append(folder.tracksJournal(), chain, List.of(track.made().orElseThrow()));
      }
      whole &= track.made().orElseThrow().clustersLost() == 0;
    }
    list(tracks, journal.finished());
    seal(tracks.size(), chain.link());
    if (whole) {
      for (Path file : clusters(folder)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Without its clusters it cannot be made again. */
  private boolean isThere(KeptTrack track, JournalEntry.Made made) throws IOException {
    String clusters = RecordingFolder.clustersName(track.source.track());
    return made.bytes() == 0
        || folder.has(track.fileName())
        || !Files.exists(folder.path().resolve(clusters));
  }

  /** Of a recording without a movie the tracks stand where it began. */
  private static MovieClock clock(Journal journal) {
    Optional<MovieClock> told =
        journal.entries().stream()
            .filter(JournalEntry.Timeline.class::isInstance)
            .map(entry -> MovieClock.of((JournalEntry.Timeline) entry))
            .reduce((earlier, later) -> later)
            .filter(clock -> !clock.isEmpty());
    if (told.isPresent()) {
      return told.get();
    }
    Instant began = journal.opened().map(JournalEntry.Opened::at).orElse(Instant.EPOCH);
    MovieClock own = new MovieClock();
    own.begin(began, 0, began);
    return own;
  }

  private JournalEntry.Made make(KeptTrack track, MovieClock clock) throws IOException {
    String name = track.source.track();
    try (ChunkFiles chunks = new ChunkFiles(folder, RecordingFolder::clustersName, key)) {
      ClusterPlacer placer = new ClusterPlacer(track.codec(), clock);
      List<WebmHeader.Cue> cues = new ArrayList<>();
      long bytes = 0;
      int lost = 0;
      for (JournalEntry.Chunk chunk : track.chunks) {
        Optional<List<Cluster>> placed = placed(track, chunk, chunks, placer);
        lost += placed.isEmpty() ? 1 : 0;
        for (Cluster cluster : placed.orElse(List.of())) {
          if (cluster.startsWithKey()) {
            cues.add(new WebmHeader.Cue(cluster.timeMs(), bytes));
          }
          bytes += cluster.toBytes().length();
        }
      }
      if (bytes == 0) {
        return new JournalEntry.Made(name, 0, Bytes.EMPTY, lost, List.of());
      }
      List<JournalEntry.Run> runs = placer.runs();
      WebmTrack header = header(track, runs.getFirst().at());
      try (SealedOutput out = new SealedOutput(folder, track.fileName(), key)) {
        out.write(WebmHeader.write(header, placer.durationMs(), cues, bytes));
        ClusterPlacer again = new ClusterPlacer(track.codec(), clock);
        for (JournalEntry.Chunk chunk : track.chunks) {
          for (Cluster cluster : placed(track, chunk, chunks, again).orElse(List.of())) {
            out.write(cluster.toBytes());
          }
        }
        SealedOutput.Written written = out.finish();
        out.publish();
        return new JournalEntry.Made(name, written.bytes(), written.sha256(), lost, runs);
      }
    }
  }

  /** A stored cluster where it belongs; empty when it is not what was written. */
  private static Optional<List<Cluster>> placed(
      KeptTrack track, JournalEntry.Chunk chunk, ChunkFiles chunks, ClusterPlacer placer)
      throws IOException {
    JournalEntry.Coding coding = track.codings.get(chunk.initIndex());
    if (coding == null) {
      return Optional.empty();
    }
    return chunks
        .read(chunk)
        .flatMap(Cluster::read)
        .map(frames -> placer.place(frames, coding.startsAt()));
  }

  private WebmTrack header(KeptTrack track, Instant startsAt) {
    int width = 0;
    int height = 0;
    Bytes codecPrivate = Bytes.EMPTY;
    for (JournalEntry.Coding coding : track.codings.values()) {
      if (coding.width() * coding.height() >= width * height) {
        width = coding.width();
        height = coding.height();
      }
      codecPrivate = codecPrivate.length() == 0 ? coding.codecPrivate() : codecPrivate;
    }
    return new WebmTrack(track.codec(), title(track), codecPrivate, width, height, startsAt);
  }

  private String title(KeptTrack track) {
    return name(track) + " (" + track.source.kind().replace('_', ' ') + ")";
  }

  private String name(KeptTrack track) {
    return new SealedNames(folder, key).open(track.source.track(), track.source.name());
  }

  private void list(List<KeptTrack> tracks, boolean finished) throws IOException {
    TracksJson json = new TracksJson(folder.roomId(), folder.id(), finished);
    for (KeptTrack track : tracks) {
      if (track.made().orElseThrow().bytes() > 0) {
        json.add(track, name(track), header(track, Instant.EPOCH));
      }
    }
    try (SealedOutput out = new SealedOutput(folder, RecordingFolder.TRACKS_LIST, key)) {
      out.write(Bytes.wrap(json.toString().getBytes(StandardCharsets.UTF_8)));
      out.finish();
      out.publish();
    }
  }

  /** The recording's own journal stands for that of its tracks from now on. */
  private void seal(int tracks, String link) throws IOException {
    Journal own = read(folder.journal(), key);
    boolean known =
        own.entries().stream()
            .anyMatch(e -> e instanceof JournalEntry.Tracks said && said.link().equals(link));
    if (!known) {
      folder.append(
          chain(folder.journal(), key, own), List.of(new JournalEntry.Tracks(tracks, link)));
    }
  }

  private static Journal read(Path journal, @Nullable RecordingKey key) throws IOException {
    return Journal.read(Files.readAllBytes(journal), RecordingKey.links(key));
  }

  /** Goes on behind the last good line: what is torn there would spoil the next one. */
  private static JournalChain chain(Path path, @Nullable RecordingKey key, Journal journal)
      throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      file.truncate(journal.validBytes());
    }
    return new JournalChain(RecordingKey.links(key), journal.link());
  }

  private static List<Path> clusters(RecordingFolder folder) {
    try (var files =
        Files.newDirectoryStream(folder.path(), "*" + RecordingFolder.CLUSTERS_SUFFIX)) {
      List<Path> all = new ArrayList<>();
      files.forEach(all::add);
      return all;
    } catch (IOException e) {
      return List.of();
    }
  }
}
