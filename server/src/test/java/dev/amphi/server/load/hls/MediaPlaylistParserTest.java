package dev.amphi.server.load.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MediaPlaylistParserTest {
  private static final long MS = 1_000_000;
  private static final long START = Instant.parse("2026-11-01T10:00:00Z").toEpochMilli() * MS;

  private static final String PLAYLIST =
      """
      #EXTM3U
      #EXT-X-VERSION:9
      #EXT-X-TARGETDURATION:2
      #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=0.96,HOLD-BACK=6
      #EXT-X-PART-INF:PART-TARGET=0.32
      #EXT-X-MEDIA-SEQUENCE:41
      #EXT-X-MAP:URI="init.mp4"
      #EXT-X-PROGRAM-DATE-TIME:2026-11-01T10:00:00.000Z
      #EXTINF:1.6,
      41.m4s
      #EXT-X-PROGRAM-DATE-TIME:2026-11-01T10:00:01.600Z
      #EXT-X-PART:DURATION=0.32,URI="42.0.m4s",INDEPENDENT=YES
      #EXT-X-PART:DURATION=0.32,URI="42.1.m4s"
      #EXT-X-PART:DURATION=0.32,URI="42.2.m4s"
      #EXT-X-PART:DURATION=0.32,URI="42.3.m4s"
      #EXT-X-PART:DURATION=0.32,URI="42.4.m4s"
      #EXTINF:1.6,
      42.m4s
      #EXT-X-PROGRAM-DATE-TIME:2026-11-01T10:00:03.200Z
      #EXT-X-PART:DURATION=0.32,URI="43.0.m4s",INDEPENDENT=YES
      #EXT-X-PRELOAD-HINT:TYPE=PART,URI="43.1.m4s"
      #EXT-X-RENDITION-REPORT:URI="../360p/index.m3u8",LAST-MSN=43,LAST-PART=0
      """;

  @Test
  void placesPartsOnTheTimeline() throws Exception {
    MediaPlaylist playlist = MediaPlaylistParser.parse(PLAYLIST);

    assertThat(playlist.blocking()).isTrue();
    assertThat(playlist.ended()).isFalse();
    assertThat(playlist.holdBackNanos()).isEqualTo(960 * MS);
    assertThat(playlist.edgeNanos()).isEqualTo(START + 3_520 * MS);
    assertThat(playlist.next()).isEqualTo(new MediaPlaylist.Cursor(43, 1));
    assertThat(playlist.segments())
        .extracting(MediaSegment::sequence)
        .containsExactly(41L, 42L, 43L);
    assertThat(playlist.segments().get(1).parts().get(4).startNanos())
        .isEqualTo(START + 2_880 * MS);
    assertThat(playlist.segments().get(2).complete()).isFalse();
  }

  @Test
  void beginsAtAnIndependentPartAndGoesOnWithWhatIsNew() throws Exception {
    RenditionCursor cursor = new RenditionCursor();

    assertThat(cursor.take(MediaPlaylistParser.parse(PLAYLIST)))
        .extracting(RenditionCursor.Load::uri)
        .containsExactly("42.0.m4s", "42.1.m4s", "42.2.m4s", "42.3.m4s", "42.4.m4s", "43.0.m4s");

    String grown = PLAYLIST + "#EXT-X-PART:DURATION=0.32,URI=\"43.1.m4s\"\n";
    assertThat(cursor.take(MediaPlaylistParser.parse(grown)))
        .extracting(RenditionCursor.Load::uri)
        .containsExactly("43.1.m4s");
    assertThat(cursor.take(MediaPlaylistParser.parse(grown + "#EXTINF:0.64,\n43.m4s\n"))).isEmpty();
  }

  @Test
  void loadsWholeSegmentsWhereThereAreNoParts() throws Exception {
    String plain =
        """
        #EXTM3U
        #EXT-X-TARGETDURATION:2
        #EXT-X-MEDIA-SEQUENCE:7
        #EXTINF:2,
        7.m4s
        #EXTINF:2,
        8.m4s
        #EXTINF:2,
        9.m4s
        #EXTINF:2,
        10.m4s
        #EXT-X-ENDLIST
        """;
    MediaPlaylist playlist = MediaPlaylistParser.parse(plain);

    assertThat(playlist.ended()).isTrue();
    assertThat(playlist.holdBackNanos()).isEqualTo(6_000 * MS);
    assertThat(new RenditionCursor().take(playlist))
        .extracting(RenditionCursor.Load::uri)
        .containsExactly("8.m4s", "9.m4s", "10.m4s");
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> MediaPlaylistParser.parse("<html>"))
        .isInstanceOf(PlaylistException.class)
        .hasMessageContaining("#EXTM3U");
    assertThatThrownBy(() -> MediaPlaylistParser.parse("#EXTM3U\n#EXTINF:-1,\na.m4s"))
        .hasMessageContaining("'-1'");
    assertThatThrownBy(() -> MediaPlaylistParser.parse("#EXTM3U\n#EXT-X-PART:DURATION=1"))
        .hasMessageContaining("without a URI");
  }

  @Test
  void choosesTheRenditionsOfAProgram() throws Exception {
    MultivariantPlaylist program =
        MultivariantPlaylist.parse(
            """
            #EXTM3U
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Sound",DEFAULT=YES,URI="audio/index.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH=900000,CODECS="avc1.4d401f,mp4a.40.2",RESOLUTION=640x360
            360p/index.m3u8
            #EXT-X-STREAM-INF:BANDWIDTH=3000000,CODECS="avc1.4d401f,mp4a.40.2",RESOLUTION=1280x720
            720p/index.m3u8
            #EXT-X-STREAM-INF:BANDWIDTH=140000,CODECS="mp4a.40.2",AUDIO="a"
            audio/index.m3u8
            """);

    assertThat(program.audioUri()).isEqualTo("audio/index.m3u8");
    assertThat(program.variants())
        .extracting(MultivariantPlaylist.Variant::uri)
        .containsExactly("720p/index.m3u8", "360p/index.m3u8");
  }
}
