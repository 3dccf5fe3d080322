package dev.amphi.packager.webm;

import dev.amphi.packager.mp4.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Everything of a file before its clusters (RFC 9559 §4.5), once it is known what there will be, so
 * that a player finds its way without reading to the end.
 *
 * <pre>
 * EBML
 * Segment
 *   SeekHead   where the three are
 *   Info       duration, wall clock
 *   Tracks     the only one
 *   Cues       the clusters that one can begin at
 *   Cluster …  what the caller writes next
 * </pre>
 */
public final class WebmHeader {
  private static final int EBML = 0x1A45DFA3;
  private static final int EBML_VERSION = 0x4286;
  private static final int EBML_READ_VERSION = 0x42F7;
  private static final int EBML_MAX_ID_LENGTH = 0x42F2;
  private static final int EBML_MAX_SIZE_LENGTH = 0x42F3;
  private static final int DOC_TYPE = 0x4282;
  private static final int DOC_TYPE_VERSION = 0x4287;
  private static final int DOC_TYPE_READ_VERSION = 0x4285;
  private static final int SEGMENT = 0x18538067;
  private static final int SEEK_HEAD = 0x114D9B74;
  private static final int SEEK = 0x4DBB;
  private static final int SEEK_ID = 0x53AB;
  private static final int SEEK_POSITION = 0x53AC;
  private static final int INFO = 0x1549A966;
  private static final int TIMESTAMP_SCALE = 0x2AD7B1;
  private static final int DURATION = 0x4489;
  private static final int DATE_UTC = 0x4461;
  private static final int MUXING_APP = 0x4D80;
  private static final int WRITING_APP = 0x5741;
  private static final int TRACKS = 0x1654AE6B;
  private static final int CUES = 0x1C53BB6B;
  private static final int CUE_POINT = 0xBB;
  private static final int CUE_TIME = 0xB3;
  private static final int CUE_TRACK_POSITIONS = 0xB7;
  private static final int CUE_TRACK = 0xF7;
  private static final int CUE_CLUSTER_POSITION = 0xF1;

  private static final long NANOS_PER_MS = 1_000_000;
  private static final String APP = "amphi";

  /** Dates count from here (RFC 8794 §7.6). */
  private static final Instant MILLENNIUM = Instant.parse("2001-01-01T00:00:00Z");

  /**
   * A cluster that one can begin at.
   *
   * @param timeMs of its first frame
   * @param offset among the clusters
   */
  public record Cue(long timeMs, long offset) {}

  private WebmHeader() {}

  /**
   * Everything before the clusters.
   *
   * @param clusterBytes all clusters together
   */
  public static Bytes write(WebmTrack track, long durationMs, List<Cue> cues, long clusterBytes) {
    Bytes info = info(track, durationMs);
    Bytes tracks = Ebml.master(TRACKS, TrackEntry.write(track));
    int head = seekHead(0, 0, 0).length();
    int firstCue = head + info.length() + tracks.length();
    int clusters = firstCue + cues(cues, 0).length();
    return Ebml.join(
        ebml(track.codec()),
        Ebml.head(SEGMENT, clusters + clusterBytes),
        seekHead(head, head + info.length(), firstCue),
        info,
        tracks,
        cues(cues, clusters));
  }

  private static Bytes ebml(TrackCodec codec) {
    return Ebml.master(
        EBML,
        Ebml.number(EBML_VERSION, 1),
        Ebml.number(EBML_READ_VERSION, 1),
        Ebml.number(EBML_MAX_ID_LENGTH, 4),
        Ebml.number(EBML_MAX_SIZE_LENGTH, 8),
        Ebml.text(DOC_TYPE, codec.docType()),
        Ebml.number(DOC_TYPE_VERSION, 4),
        Ebml.number(DOC_TYPE_READ_VERSION, 2));
  }

  private static Bytes seekHead(long info, long tracks, long cues) {
    return Ebml.master(SEEK_HEAD, seek(INFO, info), seek(TRACKS, tracks), seek(CUES, cues));
  }

  private static Bytes seek(int id, long position) {
    return Ebml.master(
        SEEK,
        Ebml.element(SEEK_ID, Bytes.fromHex(Integer.toHexString(id))),
        Ebml.wide(SEEK_POSITION, position));
  }

  private static Bytes info(WebmTrack track, long durationMs) {
    long date = Duration.between(MILLENNIUM, track.startsAt()).toNanos();
    return Ebml.master(
        INFO,
        Ebml.number(TIMESTAMP_SCALE, NANOS_PER_MS),
        Ebml.real(DURATION, (double) durationMs),
        Ebml.wide(DATE_UTC, date),
        Ebml.text(MUXING_APP, APP),
        Ebml.text(WRITING_APP, APP));
  }

  private static Bytes cues(List<Cue> cues, long clustersAt) {
    Bytes[] points = new Bytes[cues.size()];
    for (int i = 0; i < points.length; i++) {
      Cue cue = cues.get(i);
      points[i] =
          Ebml.master(
              CUE_POINT,
              Ebml.wide(CUE_TIME, cue.timeMs()),
              Ebml.master(
                  CUE_TRACK_POSITIONS,
                  Ebml.number(CUE_TRACK, TrackEntry.NUMBER),
                  Ebml.wide(CUE_CLUSTER_POSITION, clustersAt + cue.offset())));
    }
    return Ebml.master(CUES, points);
  }
}
