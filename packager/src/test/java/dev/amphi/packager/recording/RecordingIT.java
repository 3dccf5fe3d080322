package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.packager.Ffmpeg;
import dev.amphi.packager.RealProgram;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.Chapter;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.node.PackagerNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real program is recorded; FFmpeg judges the MP4. */
final class RecordingIT {
  private static RealProgram program;

  private Path dataDir;
  private PackagerNode node;

  @BeforeAll
  static void encode(@TempDir Path shared) throws IOException {
    program = RealProgram.encode(shared, 12);
  }

  @BeforeEach
  void start(@TempDir Path folder) {
    dataDir = folder;
    node = PackagerNode.create(dataDir, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void theMovieIsAsLongAsTheClassAndPlaysWhole() throws Exception {
    List<String> states = new ArrayList<>();
    node.onRecordingChanged(view -> states.add(view.state()));
    Broadcast broadcast = node.open("demo", 1);
    program.declare(broadcast, RealProgram.STARTS_AT);
    RecordingView on = now(broadcast.recording(true));
    assertThat(on.state()).isEqualTo("recording");
    program.play(broadcast, 0, 12);
    broadcast.close();

    RecordingView ready = ready("demo");
    assertThat(ready.id()).isEqualTo(on.id());
    assertThat(ready.url()).isEqualTo("/api/rooms/demo/recordings/" + on.id() + ".mp4");
    assertThat(ready.durationS()).isCloseTo(12, within(0.05));
    Path movie = node.movie("demo", ready.id()).orElseThrow();
    Ffmpeg.decode(movie.toString());
    assertThat(Ffmpeg.probe(movie, "-count_packets", "-show_entries", "stream=nb_read_packets"))
        .first()
        .isEqualTo("360");
    assertThat(duration(movie)).isCloseTo(12, within(0.05));
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(states).containsExactly("recording", "processing", "ready"));
  }

  @Test
  void chaptersAreInTheMovieAndBesideIt() throws Exception {
    Broadcast broadcast = node.open("demo", 1);
    program.declare(broadcast, RealProgram.STARTS_AT);
    broadcast.chapter(RealProgram.STARTS_AT, "Before it is recorded");
    now(broadcast.recording(true));
    program.play(broadcast, 0, 4);
    broadcast.chapter(RealProgram.STARTS_AT.plusMillis(1_500), "Lenses \"and\" Линзы");
    program.play(broadcast, 4, 8);
    broadcast.chapter(RealProgram.STARTS_AT.plusMillis(6_250), "Mirrors");
    broadcast.chapter(RealProgram.STARTS_AT.plusSeconds(600), "After the end");
    broadcast.close();

    RecordingView ready = ready("demo");
    assertThat(ready.chapters())
        .containsExactly(new Chapter(1.5, "Lenses \"and\" Линзы"), new Chapter(6.25, "Mirrors"));
    Path movie = node.movie("demo", ready.id()).orElseThrow();
    Ffmpeg.decode(movie.toString());
    List<String> shown =
        Ffmpeg.probe(movie, "-show_chapters", "-show_entries", "chapter=start_time:chapter_tags");
    assertThat(shown).contains("1.500000", "Lenses \"and\" Линзы", "6.250000", "Mirrors");
    assertThat(Files.readString(movie.resolveSibling("chapters.json")))
        .isEqualTo(
            "{\"chapters\":[{\"start_s\":1.500,\"title\":\"Lenses \\\"and\\\" Линзы\"},"
                + "{\"start_s\":6.250,\"title\":\"Mirrors\"}]}\n");
    node.close();
    node = PackagerNode.create(dataDir, Clock.systemUTC());
    assertThat(ready("demo").chapters()).hasSize(2);
  }

  @Test
  void whatWasSaidIsBesideTheMovieAsWebVtt() throws Exception {
    node.close();
    node = PackagerNode.create(dataDir, Clock.fixed(RealProgram.STARTS_AT, ZoneOffset.UTC));
    Broadcast broadcast = node.open("demo", 1);
    program.declare(broadcast, RealProgram.STARTS_AT);
    now(broadcast.recording(true));
    program.play(broadcast, 0, 4);
    say(broadcast, 1_500, 3_000, "Light bends.");
    say(broadcast, -2_000, 1_000, "Said before it was recorded");
    program.play(broadcast, 4, 8);
    say(broadcast, 7_000, 11_000, "So do we.");
    broadcast.close();

    RecordingView ready = ready("demo");
    assertThat(ready.captionsUrl()).isEqualTo("/api/rooms/demo/recordings/" + ready.id() + ".vtt");
    Path captions = node.movie("demo", ready.id()).orElseThrow().resolveSibling("captions.vtt");
    assertThat(Ffmpeg.probe(captions, "-show_entries", "packet=pts_time,duration_time"))
        .containsExactly("1.500000", "1.500000", "7.000000", "1.000000");
    assertThat(Files.readString(captions))
        .contains("Light bends.", "So do we.")
        .doesNotContain("Said");
    node.close();
    node = PackagerNode.create(dataDir, Clock.systemUTC());
    assertThat(ready("demo").captionsUrl()).isEqualTo(ready.captionsUrl());
  }

  @Test
  void aPauseIsNotInTheMovieAndWhatIsAfterItMovesUp() throws Exception {
    AtomicReference<Instant> wall = new AtomicReference<>(RealProgram.STARTS_AT);
    node.close();
    node = PackagerNode.create(dataDir, clock(wall));
    Broadcast broadcast = node.open("demo", 1);
    program.declare(broadcast, RealProgram.STARTS_AT);
    now(broadcast.recording(true));
    program.play(broadcast, 0, 3.2);
    say(broadcast, 500, 2_000, "Kept.");
    wall.set(RealProgram.STARTS_AT.plusMillis(3_250));
    program.play(broadcast, 3.2, 3.25);
    broadcast.paused(true);
    program.play(broadcast, 3.25, 6.2);
    assertThat(node.recordings("demo").getFirst().paused()).isTrue();
    assertThat(node.recordings("demo").getFirst().state()).isEqualTo("recording");
    say(broadcast, 4_000, 5_000, "Between us.");
    broadcast.chapter(RealProgram.STARTS_AT.plusMillis(4_000), "Left behind");
    broadcast.chapter(RealProgram.STARTS_AT.plusMillis(5_000), "Up when it goes on");
    broadcast.scene("{\"scene\":1}");
    wall.set(RealProgram.STARTS_AT.plusMillis(6_200));
    broadcast.paused(false);
    program.play(broadcast, 6.2, 12);
    assertThat(node.recordings("demo").getFirst().paused()).isFalse();
    say(broadcast, 5_500, 7_000, "Begun between us.");
    say(broadcast, 8_000, 9_000, "Kept too.");
    broadcast.chapter(RealProgram.STARTS_AT.plusMillis(9_400), "Last");
    broadcast.close();

    RecordingView ready = ready("demo");
    // Segments begin at 0, 1.6, 3.2, 4.8, 6.4: of the third no part was whole.
    assertThat(ready.durationS()).isCloseTo(3.2 + 12 - 6.4, within(0.06));
    Path movie = node.movie("demo", ready.id()).orElseThrow();
    Ffmpeg.decode(movie.toString());
    assertThat(duration(movie)).isCloseTo(8.8, within(0.06));
    assertThat(Ffmpeg.probe(movie, "-count_packets", "-show_entries", "stream=nb_read_packets"))
        .first()
        .isEqualTo(String.valueOf(96 + 168));
    assertThat(ready.chapters())
        .extracting(Chapter::title)
        .containsExactly("Up when it goes on", "Last");
    assertThat(ready.chapters().getFirst().startS()).isCloseTo(3.2, within(0.03));
    assertThat(ready.chapters().getLast().startS()).isCloseTo(6.2, within(0.03));
    Path captions = movie.resolveSibling("captions.vtt");
    assertThat(Files.readString(captions)).doesNotContain("between");
    List<String> times = Ffmpeg.probe(captions, "-show_entries", "packet=pts_time");
    assertThat(Double.parseDouble(times.getFirst())).isEqualTo(0.5);
    assertThat(Double.parseDouble(times.getLast())).isCloseTo(4.8, within(0.03));
    for (String secret : List.of("Between us", "Begun between", "Left behind")) {
      String hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
      String journal = Files.readString(movie.resolveSibling("journal"));
      assertThat(journal).doesNotContain(secret.replace(' ', '+')).doesNotContain(hex);
    }
    assertThat(Files.readAllLines(movie.resolveSibling("scenes.jsonl")))
        .containsExactly("{\"scene\":1}");
  }

  private static Clock clock(AtomicReference<Instant> wall) {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return Objects.requireNonNull(wall.get());
      }
    };
  }

  private static void say(Broadcast broadcast, int fromMs, int untilMs, String text) {
    Instant zero = RealProgram.STARTS_AT;
    assertThat(broadcast.caption(zero.plusMillis(fromMs), zero.plusMillis(untilMs), text)).isTrue();
  }

  @Test
  void whatThePictureShowedLiesBesideTheMovieFromOnToOff() throws Exception {
    Broadcast broadcast = node.open("demo", 1);
    program.declare(broadcast, RealProgram.STARTS_AT);
    broadcast.scene("{\"scene\":1}");
    broadcast.scene("{\"scene\":2}");
    now(broadcast.recording(true));
    program.play(broadcast, 0, 4);
    broadcast.scene("{\"scene\":3}");
    program.play(broadcast, 4, 8);
    now(broadcast.recording(false));
    broadcast.scene("{\"scene\":4}");
    broadcast.close();

    Path movie = node.movie("demo", ready("demo").id()).orElseThrow();
    assertThat(Files.readAllLines(movie.resolveSibling("scenes.jsonl")))
        .as("the scene that there was at the start, and those until the end")
        .containsExactly("{\"scene\":2}", "{\"scene\":3}");
  }

  @Test
  void theMovieCanBeSought() throws Exception {
    Path movie = record(0, 12);
    Path picture = dataDir.resolve("picture.png");
    Ffmpeg.run("-ss", "7.3", "-i", movie.toString(), "-frames:v", "1", picture.toString());
    assertThat(picture).isNotEmptyFile();
    List<String> keys =
        Ffmpeg.probe(
            movie,
            "-select_streams",
            "v",
            "-skip_frame",
            "nokey",
            "-show_entries",
            "frame=pts_time");
    assertThat(keys.stream().filter(line -> !line.isBlank()).map(Double::parseDouble))
        .containsExactly(0.0, 1.6, 3.2, 4.8, 6.4, 8.0, 9.6, 11.2);
  }

  @Test
  void theMovieStartsWithItsIndex() throws Exception {
    byte[] head = Files.readAllBytes(record(0, 4));
    String text = new String(head, java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(text.indexOf("moov")).isPositive().isLessThan(text.indexOf("mdat"));
  }

  @Test
  void notAByteFromBeforeTheNextSegmentIsKept() throws Exception {
    Broadcast broadcast = node.open("demo", 1);
    program.declare(broadcast, RealProgram.STARTS_AT);
    program.play(broadcast, 0, 2);
    assertThat(dataDir.resolve("recordings")).doesNotExist();
    now(broadcast.recording(true));
    program.play(broadcast, 2, 7);
    RecordingView off = now(broadcast.recording(false));
    assertThat(off.state()).isEqualTo("processing");
    program.play(broadcast, 7, 12);
    broadcast.close();

    // From 3.2 s, the first IDR after the switch, to the last whole part before 7 s.
    RecordingView ready = ready("demo");
    assertThat(ready.durationS()).isCloseTo(3.733, within(0.05));
    Ffmpeg.decode(node.movie("demo", ready.id()).orElseThrow().toString());
    assertThat(node.recordings("demo")).hasSize(1);
  }

  @Test
  void aRestartOfTheProgramLeavesPictureAndSoundTogether() throws Exception {
    Broadcast broadcast = node.open("demo", 1);
    program.declare(broadcast, RealProgram.STARTS_AT);
    now(broadcast.recording(true));
    program.play(broadcast, 0, 4);
    program.declare(broadcast, RealProgram.STARTS_AT.plusSeconds(6));
    program.play(broadcast, 0, 4);
    broadcast.close();

    Path movie = node.movie("demo", ready("demo").id()).orElseThrow();
    Ffmpeg.decode(movie.toString());
    assertThat(duration(movie)).isCloseTo(10, within(0.05));
    assertThat(lastTime(movie, "v")).isCloseTo(10 - 1 / 30.0, within(0.04));
    assertThat(lastTime(movie, "a")).isCloseTo(10 - 0.021, within(0.04));
  }

  @Test
  void aClockThatWasSetBackMakesNoHole() throws Exception {
    Broadcast broadcast = node.open("demo", 1);
    program.declare(broadcast, RealProgram.STARTS_AT);
    now(broadcast.recording(true));
    program.play(broadcast, 0, 4);
    program.declare(broadcast, RealProgram.STARTS_AT.minusSeconds(3600));
    program.play(broadcast, 0, 4);
    broadcast.close();

    Path movie = node.movie("demo", ready("demo").id()).orElseThrow();
    Ffmpeg.decode(movie.toString());
    assertThat(duration(movie)).isCloseTo(8, within(0.1));
  }

  @Test
  void aFolderThatCannotBeWrittenStopsTheRecordingAlone() throws Exception {
    Files.writeString(dataDir.resolve("recordings"), "a file where a folder should be");
    Broadcast broadcast = node.open("demo", 1);
    program.declare(broadcast, RealProgram.STARTS_AT);
    RecordingView view = now(broadcast.recording(true));
    assertThat(view.state()).isEqualTo("failed");
    assertThat(view.detail()).contains("The recording stopped, the class goes on");
    program.play(broadcast, 0, 4);
    assertThat(node.program("demo").orElseThrow().window().playable()).isTrue();
    assertThat(node.recordings("demo")).extracting(RecordingView::state).containsExactly("failed");
  }

  @Test
  void anUnfinishedRecordingIsFinishedAtTheNextStart(@TempDir Path later) throws Exception {
    Broadcast broadcast = node.open("demo", 3);
    program.declare(broadcast, RealProgram.STARTS_AT);
    now(broadcast.recording(true));
    program.play(broadcast, 0, 8);
    Awaitility.await().until(() -> node.recordings("demo").getFirst().durationS() > 7.9);
    copy(dataDir, later); // What a kill -9 would leave behind.

    try (PackagerNode next = PackagerNode.create(later, Clock.systemUTC())) {
      Awaitility.await().until(() -> next.recordings("demo").getFirst().state().equals("ready"));
      RecordingView view = next.recordings("demo").getFirst();
      Path movie = next.movie("demo", view.id()).orElseThrow();
      Ffmpeg.decode(movie.toString());
      assertThat(duration(movie)).isCloseTo(8, within(0.05));
    }
    try (PackagerNode third = PackagerNode.create(later, Clock.systemUTC())) {
      Awaitility.await().until(() -> third.recordings("demo").getFirst().state().equals("ready"));
      assertThat(third.recordings("demo")).hasSize(1);
    }
  }

  private Path record(double fromS, double toS) throws Exception {
    Broadcast broadcast = node.open("demo", 1);
    program.declare(broadcast, RealProgram.STARTS_AT);
    now(broadcast.recording(true));
    program.play(broadcast, fromS, toS);
    broadcast.close();
    return node.movie("demo", ready("demo").id()).orElseThrow();
  }

  private RecordingView ready(String room) {
    Awaitility.await().until(() -> node.recordings(room).getLast().state().matches("ready|failed"));
    RecordingView view = node.recordings(room).getLast();
    assertThat(view.state()).as(view.detail()).isEqualTo("ready");
    return view;
  }

  private static double duration(Path movie) throws IOException {
    return Double.parseDouble(Ffmpeg.probe(movie, "-show_entries", "format=duration").getFirst());
  }

  private static double lastTime(Path movie, String stream) throws IOException {
    return Ffmpeg.probe(movie, "-select_streams", stream, "-show_entries", "packet=pts_time")
        .stream()
        .filter(line -> !line.isBlank())
        .mapToDouble(Double::parseDouble)
        .max()
        .orElse(0);
  }

  private static RecordingView now(CompletionStage<RecordingView> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }
}
