package dev.amphi.packager.recording;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The entries of a recording that can be relied on, and where they end.
 *
 * @param validBytes what lies behind is the torn rest of a crash
 */
public record Journal(List<JournalEntry> entries, long validBytes) {
  /** Reads the longest prefix of whole entries. */
  public static Journal read(byte[] file) {
    List<JournalEntry> entries = new ArrayList<>();
    int at = 0;
    for (int end = lineEnd(file, 0); end >= 0; end = lineEnd(file, at)) {
      Optional<JournalEntry> entry =
          JournalLine.read(new String(file, at, end - at, StandardCharsets.UTF_8));
      if (entry.isEmpty()) {
        break;
      }
      entries.add(entry.get());
      at = end + 1;
    }
    return new Journal(List.copyOf(entries), at);
  }

  /** The first entry, if it is the one that a journal begins with. */
  public Optional<JournalEntry.Opened> opened() {
    return !entries.isEmpty() && entries.getFirst() instanceof JournalEntry.Opened opened
        ? Optional.of(opened)
        : Optional.empty();
  }

  /** How the recording ended, if it did: ready or failed for good. */
  public Optional<JournalEntry> outcome() {
    return entries.stream()
        .filter(e -> e instanceof JournalEntry.Ready || e instanceof JournalEntry.Failed)
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
