package dev.amphi.packager.recording;

import dev.amphi.packager.api.TrackComposer;
import dev.amphi.packager.crypt.LinkHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entries of a recording that can be relied on, and where they end.
 *
 * @param validBytes what lies behind is the torn rest of a crash
 * @param link of the last line that counts
 * @param brokenLine the first line, from 1, that is not what was written though others follow it; 0
 *     when there is none
 * @param linked whether each line is linked to the one before
 */
public record Journal(
    List<JournalEntry> entries, long validBytes, String link, int brokenLine, boolean linked) {
  /** Reads every whole entry; a line that is damaged is left out, and costs no later one. */
  public static Journal read(byte[] file, LinkHash hash) {
    JournalChain chain = new JournalChain(hash);
    List<JournalEntry> entries = new ArrayList<>();
    String link = chain.link();
    boolean linked = true;
    int valid = 0;
    int number = 0;
    int suspect = 0;
    int broken = 0;
    int at = 0;
    for (int end = lineEnd(file, 0); end >= 0; end = lineEnd(file, at)) {
      String line = new String(file, at, end - at, StandardCharsets.UTF_8);
      at = end + 1;
      number++;
      JournalChain.Line judged = chain.follow(line);
      boolean downgraded = judged == JournalChain.Line.UNLINKED && linked && !entries.isEmpty();
      Optional<JournalEntry> entry =
          judged == JournalChain.Line.BROKEN || downgraded
              ? Optional.empty()
              : JournalWords.read(JournalChain.words(line));
      if (entry.isEmpty()) {
        suspect = suspect == 0 ? number : suspect;
        continue;
      }
      // Only what stands before a good line was there: the rest is what a crash tore.
      broken = broken == 0 ? suspect : broken;
      linked &= judged == JournalChain.Line.LINKED;
      entries.add(entry.get());
      link = chain.link();
      valid = at;
    }
    return new Journal(List.copyOf(entries), valid, link, broken, linked);
  }

  /**
   * What a journal says of itself in its first line, whole or not: enough to name a recording that
   * cannot be read, and for nothing else.
   */
  static Optional<JournalEntry.Opened> claimed(byte[] file) {
    int end = lineEnd(file, 0);
    if (end < 0) {
      return Optional.empty();
    }
    String words = JournalChain.words(new String(file, 0, end, StandardCharsets.UTF_8));
    return JournalWords.read(words)
        .filter(JournalEntry.Opened.class::isInstance)
        .map(JournalEntry.Opened.class::cast);
  }

  /** The first entry, if it is the one that a journal begins with. */
  public Optional<JournalEntry.Opened> opened() {
    return !entries.isEmpty() && entries.getFirst() instanceof JournalEntry.Opened opened
        ? Optional.of(opened)
        : Optional.empty();
  }

  /** How the recording ended, if it did: ready or failed for good. */
  public Optional<JournalEntry.Outcome> outcome() {
    return last(JournalEntry.Outcome.class);
  }

  /** The MP4 that was made of it. */
  public Optional<JournalEntry.Movie> movie() {
    return last(JournalEntry.Movie.class);
  }

  /** The small pictures that were made of it. */
  Optional<JournalEntry.Thumbnails> thumbnails() {
    return last(JournalEntry.Thumbnails.class);
  }

  /** The part of it that there is beside it. */
  public Optional<JournalEntry.Trimmed> trim() {
    return entries.stream()
        .filter(e -> e instanceof JournalEntry.Trimmed || e instanceof JournalEntry.Untrimmed)
        .reduce((earlier, later) -> later)
        .filter(JournalEntry.Trimmed.class::isInstance)
        .map(JournalEntry.Trimmed.class::cast);
  }

  /** What was said last of each composition, and how often it was begun since it had an end. */
  Map<TrackComposer.Show, Composition> compositions() {
    Map<TrackComposer.Show, Composition> all = new EnumMap<>(TrackComposer.Show.class);
    for (JournalEntry entry : entries) {
      if (entry instanceof JournalEntry.OfComposition said) {
        Composition before = all.get(said.show());
        int begun =
            before == null || !(before.last() instanceof JournalEntry.Composing)
                ? 0
                : before.begun();
        all.put(
            said.show(),
            new Composition(said, said instanceof JournalEntry.Composing ? begun + 1 : 0));
      }
    }
    return all;
  }

  /**
   * How it is with a composition.
   *
   * @param begun how often it was, without an end
   */
  record Composition(JournalEntry.OfComposition last, int begun) {}

  /** The tracks that there are beside it. */
  Optional<JournalEntry.Tracks> tracks() {
    return last(JournalEntry.Tracks.class);
  }

  /** Whether whoever wrote it came to its end; otherwise it was killed, or its disk was full. */
  public boolean finished() {
    return last(JournalEntry.Finished.class).isPresent();
  }

  private <E extends JournalEntry> Optional<E> last(Class<E> kind) {
    return entries.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .reduce((earlier, later) -> later);
  }

  private static int lineEnd(byte[] file, int from) {
    for (int i = from; i < file.length; i++) {
      if (file[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
