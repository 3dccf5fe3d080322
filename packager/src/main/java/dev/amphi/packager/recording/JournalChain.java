package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.LinkHash;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Links a journal's lines: each begins with the hash of its words and of the link before it, so
 * that none can be taken out, changed or moved without the next one telling. For one thread.
 *
 * <pre>
 * 9f86d0…(64 digits) chunk 720p 0 0 81233 4e07…(64 digits) 0 24000
 * </pre>
 *
 * Lines of earlier versions begin with the CRC32C of their words, in eight digits; they are read,
 * and what follows them is linked to them.
 */
final class JournalChain {
  /** What a line turned out to be. */
  enum Line {
    LINKED,
    /** Of an earlier version: whole, but nothing tells what stood before it. */
    UNLINKED,
    /** Torn, changed, or not in its place. */
    BROKEN
  }

  static final String START = "0".repeat(64);
  private static final int LINK_DIGITS = 64;
  private static final int CRC_DIGITS = 8;

  private final LinkHash hash;
  private String link;

  /** A journal that has no line yet. */
  JournalChain(LinkHash hash) {
    this(hash, START);
  }

  /**
   * A journal that goes on.
   *
   * @param link of its last line
   */
  JournalChain(LinkHash hash, String link) {
    this.hash = hash;
    this.link = link;
  }

  /** The last line's link; it stands for all lines so far. */
  String link() {
    return link;
  }

  /** The next line, with its end. */
  String append(JournalEntry entry) {
    String words = JournalWords.write(entry);
    link = after(words);
    return link + " " + words + "\n";
  }

  /**
   * Judges the next line that was read, without its end. After a broken one the next is judged by
   * what the broken one says of itself: so one that was damaged costs the two after it at most.
   */
  Line follow(String line) {
    if (isDigits(line, LINK_DIGITS)) {
      String said = line.substring(0, LINK_DIGITS);
      boolean linked = said.equals(after(line.substring(LINK_DIGITS + 1)));
      link = said;
      return linked ? Line.LINKED : Line.BROKEN;
    }
    if (!hash.isKeyed()
        && isDigits(line, CRC_DIGITS)
        && line.startsWith(HexFormat.of().toHexDigits(crc(line.substring(CRC_DIGITS + 1))))) {
      link = after(line.substring(CRC_DIGITS + 1));
      return Line.UNLINKED;
    }
    return Line.BROKEN;
  }

  /** What a line says behind its link. */
  static String words(String line) {
    return line.substring(line.indexOf(' ') + 1);
  }

  private String after(String words) {
    return hash.of(link, words);
  }

  private static boolean isDigits(String line, int count) {
    if (line.length() < count + 2 || line.charAt(count) != ' ') {
      return false;
    }
    return line.chars().limit(count).allMatch(c -> HexFormat.isHexDigit(c) && c < 'g');
  }

  private static int crc(String words) {
    CRC32C crc = new CRC32C();
    crc.update(words.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }
}
