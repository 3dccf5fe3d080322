package dev.amphi.packager.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Spells boxes as indented text, one a line, for people and golden tests. */
public final class BoxDump {
  private static final Set<String> CONTAINERS =
      Set.of("moov", "trak", "mdia", "minf", "dinf", "stbl", "mvex", "moof", "traf", "edts");
  private static final int SHOWN = 96;

  private BoxDump() {}

  /** The tree of boxes with sizes and the content in hexadecimal digits. */
  public static String dump(Bytes bytes) {
    StringBuilder out = new StringBuilder();
    dump(bytes, 0, out);
    return out.toString();
  }

  private static void dump(Bytes bytes, int depth, StringBuilder out) {
    int at = 0;
    while (at < bytes.length()) {
      ByteBuffer head = bytes.slice(at, bytes.length()).toByteBuffer();
      long size = Integer.toUnsignedLong(head.getInt());
      byte[] code = new byte[4];
      head.get(code);
      int header = Box.HEADER;
      if (size == 1) {
        size = head.getLong();
        header = 16;
      }
      if (size < header || size > bytes.length() - at) {
        throw new IllegalArgumentException(
            "a box of " + size + " bytes at " + at + " goes past the end");
      }
      String type = new String(code, StandardCharsets.ISO_8859_1);
      Bytes content = bytes.slice(at + header, (int) (at + size));
      out.append("  ".repeat(depth)).append(type).append(' ').append(size);
      if (CONTAINERS.contains(type)) {
        out.append('\n');
        dump(content, depth + 1, out);
      } else {
        int shown = Math.min(SHOWN, content.length());
        out.append(' ').append(content.slice(0, shown).toHex());
        out.append(shown < content.length() ? "…\n" : "\n");
      }
      at += (int) size;
    }
  }
}
