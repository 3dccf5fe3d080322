package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.packager.Ffmpeg;
import dev.amphi.packager.api.TrackSink;
import dev.amphi.packager.crypt.MasterKeys;
import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.webm.CodedFrames;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tracks of really coded frames beside a recording of 3.2 s, from the queue to the files. */
final class TrackIT {
  private static final TrackSink.Source CAMERA =
      new TrackSink.Source("t_1", "ada", "Ada \"L\"", "camera", "vp8", "instructor");
  private static final TrackSink.Source VOICE =
      new TrackSink.Source("t_2", "ada", "Ada \"L\"", "microphone", "opus", "instructor");

  private Path dir;
  private List<byte[]> pictures;
  private List<byte[]> sounds;

  @BeforeEach
  void encode(@TempDir Path folder) throws Exception {
    dir = folder;
    pictures = CodedFrames.vp8(dir, "160x90", 3);
    sounds = CodedFrames.opus(dir, 3);
  }

  @Test
  void eachTrackIsAFileThatStandsWhereTheMovieShowsIt() throws Exception {
    RecordingFolder folder = Recorded.in(dir, "room", RecordingKeys.NONE);
    TrackRecorder recorder = recorder(folder, null);
    play(recorder, Recorded.AT.plusMillis(200), 0, 90);
    end(recorder);
    finish(folder, null);

    JsonArray tracks = list(folder, null);
    assertThat(tracks).hasSize(2);
    JsonObject camera = tracks.getJsonObject(0);
    assertThat(camera.getString("participant")).isEqualTo("ada");
    assertThat(camera.getString("name")).isEqualTo("Ada \"L\"");
    assertThat(camera.getString("role")).isEqualTo("instructor");
    assertThat(camera.getString("source")).isEqualTo("camera");
    assertThat(camera.getInteger("width")).isEqualTo(160);
    assertThat(camera.getDouble("start_s")).isEqualTo(0.2);
    assertThat(camera.getDouble("duration_s")).isCloseTo(3.0, within(0.01));
    assertThat(camera.getJsonArray("runs")).hasSize(1);
    assertThat(Instant.parse(camera.getString("started_at")))
        .isEqualTo(Recorded.AT.plusMillis(200));
    Path file = folder.path().resolve("track-1.webm");
    Ffmpeg.decode(file.toString());
    assertThat(packets(file)).isEqualTo(90);
    Path voice = folder.path().resolve("track-2.webm");
    Ffmpeg.decodeOpus(voice);
    assertThat(duration(voice)).isCloseTo(3.0, within(0.02));
    assertThat(new IntegrityCheck(folder, null).check().state()).isEqualTo("whole");
    assertThat(folder.path().toFile().list()).noneMatch(name -> name.endsWith(".clusters"));
    assertThat(TrackFinalizer.isDue(folder)).isFalse();

    byte[] changed = Files.readAllBytes(voice);
    changed[changed.length / 2] ^= 1;
    Files.write(voice, changed);
    assertThat(new IntegrityCheck(folder, null).check().detail()).contains("Its track 2");
    Files.delete(folder.tracksJournal());
    assertThat(new IntegrityCheck(folder, null).check().detail()).contains("tracks is gone");
  }

  @Test
  void anEncryptedOneIsReadWithItsKeyOnly() throws Exception {
    Path file = Files.writeString(dir.resolve("keys"), "5a".repeat(32) + "\n");
    RecordingKeys keys = new RecordingKeys(MasterKeys.read(file, new SecureRandom()));
    RecordingFolder folder = Recorded.in(dir, "room", keys);
    RecordingKey key = keys.of(folder);
    TrackRecorder recorder = recorder(folder, key);
    play(recorder, Recorded.AT, 0, 90);
    end(recorder);
    finish(folder, key);
    byte[] journal = Files.readAllBytes(folder.tracksJournal());
    assertThat(new String(journal, StandardCharsets.UTF_8)).doesNotContain("Ada");
    assertThat(list(folder, key).getJsonObject(0).getString("name")).isEqualTo("Ada \"L\"");
    Path plain = dir.resolve("plain.webm");
    try (RecordedContent sealed = RecordedContent.open(folder, "track-1.webm", key)) {
      Files.write(plain, sealed.readAll(0, (int) sealed.length()).array());
    }
    Ffmpeg.decode(plain.toString());
    assertThat(packets(plain)).isEqualTo(90);
  }

  @Test
  void whatAKillLeftIsMadeFiles() throws Exception {
    RecordingFolder folder = Recorded.in(dir, "room", RecordingKeys.NONE);
    TrackRecorder recorder = recorder(folder, null);
    play(recorder, Recorded.AT, 0, 90);
    end(recorder);
    byte[] journal = Files.readAllBytes(folder.tracksJournal());
    // The last line says that it ended; the one before it is the last cluster, and is torn.
    String all = new String(journal, StandardCharsets.UTF_8);
    int cut = all.lastIndexOf("chunk");
    Files.writeString(folder.tracksJournal(), all.substring(0, cut + 12));
    finish(folder, null);
    JsonObject said = new JsonObject(Files.readString(folder.tracksList()));
    assertThat(said.getBoolean("finished")).isFalse();
    Path file = folder.path().resolve("track-1.webm");
    Ffmpeg.decode(file.toString());
    assertThat(packets(file)).isBetween(30, 90);
  }

