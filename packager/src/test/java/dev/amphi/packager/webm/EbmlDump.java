package dev.amphi.packager.webm;

import dev.amphi.packager.mp4.Bytes;
import java.util.Map;
import java.util.Set;

/** Written elements as a tree of text, to be compared and read by people. */
final class EbmlDump {
  private static final Set<Integer> MASTERS =
      Set.of(
          0x1A45DFA3,
          0x18538067,
          0x114D9B74,
          0x4DBB,
          0x1549A966,
          0x1654AE6B,
          0xAE,
          0xE0,
          0xE1,
          0x1C53BB6B,
          0xBB,
          0xB7,
          0x1F43B675);
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0x1A45DFA3, "EBML"),
          Map.entry(0x18538067, "Segment"),
          Map.entry(0x114D9B74, "SeekHead"),
          Map.entry(0x4DBB, "Seek"),
          Map.entry(0x1549A966, "Info"),
          Map.entry(0x1654AE6B, "Tracks"),
          Map.entry(0xAE, "TrackEntry"),
          Map.entry(0x1C53BB6B, "Cues"),
          Map.entry(0xBB, "CuePoint"),
          Map.entry(0x1F43B675, "Cluster"));

  private final StringBuilder out = new StringBuilder();

  private EbmlDump() {}

  static String dump(Bytes bytes) {
    EbmlDump dump = new EbmlDump();
    dump.elements(bytes, 0, bytes.length(), "");
    return dump.out.toString();
  }

  private void elements(Bytes bytes, int from, int to, String indent) {
    int at = from;
    while (at < to) {
      int idLength = length(bytes.at(at));
      int id = (int) number(bytes, at, idLength);
      int sizeAt = at + idLength;
      int sizeLength = length(bytes.at(sizeAt));
      long size =
          number(bytes, sizeAt, sizeLength)
              & ~(1L << (7 * sizeLength))
              & (-1L >>> (64 - 7 * sizeLength));
      int content = sizeAt + sizeLength;
      out.append(indent).append(NAMES.getOrDefault(id, Integer.toHexString(id)));
      out.append(sizeLength == 8 ? " wide" : "");
      if (MASTERS.contains(id)) {
        out.append('\n');
        elements(bytes, content, (int) Math.min(to, content + size), indent + "  ");
      } else {
        out.append(' ').append(bytes.slice(content, (int) (content + size)).toHex()).append('\n');
      }
      at = (int) Math.min(to, content + size);
    }
  }

  private static int length(int first) {
    return Integer.numberOfLeadingZeros(first) - 24 + 1;
  }

  private static long number(Bytes bytes, int at, int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | bytes.at(at + i);
    }
    return value;
  }
}
