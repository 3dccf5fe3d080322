package dev.amphi.packager.recording;

import dev.amphi.packager.webm.TrackCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a journal of tracks says of one of them. */
final class KeptTrack {
  final JournalEntry.Source source;
  final Map<Integer, JournalEntry.Coding> codings = new HashMap<>();
  final List<JournalEntry.Chunk> chunks = new ArrayList<>();
  private JournalEntry.@Nullable Made made;

  private KeptTrack(JournalEntry.Source source) {
    this.source = source;
  }

  /** Each of a journal's, in the order of their numbers; one that nothing is known of is none. */
  static List<KeptTrack> of(Journal journal) {
    Map<Integer, KeptTrack> tracks = new TreeMap<>();
    for (JournalEntry entry : journal.entries()) {
      if (entry instanceof JournalEntry.Source source) {
        tracks.putIfAbsent(Integer.parseInt(source.track()), new KeptTrack(source));
      }
    }
    for (JournalEntry entry : journal.entries()) {
      switch (entry) {
        case JournalEntry.Coding coding ->
            of(tracks, coding.track()).ifPresent(t -> t.codings.put(coding.index(), coding));
        case JournalEntry.Chunk chunk ->
            of(tracks, chunk.track()).ifPresent(t -> t.chunks.add(chunk));
        case JournalEntry.Made made -> of(tracks, made.track()).ifPresent(t -> t.made = made);
        default -> {}
      }
    }
    return List.copyOf(tracks.values());
  }

  private static Optional<KeptTrack> of(Map<Integer, KeptTrack> tracks, String number) {
    return Optional.ofNullable(tracks.get(Integer.parseInt(number)));
  }

  /** The file that was made of it. */
  Optional<JournalEntry.Made> made() {
    return Optional.ofNullable(made);
  }

  void made(JournalEntry.Made now) {
    made = now;
  }

  TrackCodec codec() {
    return TrackCodec.named(source.codec());
  }

  /** How its file is called. */
  String fileName() {
    return "track-" + source.track() + codec().suffix();
  }
}
