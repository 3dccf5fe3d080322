package dev.amphi.packager.playlist;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the media playlists that {@link PlaylistWriter} spells; for clients and tests. */
public final class PlaylistReader {
  private int targetDurationS;
  private @Nullable ServerControl serverControl;
  private @Nullable PartInf partInf;
  private long mediaSequence;
  private long discontinuitySequence;
  private int skipped;
  private boolean endList;
  private boolean iFramesOnly;
  private final List<DateRange> dateRanges = new ArrayList<>();
  private final List<MediaSegment> segments = new ArrayList<>();
  private final List<RenditionReport> reports = new ArrayList<>();

  private boolean discontinuity;
  private boolean gap;
  private int firstBytes;
  private @Nullable InitMap map;
  private @Nullable Instant dateTime;
  private List<MediaPart> parts = new ArrayList<>();
  private @Nullable PreloadHint hint;
  private double durationS;

  private PlaylistReader() {}

  /**
   * Reads a media playlist.
   *
   * @throws IllegalArgumentException when it breaks the rules
   */
  public static MediaPlaylist read(String text) {
    PlaylistReader reader = new PlaylistReader();
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals("#EXTM3U")) {
      throw new IllegalArgumentException("a playlist starts with #EXTM3U");
    }
    lines.stream().skip(1).filter(line -> !line.isBlank()).forEach(reader::line);
    return reader.playlist();
  }

  private MediaPlaylist playlist() {
    if (serverControl == null || targetDurationS == 0) {
      throw new IllegalArgumentException("no low-latency media playlist");
    }
    return new MediaPlaylist(
        targetDurationS,
        serverControl,
        partInf,
        mediaSequence,
        discontinuitySequence,
        iFramesOnly,
        skipped,
        List.copyOf(segments),
        new OpenTail(dateTime, discontinuity, map, List.copyOf(parts), hint),
        List.copyOf(dateRanges),
        List.copyOf(reports),
        endList);
  }

  private void line(String line) {
    if (!line.startsWith("#")) {
      segments.add(
          new MediaSegment(
              line, firstBytes, durationS, dateTime, discontinuity, gap, map, List.copyOf(parts)));
      discontinuity = false;
      gap = false;
      firstBytes = 0;
      map = null;
      dateTime = null;
      parts = new ArrayList<>();
    } else if (!header(line)) {
      tag(line);
    }
  }

  private boolean header(String line) {
    int colon = line.indexOf(':');
    String value = line.substring(colon + 1);
    switch (colon < 0 ? line : line.substring(0, colon)) {
      case "#EXT-X-TARGETDURATION" -> targetDurationS = Integer.parseInt(value);
      case "#EXT-X-MEDIA-SEQUENCE" -> mediaSequence = Long.parseLong(value);
      case "#EXT-X-DISCONTINUITY-SEQUENCE" -> discontinuitySequence = Long.parseLong(value);
      case "#EXT-X-SKIP" -> skipped = (int) Attributes.parse(value).whole("SKIPPED-SEGMENTS");
      case "#EXT-X-ENDLIST" -> endList = true;
      case "#EXT-X-DISCONTINUITY" -> discontinuity = true;
      case "#EXT-X-I-FRAMES-ONLY" -> iFramesOnly = true;
      case "#EXT-X-BYTERANGE" ->
          firstBytes = Integer.parseInt(value.substring(0, value.indexOf('@')));
      case "#EXT-X-GAP" -> gap = true;
      case "#EXTINF" -> durationS = Double.parseDouble(value.substring(0, value.indexOf(',')));
      case "#EXT-X-PROGRAM-DATE-TIME" -> dateTime = Instant.parse(value);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void tag(String line) {
    if (line.startsWith(ServerControl.TAG)) {
      serverControl = ServerControl.read(attributes(line));
    } else if (line.startsWith(PartInf.TAG)) {
      partInf = PartInf.read(attributes(line));
    } else if (line.startsWith(InitMap.TAG)) {
      map = InitMap.read(attributes(line));
    } else if (line.startsWith(MediaPart.TAG)) {
      parts.add(MediaPart.read(attributes(line)));
    } else if (line.startsWith(PreloadHint.TAG)) {
      hint = PreloadHint.read(attributes(line));
    } else if (line.startsWith(DateRange.TAG)) {
      dateRanges.add(DateRange.read(attributes(line)));
    } else if (line.startsWith(RenditionReport.TAG)) {
      reports.add(RenditionReport.read(attributes(line)));
    }
  }

  private static Attributes attributes(String line) {
    return Attributes.parse(line.substring(line.indexOf(':') + 1));
  }
}
