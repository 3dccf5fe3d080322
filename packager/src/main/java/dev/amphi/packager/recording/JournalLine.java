package dev.amphi.packager.recording;

import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.TrackFormat;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Spells and reads one journal entry: the CRC32C of what follows in eight digits, a blank, the
 * entry's words, a line end.
 *
 * <pre>
 * 5f1c2a9e chunk 720p 0 0 81233 1a2b3c4d 0 24000
 * </pre>
 */
final class JournalLine {
  private static final int CRC_DIGITS = 8;

  private JournalLine() {}

  static String write(JournalEntry entry) {
    String words = words(entry);
    return HexFormat.of().toHexDigits(crc(words)) + " " + words + "\n";
  }

  /** Reads a line without its end; empty when it was not written whole. */
  static Optional<JournalEntry> read(String line) {
    if (line.length() < CRC_DIGITS + 2 || line.charAt(CRC_DIGITS) != ' ') {
      return Optional.empty();
    }
    String words = line.substring(CRC_DIGITS + 1);
    if (!line.startsWith(HexFormat.of().toHexDigits(crc(words)))) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(words.split(" ", -1)));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty(); // Of another version, with a checksum that fits.
    }
  }

  private static int crc(String words) {
    CRC32C crc = new CRC32C();
    crc.update(words.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }

  private static String words(JournalEntry entry) {
    return switch (entry) {
      case JournalEntry.Opened o ->
          join("opened", text(o.id()), text(o.roomId()), o.epoch(), o.at());
      case JournalEntry.Format f -> {
        TrackFormat c = f.format();
        yield join(
            "format",
            text(f.track()),
            f.initIndex(),
            c.video() ? "video" : "audio",
            c.width(),
            c.height(),
            c.bitrateBps(),
            c.timescale(),
            c.codecConfig().toHex(),
            f.startsAt());
      }
      case JournalEntry.Chunk c ->
          join(
              "chunk",
              text(c.track()),
              c.initIndex(),
              c.offset(),
              c.length(),
              HexFormat.of().toHexDigits(c.crc32c()),
              c.timeTicks(),
              c.durationTicks());
      case JournalEntry.Finished f -> "finished";
      case JournalEntry.Chapter c -> join("chapter", c.at(), text(c.title()));
      case JournalEntry.Ready r -> {
        StringBuilder line = new StringBuilder(join("ready", r.durationMs()));
        r.chapters().forEach(c -> line.append(' ').append(join(c.startMs(), text(c.title()))));
        yield line.toString();
      }
      case JournalEntry.Failed f -> join("failed", text(f.detail()));
    };
  }

  private static JournalEntry parse(String[] w) {
    return switch (w[0]) {
      case "opened" ->
          new JournalEntry.Opened(
              plain(w[1]), plain(w[2]), Long.parseLong(w[3]), Instant.parse(w[4]));
      case "format" ->
          new JournalEntry.Format(
              plain(w[1]),
              Integer.parseInt(w[2]),
              new TrackFormat(
                  w[3].equals("video"),
                  Integer.parseInt(w[4]),
                  Integer.parseInt(w[5]),
                  Integer.parseInt(w[6]),
                  Bytes.fromHex(w[8]),
                  Integer.parseInt(w[7])),
              Instant.parse(w[9]));
      case "chunk" ->
          new JournalEntry.Chunk(
              plain(w[1]),
              Integer.parseInt(w[2]),
              Long.parseLong(w[3]),
              Integer.parseInt(w[4]),
              HexFormat.fromHexDigits(w[5]),
              Long.parseLong(w[6]),
              Long.parseLong(w[7]));
      case "finished" -> new JournalEntry.Finished();
      case "chapter" -> new JournalEntry.Chapter(Instant.parse(w[1]), plain(w[2]));
      case "ready" -> ready(w);
      case "failed" -> new JournalEntry.Failed(plain(w[1]));
      default -> throw new IllegalArgumentException("an entry of kind " + w[0]);
    };
  }

  private static JournalEntry ready(String[] w) {
    List<JournalEntry.Placed> chapters = new ArrayList<>();
    for (int i = 2; i + 1 < w.length; i += 2) {
      chapters.add(new JournalEntry.Placed(Long.parseLong(w[i]), plain(w[i + 1])));
    }
    return new JournalEntry.Ready(Long.parseLong(w[1]), chapters);
  }

  private static String join(Object... words) {
    StringBuilder out = new StringBuilder();
    for (Object word : words) {
      out.append(out.isEmpty() ? "" : " ").append(word);
    }
    return out.toString();
  }

  private static String text(String any) {
    return "_" + URLEncoder.encode(any, StandardCharsets.UTF_8);
  }

  private static String plain(String text) {
    return URLDecoder.decode(text.substring(1), StandardCharsets.UTF_8);
  }
}
