package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.captions.Cue;
import dev.amphi.packager.crypt.MasterKeys;
import dev.amphi.packager.crypt.RecordingKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was said is journaled with the recording and becomes a WebVTT file beside its MP4. */
final class KeptCaptionsTest {
  private static final String WORDS = "Light bends <here> & there";
  private static final Cue CUE =
      new Cue(Recorded.AT.plusMillis(1_000), Recorded.AT.plusMillis(2_500), WORDS);
  private static final String FILE =
      "WEBVTT\n\n0\n00:00:01.000 --> 00:00:02.500\nLight bends &lt;here&gt; &amp; there\n\n";

  @Test
  void theyLieBesideTheMovie(@TempDir Path root) throws Exception {
    RecordingFolder folder = record(root, RecordingKeys.NONE);
    Finalizer.Finished finished = new Finalizer(folder, null, done -> {}).finish();
    assertThat(finished.captioned()).isTrue();
    assertThat(read(folder, null)).isEqualTo(FILE);
    // Again: nothing changes.
    Finalizer.Finished again = new Finalizer(folder, null, done -> {}).finish();
    assertThat(again.outcome()).isEqualTo(finished.outcome());
    assertThat(again.captioned()).isTrue();
    assertThat(read(folder, null)).isEqualTo(FILE);
  }

  @Test
  void whatWasJournaledOfThemOutlivesAKill(@TempDir Path root) throws Exception {
    RecordingFolder whole = record(root.resolve("whole"), RecordingKeys.NONE);
    List<String> lines = Files.readAllLines(whole.journal());
    int cue = lines.indexOf(lines.stream().filter(l -> l.contains(" cue ")).findFirst().get());
    int kept = cue + 1;
    while (lines.subList(0, kept).stream().filter(l -> l.contains(" chunk _video")).count() < 9) {
      kept++;
    }
    assertThat(kept).isLessThan(lines.size() - 1);
    RecordingFolder killed = new RecordingFolder(Files.createDirectory(root.resolve("killed")));
    for (String track : List.of("video", "audio")) {
      Files.copy(whole.track(track), killed.track(track));
    }
    Files.writeString(killed.journal(), String.join("\n", lines.subList(0, kept)) + "\ntorn");
    new Finalizer(killed, null, done -> {}).finish();
    assertThat(read(killed, null)).startsWith("WEBVTT\n\n0\n00:00:01.000 --> ").contains("bends");
  }

  @Test
  void ofAnEncryptedRecordingNoWordIsPlain(@TempDir Path root) throws Exception {
    Path master = Files.writeString(root.resolve("master"), "0f".repeat(32) + "\n");
    RecordingKeys keys = new RecordingKeys(MasterKeys.read(master, new SecureRandom()));
    RecordingFolder folder = record(root, keys);
    RecordingKey key = keys.of(folder);
    assertThat(key).isNotNull();
    new Finalizer(folder, key, done -> {}).finish();
    assertThat(read(folder, key)).isEqualTo(FILE);
    try (var files = Files.list(folder.path())) {
      for (Path file : files.toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        String hex = HexFormat.of().formatHex("bends".getBytes(StandardCharsets.US_ASCII));
        assertThat(bytes).as("%s", file).doesNotContain("bends").doesNotContain(hex);
      }
    }
  }

  @Test
  void whereNothingWasSaidThereIsNoFile(@TempDir Path root) throws Exception {
    RecordingFolder folder = Recorded.in(root, "room", RecordingKeys.NONE);
    assertThat(new Finalizer(folder, null, done -> {}).finish().captioned()).isFalse();
    assertThat(folder.file(RecordedFile.CAPTIONS)).doesNotExist();
  }

  private static RecordingFolder record(Path root, RecordingKeys keys) throws Exception {
    return Recorded.in(
        root,
        "room",
        keys,
        (picture, recorder, gate) -> {
          if (picture == 40) {
            recorder.cue(CUE);
          }
        });
  }

  private static String read(RecordingFolder folder, @Nullable RecordingKey key)
      throws IOException {
    try (RecordedContent content = RecordedContent.open(folder, RecordedFile.CAPTIONS, key)) {
      if (content.plain().isPresent()) {
        return Files.readString(content.plain().get());
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      while (all.size() < content.length()) {
        ByteBuffer some = content.read(all.size(), 1 << 16);
        all.write(some.array(), some.arrayOffset() + some.position(), some.remaining());
      }
      return all.toString(StandardCharsets.UTF_8);
    }
  }
}
