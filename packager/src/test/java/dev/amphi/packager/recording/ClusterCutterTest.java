package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.api.TrackSink;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.webm.HandmadeFrames;
import dev.amphi.packager.webm.TrackCodec;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sends cannot make more of the journal than a class needs. */
final class ClusterCutterTest {
  private final List<ClusterCutter.Coded> told = new ArrayList<>();

  @Test
  void aSizeThatWasThereBeforeIsNoNewCoding() {
    ClusterCutter cutter = cutter(TrackCodec.VP8);
    for (int n = 0; n < 100; n++) {
      key(cutter, HandmadeFrames.vp8(n % 2 == 0 ? 160 : 320, 90), 600L * n);
    }
    cutter.cut();
    assertThat(told).hasSize(100).extracting(ClusterCutter.Coded::index).contains(0, 1);
    assertThat(told).allMatch(coded -> coded.index() == (coded.coding().width() == 160 ? 0 : 1));
    assertThat(cutter.refused()).isZero();
  }

  @Test
  void otherSizesWithoutEndAreNotKeptAndTheKnownOnesStillAre() {
    ClusterCutter cutter = cutter(TrackCodec.VP8);
    int most = ClusterCutter.MOST_CODINGS;
    for (int n = 0; n < most + 44; n++) {
      key(cutter, HandmadeFrames.vp8(100 + n, 90), 600L * n);
    }
    assertThat(cutter.refused()).isEqualTo(44);
    delta(cutter, 600L * (most + 44));
    assertThat(told).hasSize(most);
    key(cutter, HandmadeFrames.vp8(100, 90), 600L * (most + 45));
    delta(cutter, 600L * (most + 45) + 33);
    cutter.cut();
    assertThat(told).hasSize(most + 1);
    assertThat(told.getLast().index()).isZero();
  }

  @Test
  void aClockThatGoesBackWithoutEndIsNotFollowedWithoutEnd() {
    ClusterCutter cutter = cutter(TrackCodec.VP8);
    for (int n = 0; n < 1000; n++) {
      key(cutter, HandmadeFrames.vp8(160, 90), -5_000L * n);
    }
    cutter.cut();
    assertThat(told).hasSize(ClusterCutter.MOST_CODINGS);
    assertThat(cutter.refused()).isEqualTo(1000 - ClusterCutter.MOST_CODINGS);
  }

  @Test
  void longHeadersAreBoundedTogether() {
    ClusterCutter cutter = cutter(TrackCodec.AV1);
    for (int n = 0; n < 100; n++) {
      key(cutter, HandmadeFrames.av1(160 + n, 90, 1000), 600L * n);
    }
    cutter.cut();
    int bytes = told.stream().mapToInt(coded -> coded.coding().codecPrivate().length()).sum();
    assertThat(bytes).isBetween(ClusterCutter.MOST_PRIVATE_BYTES - 1100, 64 << 10);
    assertThat(cutter.refused()).isEqualTo(100 - told.size());
  }

  @Test
  void aKeyFrameWithAHeaderTooLongIsNotKeptNorWhatNeedsIt() {
    ClusterCutter cutter = cutter(TrackCodec.AV1);
    key(cutter, HandmadeFrames.av1(160, 90, 20), 0);
    key(cutter, HandmadeFrames.av1(160, 90, 100_000), 600);
    assertThat(told).as("what came before is closed").hasSize(1);
    delta(cutter, 633);
    cutter.cut();
    assertThat(told).hasSize(1);
    assertThat(cutter.refused()).isEqualTo(1);
  }

  /** Two headers in turn, as often as clusters are cut. */
  @Test
  void theJournalRepeatsAHeaderSeldom(@TempDir Path root) throws Exception {
    RecordingFolder folder = Recorded.in(root, "room", RecordingKeys.NONE);
    TrackRecorder recorder =
        new TrackRecorder(
            folder,
            null,
            new JournalEntry.Opened(folder.id(), "room", 1, Recorded.AT),
            new DiskUse());
    recorder.start();
    TrackSink.Source camera =
        new TrackSink.Source("t_1", "ada", "Ada", "camera", "av1", "instructor");
    for (int n = 0; n < 320; n++) {
      ByteBuffer frame = ByteBuffer.wrap(HandmadeFrames.av1(160 + n % 2, 90, 1000));
      recorder.frame(camera, frame, Recorded.AT.plusMillis(600L * n), true);
    }
    recorder.finish();
    recorder.join(Duration.ofSeconds(20));
    List<String> lines = Files.readAllLines(folder.tracksJournal());
    assertThat(lines.stream().filter(line -> line.contains(" chunk "))).hasSize(320);
    assertThat(lines.stream().filter(line -> line.length() > 2000)).hasSize(10);
  }

  private ClusterCutter cutter(TrackCodec codec) {
    return new ClusterCutter(codec, (coded, cluster, timeMs, durationMs) -> told.add(coded));
  }

  private static void key(ClusterCutter cutter, byte[] frame, long ms) {
    cutter.frame(Bytes.wrap(frame), Recorded.AT.plusMillis(ms), true);
  }

  private static void delta(ClusterCutter cutter, long ms) {
    cutter.frame(Bytes.fromHex("0102"), Recorded.AT.plusMillis(ms), false);
  }
}
