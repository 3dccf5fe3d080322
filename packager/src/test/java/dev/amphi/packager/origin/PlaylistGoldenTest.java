package dev.amphi.packager.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.Synthetic;
import dev.amphi.packager.playlist.MediaPlaylist;
import dev.amphi.packager.playlist.MediaSegment;
import dev.amphi.packager.playlist.PlaylistReader;
import dev.amphi.packager.playlist.PlaylistWriter;
import dev.amphi.packager.playlist.UriSuffix;
import dev.amphi.packager.segment.MediaTime;
import dev.amphi.packager.segment.OpenSegment;
import dev.amphi.packager.segment.Part;
import dev.amphi.packager.segment.Segment;
import dev.amphi.packager.segment.SegmentPlan;
import dev.amphi.packager.segment.SegmentWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text of playlists. */
final class PlaylistGoldenTest {
  private static final Instant START = Instant.parse("2026-11-02T09:00:00Z");
  private static final Part.Listing FIRST = new Part.Listing(new MediaTime(24_000, 90_000), true);
  private static final Part.Listing OTHER = new Part.Listing(new MediaTime(24_000, 90_000), false);

  @Test
  void aLivePlaylistListsPartsAtItsEndOnly() {
    assertThat(text(window(4, 2, 4), false))
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:9
            #EXT-X-TARGETDURATION:2
            #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=12.0,HOLD-BACK=6.0,PART-HOLD-BACK=1.26
            #EXT-X-PART-INF:PART-TARGET=0.28
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-MAP:URI="init-0.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-11-02T09:00:00.000Z
            #EXTINF:1.6,
            0.m4s
            #EXT-X-PROGRAM-DATE-TIME:2026-11-02T09:00:01.600Z
            #EXT-X-PART:DURATION=0.26667,URI="1.0.m4s",INDEPENDENT=YES
            #EXT-X-PART:DURATION=0.26667,URI="1.1.m4s"
            #EXTINF:1.6,
            1.m4s
            #EXT-X-PROGRAM-DATE-TIME:2026-11-02T09:00:03.200Z
            #EXT-X-PART:DURATION=0.26667,URI="2.0.m4s",INDEPENDENT=YES
            #EXT-X-PART:DURATION=0.26667,URI="2.1.m4s"
            #EXTINF:1.6,
            2.m4s
            #EXT-X-PROGRAM-DATE-TIME:2026-11-02T09:00:04.800Z
            #EXT-X-PART:DURATION=0.26667,URI="3.0.m4s",INDEPENDENT=YES
            #EXT-X-PART:DURATION=0.26667,URI="3.1.m4s"
            #EXTINF:1.6,
            3.m4s
            #EXT-X-PROGRAM-DATE-TIME:2026-11-02T09:00:06.400Z
            #EXT-X-PART:DURATION=0.26667,URI="4.0.m4s",INDEPENDENT=YES
            #EXT-X-PART:DURATION=0.26667,URI="4.1.m4s"
            #EXT-X-PRELOAD-HINT:TYPE=PART,URI="4.2.m4s"
            #EXT-X-RENDITION-REPORT:URI="../audio/index.m3u8",LAST-MSN=4,LAST-PART=1
            """);
  }

  @Test
  void whenASegmentIsAsLongAsTheOneBeforeTheHintIsTheNextOnes() {
    assertThat(text(window(4, 6, 4), false))
        .contains("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"5.0.m4s\"\n");
  }

  @Test
  void aRestartIsADiscontinuityWithAHeaderOfItsOwn() {
    SegmentWindow window =
        window(4, 0, 4)
            .completed(
                new Segment(
                    4,
                    START.plusSeconds(20),
                    new MediaTime(144_000, 90_000),
                    1,
                    true,
                    List.of(FIRST),
                    48,
                    1000));
    assertThat(text(window, false))
        .contains(
            """
            3.m4s
            #EXT-X-DISCONTINUITY
            #EXT-X-MAP:URI="init-1.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-11-02T09:00:20.000Z
            #EXT-X-PART:DURATION=0.26667,URI="4.0.m4s",INDEPENDENT=YES
            #EXTINF:1.6,
            4.m4s
            """);
  }

  @Test
  void whatIsMissingIsAGapInItsPartsToo() {
    SegmentWindow window =
        window(4, 0, 4)
            .completed(
                new Segment(
                    4,
                    new MediaTime(0, 90_000),
                    START.plusMillis(6400),
                    new MediaTime(45_000, 90_000),
                    0,
                    false,
                    true,
                    List.of(OTHER, new Part.Listing(new MediaTime(21_000, 90_000), false)),
                    0,
                    0,
                    0));
    String text = text(window, false);
    assertThat(text)
        .contains(
            """
            3.m4s
            #EXT-X-PROGRAM-DATE-TIME:2026-11-02T09:00:06.400Z
            #EXT-X-PART:DURATION=0.26667,URI="4.0.m4s",GAP=YES
            #EXT-X-PART:DURATION=0.23333,URI="4.1.m4s",GAP=YES
            #EXT-X-GAP
            #EXTINF:0.5,
            4.m4s
            #EXT-X-PRELOAD-HINT:TYPE=PART,URI="5.0.m4s"
            """);
    assertThat(PlaylistWriter.write(PlaylistReader.read(text), UriSuffix.NONE)).isEqualTo(text);
  }

  @Test
  void theListOfPicturesHasSoManyBytesOfEachSegment() {
    SegmentWindow window = SegmentWindow.empty("720p", SegmentPlan.standard());
    for (int msn = 0; msn < 2; msn++) {
      window =
          window.completed(
              new Segment(
                  msn,
                  new MediaTime(msn * 144_000L, 90_000),
                  START.plusMillis(1600L * msn),
                  new MediaTime(144_000, 90_000),
                  0,
                  false,
                  false,
                  List.of(FIRST, OTHER),
                  4_321 + msn,
                  48,
                  500_000));
    }
    String text =
        PlaylistWriter.write(
            PlaylistComposer.list(ListKind.I_FRAMES, program(window), window), UriSuffix.NONE);
    assertThat(text)
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:9
            #EXT-X-TARGETDURATION:2
            #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=12.0,HOLD-BACK=6.0,PART-HOLD-BACK=1.26
            #EXT-X-I-FRAMES-ONLY
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-MAP:URI="init-0.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-11-02T09:00:00.000Z
            #EXTINF:1.6,
            #EXT-X-BYTERANGE:4321@0
            0.m4s
            #EXT-X-PROGRAM-DATE-TIME:2026-11-02T09:00:01.600Z
            #EXTINF:1.6,
            #EXT-X-BYTERANGE:4322@0
            1.m4s
            """);
    assertThat(PlaylistWriter.write(PlaylistReader.read(text), UriSuffix.NONE)).isEqualTo(text);
  }

  @Test
  void theListOfCaptionsIsCutAsThePictureIs() {
    SegmentWindow window = window(2, 2, 2);
    assertThat(
            PlaylistWriter.write(
                PlaylistComposer.list(ListKind.CAPTIONS, program(window), window),
                new UriSuffix("?token=t")))
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:9
            #EXT-X-TARGETDURATION:2
            #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=12.0,HOLD-BACK=6.0,PART-HOLD-BACK=1.26
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-PROGRAM-DATE-TIME:2026-11-02T09:00:00.000Z
            #EXTINF:1.6,
            0.vtt?token=t
            #EXT-X-PROGRAM-DATE-TIME:2026-11-02T09:00:01.600Z
            #EXTINF:1.6,
            1.vtt?token=t
            """);
  }

  @Test
  void whatHappensInTheClassIsListedWithEveryRendition() {
    SegmentWindow window = window(2, 1, 2);
    ProgramWindow program =
        program(window)
            .with(
                List.of(
                    new Happening(
                        0,
                        "dev.amphi.slide",
                        START.plusMillis(500),
                        "Say \"hi\"\r\n\u0085\u009bto all"),
                    new Happening(1, "dev.amphi.slide", START.plusMillis(2500), "Lenses")));
    String text = PlaylistWriter.write(PlaylistComposer.media(program, window), UriSuffix.NONE);
    assertThat(text)
        .contains(
            """
            #EXT-X-DATERANGE:ID="h0",CLASS="dev.amphi.slide",START-DATE="2026-11-02T09:00:00.500Z",END-ON-NEXT=YES,X-TITLE="Say 'hi' to all"
            #EXT-X-DATERANGE:ID="h1",CLASS="dev.amphi.slide",START-DATE="2026-11-02T09:00:02.500Z",END-ON-NEXT=YES,X-TITLE="Lenses"
            #EXT-X-RENDITION-REPORT""");
    assertThat(PlaylistWriter.write(PlaylistReader.read(text), UriSuffix.NONE)).isEqualTo(text);
  }

  @Test
  void aListThatHasEndedIsNeverGivenAsADelta() {
    assertThat(text(window(30, 0, 30).end(), true)).isEqualTo(text(window(30, 0, 30).end(), false));
  }

  @Test
  void afterASegmentThatWasCutShortTheHintIsStillTheNextPart() {
    SegmentWindow window =
        window(4, 0, 4)
            .completed(
                new Segment(
                    4, START, new MediaTime(24_000, 90_000), 0, false, List.of(FIRST), 8, 1000))
            .started(new OpenSegment(5, new MediaTime(0, 90_000), START.plusSeconds(9), 1, true))
            .with(FIRST)
            .with(OTHER);
    assertThat(text(window, false)).contains("HINT:TYPE=PART,URI=\"5.2.m4s\"");
  }

  @Test
  void aDiscontinuityThatLeftTheWindowIsCounted() {
    SegmentWindow window = window(2, 0, 4);
    window =
        window.completed(
            new Segment(
                2, START, new MediaTime(144_000, 90_000), 1, true, List.of(FIRST), 48, 1000));
    window = window.withoutOldest().withoutOldest();
    assertThat(text(window, false)).doesNotContain("DISCONTINUITY-SEQUENCE");
    assertThat(window.segment(2)).isNotNull();
    window = window.withoutOldest();
    assertThat(window.discontinuitySequence()).isEqualTo(1);
  }

  @Test
  void anEndedPlaylistListsEverythingAndNoParts() {
    String text = text(window(4, 2, 4).end(), false);
    assertThat(text).endsWith("#EXTINF:1.6,\n3.m4s\n#EXT-X-ENDLIST\n");
    assertThat(text).contains("\n0.m4s\n").doesNotContain("#EXT-X-PART:", "HINT", "REPORT");
  }

  @Test
  void aDeltaUpdateMergedWithTheListBeforeIsTheFullOne() {
    MediaPlaylist before = PlaylistReader.read(text(window(30, 2, 30), false));
    for (int open = 0; open < 6; open++) {
      MediaPlaylist full = PlaylistReader.read(text(window(31, open, 31), false));
      MediaPlaylist delta = PlaylistReader.read(text(window(31, open, 31), true));
      assertThat(delta.skipped()).isPositive();
      List<MediaSegment> merged = new ArrayList<>(before.segments().subList(0, delta.skipped()));
      merged.addAll(delta.segments());
      assertThat(merged)
          .usingRecursiveComparison()
          .ignoringFields("parts")
          .isEqualTo(full.segments());
      assertThat(delta.tail()).isEqualTo(full.tail());
    }
  }

  @Test
  void aDeltaUpdateSkipsNothingInsideTheBoundary() {
    MediaPlaylist delta = PlaylistReader.read(text(window(30, 2, 30), true));
    double kept =
        delta.segments().stream().mapToDouble(MediaSegment::durationS).sum() + 2 * 0.26667;
    assertThat(kept).isGreaterThanOrEqualTo(12).isLessThan(12 + 1.7);
    assertThat(PlaylistReader.read(text(window(5, 2, 5), true)).skipped()).isZero();
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    String text = text(window(9, 3, 9), false);
    assertThat(PlaylistWriter.write(PlaylistReader.read(text), UriSuffix.NONE)).isEqualTo(text);
  }

  @Test
  void theMultivariantPlaylistNamesPicturesWithTheirSoundAndSoundAlone() {
    ProgramWindow program = program(window(4, 2, 4));
    assertThat(
            PlaylistWriter.write(PlaylistComposer.multivariant(program), new UriSuffix("?token=t")))
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:9
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Program",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="1-abc/audio/index.m3u8?token=t"
            #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="captions",NAME="Captions",AUTOSELECT=YES,URI="1-abc/captions/index.m3u8?token=t"
            #EXT-X-STREAM-INF:BANDWIDTH=3140800,AVERAGE-BANDWIDTH=2628000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=30.000,AUDIO="sound",SUBTITLES="captions"
            1-abc/720p/index.m3u8?token=t
            #EXT-X-STREAM-INF:BANDWIDTH=140800,AVERAGE-BANDWIDTH=128000,CODECS="mp4a.40.2",AUDIO="sound",SUBTITLES="captions"
            1-abc/audio/index.m3u8?token=t
            #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,CODECS="avc1.64001f",RESOLUTION=1280x720,URI="1-abc/720p/iframes.m3u8?token=t"
            """);
    assertThat(PlaylistWriter.write(PlaylistComposer.soundOnly(program), UriSuffix.NONE))
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:9
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="captions",NAME="Captions",AUTOSELECT=YES,URI="1-abc/captions/index.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH=140800,AVERAGE-BANDWIDTH=128000,CODECS="mp4a.40.2",SUBTITLES="captions"
            1-abc/audio/index.m3u8
            """);
  }

  private static String text(SegmentWindow window, boolean delta) {
    MediaPlaylist playlist = PlaylistComposer.media(program(window), window);
    return PlaylistWriter.write(delta ? playlist.delta() : playlist, UriSuffix.NONE);
  }

  private static ProgramWindow program(SegmentWindow window) {
    SegmentWindow sound = window(4, 2, 4);
    return new ProgramWindow(
        "1-abc",
        List.of(
            new Rendition("720p", Synthetic.PICTURE, window, 3_000_000),
            new Rendition("audio", Synthetic.SOUND, sound, 100_000)));
  }

  private static SegmentWindow window(int segments, int openParts, long openMsn) {
    SegmentWindow window = SegmentWindow.empty("720p", SegmentPlan.standard());
    for (int msn = 0; msn < segments; msn++) {
      window =
          window.completed(
              new Segment(
                  msn,
                  START.plusMillis(1600L * msn),
                  new MediaTime(144_000, 90_000),
                  0,
                  false,
                  List.of(FIRST, OTHER),
                  48,
                  500_000));
    }
    if (openParts > 0) {
      window =
          window.started(
              new OpenSegment(
                  openMsn,
                  new MediaTime(144_000L * openMsn, 90_000),
                  START.plusMillis(1600L * openMsn),
                  0,
                  false));
    }
    for (int part = 0; part < openParts; part++) {
      window = window.with(part == 0 ? FIRST : OTHER);
    }
    return window;
  }
}
