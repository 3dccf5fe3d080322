package dev.amphi.server.load.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A viewer against a playlist that grows by a part every 320 ms, in virtual time. */
class ScriptedPlaybackTest {
  private static final long MS = 1_000_000;
  private static final int PARTS_PER_SEGMENT = 5;
  private static final long PART = 320 * MS;
  private static final long START =
      Instant.parse("2026-11-01T10:00:00Z").getEpochSecond() * 1_000 * MS;

  private final Playhead playhead = new Playhead(1, (mark, nanos) -> {});
  private final RenditionCursor cursor = new RenditionCursor();

  /** The playlist when so many parts are there. */
  private static String playlist(int parts) {
    StringBuilder text =
        new StringBuilder(
            """
            #EXTM3U
            #EXT-X-TARGETDURATION:2
            #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.0
            #EXT-X-PART-INF:PART-TARGET=0.32
            #EXT-X-PROGRAM-DATE-TIME:2026-11-01T10:00:00Z
            """);
    for (int i = 0; i < parts; i++) {
      boolean first = i % PARTS_PER_SEGMENT == 0;
      text.append(
          "#EXT-X-PART:DURATION=0.32,URI=\"p%d\"%s\n"
              .formatted(i, first ? ",INDEPENDENT=YES" : ""));
      if (i % PARTS_PER_SEGMENT == PARTS_PER_SEGMENT - 1) {
        text.append(String.format(Locale.ROOT, "#EXTINF:1.6,\ns%d\n", i / PARTS_PER_SEGMENT));
      }
    }
    return text.toString();
  }

  /** The viewer gets the playlist with {@code parts} at a time and loads what is new at once. */
  private int reload(int parts, long nowNanos) throws PlaylistException {
    MediaPlaylist playlist = MediaPlaylistParser.parse(playlist(parts));
    playhead.edge(playlist.edgeNanos(), playlist.holdBackNanos(), playlist.targetNanos(), nowNanos);
    int loaded = 0;
    for (RenditionCursor.Load load : cursor.take(playlist)) {
      playhead.buffered(0, load.startNanos(), load.endNanos(), nowNanos);
      loaded++;
    }
    return loaded;
  }

  @Test
  void loadsEachPartOnceAndStaysAtTheHoldBack() throws Exception {
    int loaded = reload(12, 12 * PART);
    assertThat(playhead.playing()).isTrue();
    assertThat(playhead.positionNanos()).isEqualTo(START + 12 * PART - 1_000 * MS);
    for (int parts = 13; parts <= 200; parts++) {
      loaded += reload(parts, parts * PART);
    }

    assertThat(loaded)
        .as("parts from the last independent one before the hold-back")
        .isEqualTo(195);
    assertThat(playhead.stalls()).isZero();
    assertThat(playhead.latencyNanos(200 * PART) / 1e9).isEqualTo(1.0, within(0.001));
  }

  @Test
  void bearsPartsThatComeLateWithinTheHoldBack() throws Exception {
    reload(12, 12 * PART);
    for (int parts = 13; parts <= 100; parts++) {
      long late = parts % 7 == 0 ? 600 * MS : 40 * MS;
      reload(parts, parts * PART + Math.min(late, PART + 250 * MS));
    }

    assertThat(playhead.stalls()).isZero();
  }

  @Test
  void stallsWhenTheServerStopsForLonger() throws Exception {
    reload(12, 12 * PART);
    reload(13, 13 * PART);
    reload(30, 30 * PART);

    assertThat(playhead.stalls()).isEqualTo(1);
    assertThat(playhead.stalledNanos() / 1e9).isEqualTo(17 * 0.32 - 1.0, within(0.001));
  }
}
