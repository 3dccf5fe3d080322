package dev.amphi.server.load.hls;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds boxes by their four-character codes (ISO 14496-12 §4.2). */
final class Boxes {
  private static final int HEADER = 8;

  private Boxes() {}

  /** One box without its header; {@code offset} is its header's place in what was searched. */
  record Box(String type, int offset, ByteBuffer body) {}

  /**
   * The boxes that lie side by side in a buffer, from its position to its limit.
   *
   * @throws MediaException when a size is not credible
   */
  static List<Box> in(ByteBuffer bytes) throws MediaException {
    List<Box> boxes = new ArrayList<>();
    int at = bytes.position();
    while (at < bytes.limit()) {
      int left = bytes.limit() - at;
      int size = left < HEADER ? -1 : bytes.getInt(at);
      if (size < HEADER || size > left) {
        throw new MediaException("a box of " + size + " bytes where " + left + " are left");
      }
      boxes.add(new Box(type(bytes, at + 4), at, bytes.slice(at + HEADER, size - HEADER)));
      at += size;
    }
    return boxes;
  }

  /** The first box at the end of a path such as {@code traf/tfdt}. */
  static Optional<ByteBuffer> find(ByteBuffer bytes, String path) throws MediaException {
    ByteBuffer within = bytes;
    for (String type : path.split("/", -1)) {
      Optional<Box> box = in(within).stream().filter(b -> b.type.equals(type)).findFirst();
      if (box.isEmpty()) {
        return Optional.empty();
      }
      within = box.get().body;
    }
    return Optional.of(within);
  }

  /** As {@link #find}, for a box that must be there. */
  static ByteBuffer need(ByteBuffer bytes, String path) throws MediaException {
    return find(bytes, path).orElseThrow(() -> new MediaException("no box " + path));
  }

  private static String type(ByteBuffer bytes, int at) {
    StringBuilder type = new StringBuilder(4);
    for (int i = 0; i < 4; i++) {
      type.append((char) (bytes.get(at + i) & 0xff));
    }
    return type.toString();
  }
}