  @Test
  void everyPrefixOfTheirJournalBecomesFilesAndWhatWasStoppedGoesOn() throws Exception {
    RecordingFolder whole = Recorded.in(dir, "room", RecordingKeys.NONE);
    TrackRecorder recorder = recorder(whole, null);
    play(recorder, Recorded.AT, 0, 90);
    end(recorder);
    new Finalizer(whole, null, done -> {}).finish();
    List<String> lines = Files.readAllLines(whole.tracksJournal());
    int most = 0;
    for (int kept = 1; kept <= lines.size(); kept++) {
      RecordingFolder copy =
          new RecordingFolder(Files.createDirectories(dir.resolve(kept + "/" + whole.id())));
      try (var files = Files.list(whole.path())) {
        for (Path file : files.toList()) {
          Files.copy(file, copy.path().resolve(file.getFileName()));
        }
      }
      String torn = kept < lines.size() ? lines.get(kept).substring(0, 40) : "";
      Files.writeString(
          copy.tracksJournal(), String.join("\n", lines.subList(0, kept)) + "\n" + torn);
      new TrackFinalizer(copy, null).finish();
      byte[] list = Files.readAllBytes(copy.tracksList());
      JsonArray tracks = list(copy, null);
      for (int i = 0; i < tracks.size(); i++) {
        Path file = copy.path().resolve(tracks.getJsonObject(i).getString("file"));
        Ffmpeg.decodeOpus(file);
        assertThat(packets(file)).as("%d lines", kept).isPositive();
      }
      assertThat(tracks.size()).isGreaterThanOrEqualTo(most);
      most = tracks.size();
      assertThat(new IntegrityCheck(copy, null).check().state()).isEqualTo("whole");

      Files.delete(copy.tracksList());
      new TrackFinalizer(copy, null).finish();
      assertThat(Files.readAllBytes(copy.tracksList())).isEqualTo(list);
    }
    assertThat(most).isEqualTo(2);
  }

  @Test
  void inAPauseNothingIsKeptAndAfterItTheyAreWhereTheMovieIs() throws Exception {
    TrackRecorder[] recorder = new TrackRecorder[1];
    RecordingPauses[] pauses = new RecordingPauses[1];
    RecordingFolder folder =
        Recorded.in(
            dir,
            "room",
            RecordingKeys.NONE,
            (picture, movie, gate) -> {
              if (picture == 20) {
                gate.paused(true);
                pauses[0] = new RecordingPauses(movie, Recorded.AT);
                pauses[0].paused(true, Recorded.AT.plusMillis(667));
              } else if (picture == 30) {
                pauses[0].paused(false, Recorded.AT.plusMillis(1000));
                gate.paused(false);
              }
            });
    recorder[0] = recorder(folder, null);
    play(recorder[0], Recorded.AT, 0, 20);
    recorder[0].paused(true);
    play(recorder[0], Recorded.AT, 20, 30);
    recorder[0].paused(false);
    play(recorder[0], Recorded.AT, 30, 90);
    end(recorder[0]);
    finish(folder, null);
    // The movie has 0 to 0.533 s and, behind that, from the IDR at 1.6 s on; the next key frame of
    // the camera is at 1.5 s.
    JsonArray tracks = list(folder, null);
    Path camera = folder.path().resolve("track-1.webm");
    Ffmpeg.decode(camera.toString());
    assertThat(packets(camera)).isEqualTo(20 + 45);
    assertThat(duration(camera)).isCloseTo(0.533 + 1.4, within(0.05));
    Path voice = folder.path().resolve("track-2.webm");
    Ffmpeg.decodeOpus(voice);
    assertThat(duration(voice)).isCloseTo(0.533 + 1.4, within(0.05));
    assertThat(tracks.getJsonObject(1).getDouble("start_s")).isZero();
  }

  private void play(TrackRecorder recorder, Instant from, int first, int last) {
    for (int n = first; n < last; n++) {
      byte[] picture = pictures.get(n);
      Instant at = from.plusMillis(Math.round(n * 1000 / 30.0));
      recorder.frame(CAMERA, ByteBuffer.wrap(picture), at, (picture[0] & 1) == 0);
      for (int s = (n * 5 + 2) / 3; s < ((n + 1) * 5 + 2) / 3; s++) {
        recorder.frame(VOICE, ByteBuffer.wrap(sounds.get(s)), from.plusMillis(s * 20L), true);
      }
    }
  }

  private static TrackRecorder recorder(RecordingFolder folder, @Nullable RecordingKey key) {
    TrackRecorder recorder =
        new TrackRecorder(
            folder,
            key,
            new JournalEntry.Opened(folder.id(), "room", 1, Recorded.AT),
            new DiskUse());
    recorder.start();
    return recorder;
  }

  private static void end(TrackRecorder recorder) {
    recorder.finish();
    recorder.join(Duration.ofSeconds(20));
  }

  private static void finish(RecordingFolder folder, @Nullable RecordingKey key) throws Exception {
    assertThat(new Finalizer(folder, key, done -> {}).finish().outcome())
        .isInstanceOf(JournalEntry.Ready.class);
    assertThat(TrackFinalizer.isDue(folder)).isTrue();
    new TrackFinalizer(folder, key).finish();
  }

  private static JsonArray list(RecordingFolder folder, @Nullable RecordingKey key)
      throws Exception {
    try (RecordedContent list = RecordedContent.open(folder, "tracks.json", key)) {
      byte[] json = list.readAll(0, (int) list.length()).array();
      return new JsonObject(new String(json, StandardCharsets.UTF_8)).getJsonArray("tracks");
    }
  }

  private static int packets(Path file) throws Exception {
    return Integer.parseInt(
        Ffmpeg.probe(
                file,
                "-fflags",
                "+noparse",
                "-count_packets",
                "-show_entries",
                "stream=nb_read_packets")
            .getFirst());
  }

  private static double duration(Path file) throws Exception {
    return Double.parseDouble(Ffmpeg.probe(file, "-show_entries", "format=duration").getFirst());
  }
}
