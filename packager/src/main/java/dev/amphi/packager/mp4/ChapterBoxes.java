package dev.amphi.packager.mp4;

import dev.amphi.packager.mp4.ProgressiveHeaderWriter.Chapter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Chapters as players of MP4 read them: {@code chpl} in the movie's {@code udta}, which is no box
 * of ISO 14496-12 but what Nero's format began and FFmpeg, VLC and mpv read.
 *
 * <pre>
 * udta
 * └─ chpl   version 1: 4 bytes of zero, a count of one byte,
 *           and for each: start in 100 ns (8 bytes), the title's length (1 byte), the title (UTF-8)
 * </pre>
 */
final class ChapterBoxes {
  private static final int MOST = 255;
  private static final int LONGEST_TITLE = 255;
  private static final long UNITS_PER_MS = 10_000;

  private ChapterBoxes() {}

  static Box udta(List<Chapter> chapters) {
    List<Chapter> kept = chapters.subList(0, Math.min(MOST, chapters.size()));
    Fields fields = new Fields().zeros(4).u8(kept.size());
    for (Chapter chapter : kept) {
      byte[] title = title(chapter.title());
      fields.u64(chapter.startMs() * UNITS_PER_MS).u8(title.length).bytes(Bytes.wrap(title));
    }
    return Box.of("udta", Box.full("chpl", 1, 0, fields));
  }

  /** Cut between two characters. */
  private static byte[] title(String text) {
    String kept = text;
    byte[] bytes = kept.getBytes(StandardCharsets.UTF_8);
    while (bytes.length > LONGEST_TITLE) {
      kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
      bytes = kept.getBytes(StandardCharsets.UTF_8);
    }
    return bytes;
  }
}
