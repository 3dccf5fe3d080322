package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.packager.Ffmpeg;
import dev.amphi.packager.RealProgram;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.Chapter;
import dev.amphi.packager.api.Integrity;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.node.PackagerNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part is cut out of a real recording; FFmpeg judges it. IDRs are at 0, 1.6, 3.2, 4.8, … s. */
final class TrimIT {
  private static final Instant ZERO = RealProgram.STARTS_AT;

  @Test
  void aPartIsAnMp4OfItsOwnWithNothingCodedAnew(@TempDir Path folder) throws Exception {
    RealProgram program = RealProgram.encode(Files.createDirectory(folder.resolve("made")), 12);
    Path data = folder.resolve("data");
    String id;
    try (PackagerNode node = node(data)) {
      id = record(node, program);
      Path movie = node.movie("demo", id).orElseThrow();
      byte[] whole = Files.readAllBytes(movie);
      RecordingView.Trim part = get(node.trim("demo", id, 5, 9)).part().orElseThrow();

      assertThat(part.fromS()).as("the IDR before").isCloseTo(4.8, within(0.001));
      assertThat(part.durationS()).isCloseTo(4.2, within(0.03));
      assertThat(part.url()).isEqualTo("/api/rooms/demo/recordings/" + id + ".trimmed.mp4");
      assertThat(part.chapters())
          .extracting(Chapter::title)
          .as("the one that goes on, and the one that begins")
          .containsExactly("Lenses", "Mirrors");
      assertThat(part.chapters().getLast().startS()).isCloseTo(1.45, within(0.001));
      Path cut = movie.resolveSibling("trimmed.mp4");
      Ffmpeg.decode(cut.toString());
      assertThat(sizes(cut, "v")).isEqualTo(sizes(movie, "v").subList(144, 270));
      List<String> sound = sizes(cut, "a");
      assertThat(sizes(movie, "a").subList(225, 225 + sound.size())).isEqualTo(sound);
      assertThat(times(cut, "v").getFirst()).isZero();
      assertThat(times(cut, "a").getFirst()).isBetween(0.0, 0.022);
      assertThat(Ffmpeg.probe(cut, "-show_chapters", "-show_entries", "chapter=start_time"))
          .containsExactly("0.000000", "Lenses", "1.450000", "Mirrors");
      assertThat(
              Ffmpeg.probe(movie.resolveSibling("trimmed.vtt"), "-show_entries", "packet=pts_time"))
          .containsExactly("0.700000");
      assertThat(Files.readAllBytes(movie)).as("the whole").isEqualTo(whole);
      assertThat(get(node.verify("demo", id)).state()).isEqualTo(Integrity.WHOLE);
    }
    try (PackagerNode node = node(data)) {
      RecordingView again = ready(node);
      assertThat(again.part().orElseThrow().durationS()).isCloseTo(4.2, within(0.03));
      RecordingView.Trim other = get(node.trim("demo", id, 0, 3.3)).part().orElseThrow();
      assertThat(other.fromS()).isZero();
      assertThat(other.durationS()).isCloseTo(3.3, within(0.03));
      Path cut = node.movie("demo", id).orElseThrow().resolveSibling("trimmed.mp4");
      Ffmpeg.decode(cut.toString());
      assertThat(cut.resolveSibling("trimmed.vtt")).as("nothing was said there").doesNotExist();
      assertThat(get(node.untrim("demo", id)).part()).isEmpty();
      assertThat(cut).doesNotExist();
    }
    try (PackagerNode node = node(data)) {
      assertThat(ready(node).part()).isEmpty();
      assertThat(get(node.verify("demo", id)).state()).isEqualTo(Integrity.WHOLE);
    }
  }

  private static String record(PackagerNode node, RealProgram program) throws Exception {
    Broadcast broadcast = node.open("demo", 1);
    program.declare(broadcast, ZERO);
    get(broadcast.recording(true));
    program.play(broadcast, 0, 12);
    broadcast.chapter(ZERO.plusMillis(1_000), "Light");
    broadcast.chapter(ZERO.plusMillis(3_000), "Lenses");
    broadcast.chapter(ZERO.plusMillis(6_250), "Mirrors");
    broadcast.chapter(ZERO.plusMillis(9_500), "Prisms");
    broadcast.caption(ZERO.plusMillis(5_500), ZERO.plusMillis(7_000), "A mirror & a lens");
    broadcast.caption(ZERO.plusMillis(9_500), ZERO.plusMillis(11_000), "Later");
    broadcast.close();
    return ready(node).id();
  }

  private static PackagerNode node(Path data) {
    return PackagerNode.create(data, Clock.fixed(ZERO, ZoneOffset.UTC));
  }

  private static RecordingView ready(PackagerNode node) {
    Awaitility.await()
        .until(
            () ->
                !node.recordings("demo").isEmpty()
                    && node.recordings("demo").getFirst().state().equals("ready"));
    return node.recordings("demo").getFirst();
  }

  private static List<String> sizes(Path file, String stream) throws Exception {
    return Ffmpeg.probe(file, "-select_streams", stream, "-show_entries", "packet=size");
  }

  private static List<Double> times(Path file, String stream) throws Exception {
    return Ffmpeg.probe(file, "-select_streams", stream, "-show_entries", "packet=pts_time")
        .stream()
        .map(Double::parseDouble)
        .toList();
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return Objects.requireNonNull(stage.toCompletableFuture().get(20, TimeUnit.SECONDS));
  }
}
