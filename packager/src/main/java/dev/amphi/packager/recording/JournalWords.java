package dev.amphi.packager.recording;

import dev.amphi.packager.api.TrackComposer;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.TrackFormat;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Spells and reads what a journal entry says, as words with blanks between them. */
final class JournalWords {
  private JournalWords() {}

  /** Reads words; empty when they are none of ours. */
  static Optional<JournalEntry> read(String words) {
    try {
      return Optional.of(parse(words.split(" ", -1)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** What an entry says, on one line without its end. */
  static String write(JournalEntry entry) {
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
              c.checksum().toHex(),
              c.timeTicks(),
              c.durationTicks());
      case JournalEntry.Finished f -> "finished";
      case JournalEntry.Chapter c -> join("chapter", c.at(), text(c.title()));
      case JournalEntry.Paused p -> join("paused", p.at());
      case JournalEntry.Resumed r -> join("resumed", r.at());
      case JournalEntry.Cue c -> join("cue", c.from(), c.until(), c.words().toHex());
      case JournalEntry.Thumbnail t ->
          join(
              "thumbnail",
              t.at(),
              t.width(),
              t.height(),
              t.offset(),
              t.length(),
              t.checksum().toHex());
      case JournalEntry.Thumbnails t ->
          join("thumbnails", t.count(), t.bytes(), t.sha256().toHex());
      case JournalEntry.Movie m -> join("movie", m.bytes(), m.sha256().toHex(), m.chunksLost());
      case JournalEntry.Trimmed t ->
          join("trimmed", t.fromMs(), t.durationMs(), t.bytes(), t.sha256().toHex(), t.captioned());
      case JournalEntry.Untrimmed u -> "untrimmed";
      case JournalEntry.Composing c -> join("composing", c.show().wireName());
      case JournalEntry.Composed c ->
          join(
              "composed",
              c.show().wireName(),
              c.durationMs(),
              c.bytes(),
              c.sha256().toHex(),
              text(c.remark()));
      case JournalEntry.Uncomposed u -> join("uncomposed", u.show().wireName(), text(u.why()));
      case JournalEntry.Source o ->
          join(
              "source",
              text(o.track()),
              text(o.participantId()),
              hex(o.name()),
              o.kind(),
              o.codec(),
              text(o.role()));
      case JournalEntry.Coding c ->
          join(
              "coding",
              text(c.track()),
              c.index(),
              c.width(),
              c.height(),
              hex(c.codecPrivate()),
              c.startsAt());
      case JournalEntry.Timeline t -> {
        StringBuilder line = new StringBuilder("timeline");
        t.stretches()
            .forEach(s -> line.append(' ').append(join(s.zero(), s.zeroNanos(), s.from())));
        yield line.toString();
      }
      case JournalEntry.Made m -> {
        StringBuilder line =
            new StringBuilder(
                join("made", text(m.track()), m.bytes(), m.sha256().toHex(), m.clustersLost()));
        m.runs().forEach(r -> line.append(' ').append(join(r.startMs(), r.durationMs(), r.at())));
        yield line.toString();
      }
      case JournalEntry.Tracks t -> join("tracks", t.count(), t.link());
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
              Bytes.fromHex(w[5]),
              Long.parseLong(w[6]),
              Long.parseLong(w[7]));
      case "finished" -> new JournalEntry.Finished();
      case "chapter" -> new JournalEntry.Chapter(Instant.parse(w[1]), plain(w[2]));
      case "paused" -> new JournalEntry.Paused(Instant.parse(w[1]));
      case "resumed" -> new JournalEntry.Resumed(Instant.parse(w[1]));
      case "cue" ->
          new JournalEntry.Cue(Instant.parse(w[1]), Instant.parse(w[2]), Bytes.fromHex(w[3]));
      case "thumbnail" ->
          new JournalEntry.Thumbnail(
              Instant.parse(w[1]),
              Integer.parseInt(w[2]),
              Integer.parseInt(w[3]),
              Long.parseLong(w[4]),
              Integer.parseInt(w[5]),
              Bytes.fromHex(w[6]));
      case "thumbnails" ->
          new JournalEntry.Thumbnails(
              Integer.parseInt(w[1]), Long.parseLong(w[2]), Bytes.fromHex(w[3]));
      case "movie" ->
          new JournalEntry.Movie(Long.parseLong(w[1]), Bytes.fromHex(w[2]), Integer.parseInt(w[3]));
      case "trimmed" ->
          new JournalEntry.Trimmed(
              Long.parseLong(w[1]),
              Long.parseLong(w[2]),
              Long.parseLong(w[3]),
              Bytes.fromHex(w[4]),
              Boolean.parseBoolean(w[5]));
      case "untrimmed" -> new JournalEntry.Untrimmed();
      case "composing" -> new JournalEntry.Composing(show(w[1]));
      case "composed" ->
          new JournalEntry.Composed(
              show(w[1]),
              Long.parseLong(w[2]),
              Long.parseLong(w[3]),
              Bytes.fromHex(w[4]),
              plain(w[5]));
      case "uncomposed" -> new JournalEntry.Uncomposed(show(w[1]), plain(w[2]));
      case "source" ->
          new JournalEntry.Source(
              plain(w[1]), plain(w[2]), bytes(w[3]), w[4], w[5], w.length > 6 ? plain(w[6]) : "");
      case "coding" ->
          new JournalEntry.Coding(
              plain(w[1]),
              Integer.parseInt(w[2]),
              Integer.parseInt(w[3]),
              Integer.parseInt(w[4]),
              bytes(w[5]),
              Instant.parse(w[6]));
      case "timeline" -> timeline(w);
      case "made" -> made(w);
      case "tracks" -> new JournalEntry.Tracks(Integer.parseInt(w[1]), w[2]);
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

  private static JournalEntry timeline(String[] w) {
    List<JournalEntry.Stretch> stretches = new ArrayList<>();
    for (int i = 1; i + 2 < w.length; i += 3) {
      stretches.add(
          new JournalEntry.Stretch(
              Instant.parse(w[i]), Long.parseLong(w[i + 1]), Instant.parse(w[i + 2])));
    }
    return new JournalEntry.Timeline(stretches);
  }

  private static JournalEntry made(String[] w) {
    List<JournalEntry.Run> runs = new ArrayList<>();
    for (int i = 5; i + 2 < w.length; i += 3) {
      runs.add(
          new JournalEntry.Run(
              Long.parseLong(w[i]), Long.parseLong(w[i + 1]), Instant.parse(w[i + 2])));
    }
    return new JournalEntry.Made(
        plain(w[1]), Long.parseLong(w[2]), Bytes.fromHex(w[3]), Integer.parseInt(w[4]), runs);
  }

  private static TrackComposer.Show show(String word) {
    return TrackComposer.Show.named(word)
        .orElseThrow(() -> new IllegalArgumentException("a composition called " + word));
  }

  private static String hex(Bytes any) {
    return "_" + any.toHex();
  }

  private static Bytes bytes(String hex) {
    return Bytes.fromHex(hex.substring(1));
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
