package dev.amphi.packager.recording;

import dev.amphi.packager.api.TrackComposer;
import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.webm.TrackCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tracks of a recording, once they are files, to be read again. For one thread. */
final class RecordedTracks implements TrackComposer.Library {
  private final RecordingFolder folder;
  private final @Nullable RecordingKey key;
  private final Set<String> damage = new TreeSet<>();

  /**
   * @param key of the recording; null where it is plain
   */
  RecordedTracks(RecordingFolder folder, @Nullable RecordingKey key) {
    this.folder = folder;
    this.key = key;
  }

  /** All that have something in them. */
  List<TrackComposer.Track> list() throws IOException {
    byte[] file = Files.readAllBytes(folder.tracksJournal());
    Journal journal = Journal.read(file, RecordingKey.links(key));
    SealedNames names = new SealedNames(folder, key);
    List<TrackComposer.Track> all = new ArrayList<>();
    for (KeptTrack kept : KeptTrack.of(journal)) {
      JournalEntry.Made made = kept.made().orElse(null);
      if (made != null && !made.runs().isEmpty()) {
        all.add(track(kept, made.runs(), names));
      }
    }
    return all;
  }

  private static TrackComposer.Track track(
      KeptTrack kept, List<JournalEntry.Run> runs, SealedNames names) {
    JournalEntry.Source source = kept.source;
    return new TrackComposer.Track(
        Integer.parseInt(source.track()),
        source.participantId(),
        names.open(source.track(), source.name()),
        source.role(),
        source.kind(),
        source.codec(),
        runs.getFirst().startMs(),
        runs.getLast().startMs() + runs.getLast().durationMs(),
        kept.codings.values().stream().mapToInt(JournalEntry.Coding::width).max().orElse(0));
  }

  @Override
  public TrackComposer.Frames open(TrackComposer.Track track) throws IOException {
    String suffix = TrackCodec.named(track.codec()).suffix();
    String name = "track-" + track.number() + suffix;
    return new TrackReading(RecordedContent.open(folder, name, key), track, damage::add);
  }

  /** What was damaged of what was read, in sentences; "" where nothing was. */
  String remark() {
    return String.join(" ", damage);
  }
}
