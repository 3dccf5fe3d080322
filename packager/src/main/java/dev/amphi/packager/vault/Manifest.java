package dev.amphi.packager.vault;

import dev.amphi.packager.mp4.Bytes;
import java.io.IOException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of a folder that an object store has, a line each. It is put last of all: what it names
 * is there. The folder keeps one too, with what is only known here.
 *
 * <pre>
 * amphi-stored-1
 * 81233 1793610000000 9f86d0…(64 digits) here recording.mp4
 * </pre>
 */
record Manifest(Map<String, Entry> entries) {
  private static final String FORMAT = "amphi-stored-1";
  private static final String HERE = "here";
  private static final String AWAY = "away";

  /** What comes from a store is never made a path before it looks like this. */
  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z0-9_=-][A-Za-z0-9_=.-]{0,127}(/[A-Za-z0-9_=-][A-Za-z0-9_=.-]{0,127})?");

  static final Manifest EMPTY = new Manifest(Map.of());

  /**
   * A file.
   *
   * @param modifiedMillis of the file on this disk when it was read; 0 where it was never here
   * @param away whether it was taken from this disk on purpose
   */
  record Entry(String name, long length, long modifiedMillis, Bytes sha256, boolean away) {
    /** The same file, here or not. */
    Entry away(boolean now) {
      return new Entry(name, length, modifiedMillis, sha256, now);
    }
  }

  Manifest {
    entries = Map.copyOf(entries);
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  Optional<Entry> entry(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  Manifest with(Entry entry) {
    Map<String, Entry> more = new TreeMap<>(entries);
    more.put(entry.name(), entry);
    return new Manifest(more);
  }

  Manifest without(Collection<String> names) {
    Map<String, Entry> fewer = new TreeMap<>(entries);
    fewer.keySet().removeAll(names);
    return new Manifest(fewer);
  }

  String write() {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    for (Entry entry : new TreeMap<>(entries).values()) {
      text.append(entry.length())
          .append(' ')
          .append(entry.modifiedMillis())
          .append(' ')
          .append(PartReceipt.hex(entry.sha256()))
          .append(' ')
          .append(entry.away() ? AWAY : HERE)
          .append(' ')
          .append(entry.name())
          .append('\n');
    }
    return text.toString();
  }

  /** Reads what anybody could have written. */
  static Manifest read(String text) throws IOException {
    String[] lines = text.split("\n", -1);
    if (!lines[0].equals(FORMAT) || !lines[lines.length - 1].isEmpty()) {
      throw new IOException("its list of stored files is damaged");
    }
    Map<String, Entry> entries = new TreeMap<>();
    for (int n = 1; n < lines.length - 1; n++) {
      Entry entry = entry(lines[n].split(" ", -1));
      entries.put(entry.name(), entry);
    }
    return new Manifest(entries);
  }

  private static Entry entry(String[] words) throws IOException {
    try {
      if (words.length == 5 && words[2].length() == 64 && isName(words[4])) {
        long length = Long.parseLong(words[0]);
        long modified = Long.parseLong(words[1]);
        Bytes sha256 = Bytes.wrap(HexFormat.of().parseHex(words[2]));
        if (length >= 0 && (words[3].equals(HERE) || words[3].equals(AWAY))) {
          return new Entry(words[4], length, modified, sha256, words[3].equals(AWAY));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("its list of stored files is damaged", e);
    }
    throw new IOException("its list of stored files is damaged");
  }
}
