package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.api.Integrity;
import dev.amphi.packager.crypt.MasterKeys;
import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.thumbnails.PictureCue;
import dev.amphi.packager.thumbnails.PictureTrack;
import dev.amphi.packager.thumbnails.Thumbnail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small pictures are journaled with the recording and become files beside its MP4. */
final class KeptThumbnailsTest {
  private static final String MARK = "a small picture";

  @Test
  void theyLieBesideTheMovie(@TempDir Path root) throws Exception {
    RecordingFolder folder = record(root, RecordingKeys.NONE);
    assertThat(folder.path().resolve("thumbnails.jpegs")).isNotEmptyFile();
    assertThat(new IntegrityCheck(folder, null).check().state()).isEqualTo(Integrity.OPEN);
    Finalizer.Finished finished = new Finalizer(folder, null, done -> {}).finish();
    assertThat(finished.pictured()).isTrue();
    assertThat(folder.path().resolve("thumbnails.jpegs")).doesNotExist();
    looksRight(folder, null);
    assertThat(new IntegrityCheck(folder, null).check().state()).isEqualTo(Integrity.WHOLE);
    // Again: nothing changes.
    assertThat(new Finalizer(folder, null, done -> {}).finish().pictured()).isTrue();
    looksRight(folder, null);
  }

  @Test
  void aPictureThatWasChangedIsFound(@TempDir Path root) throws Exception {
    RecordingFolder folder = record(root, RecordingKeys.NONE);
    Path raw = folder.path().resolve("thumbnails.jpegs");
    byte[] bytes = Files.readAllBytes(raw);
    bytes[bytes.length - 8] ^= 1; // Within the last of three.
    Files.write(raw, bytes);
    assertThat(new IntegrityCheck(folder, null).check().detail()).contains("thumbnail");
    new Finalizer(folder, null, done -> {}).finish();
    assertThat(cues(folder, null)).as("the one that is damaged is left out").hasSize(2);
    Path all = folder.file(RecordedFile.PICTURES);
    bytes = Files.readAllBytes(all);
    bytes[10] ^= 1;
    Files.write(all, bytes);
    assertThat(new IntegrityCheck(folder, null).check().detail()).contains("thumbnails");
  }

  @Test
  void whatWasJournaledOfThemOutlivesAKill(@TempDir Path root) throws Exception {
    RecordingFolder whole = record(root.resolve("whole"), RecordingKeys.NONE);
    List<String> lines = Files.readAllLines(whole.journal());
    int kept = 0;
    while (lines.subList(0, kept).stream().filter(l -> l.contains(" thumbnail ")).count() < 2) {
      kept++;
    }
    RecordingFolder killed = new RecordingFolder(Files.createDirectory(root.resolve("killed")));
    for (String file : List.of("video.cmaf", "audio.cmaf", "thumbnails.jpegs")) {
      Files.copy(whole.path().resolve(file), killed.path().resolve(file));
    }
    Files.writeString(killed.journal(), String.join("\n", lines.subList(0, kept)) + "\ntorn");
    assertThat(new Finalizer(killed, null, done -> {}).finish().pictured()).isTrue();
    assertThat(cues(killed, null)).hasSizeBetween(1, 2);
    assertThat(picture(killed, null, cues(killed, null).getFirst())).contains(MARK + " 0");
  }

  @Test
  void ofAnEncryptedRecordingNoneIsPlain(@TempDir Path root) throws Exception {
    Path master = Files.writeString(root.resolve("master"), "0f".repeat(32) + "\n");
    RecordingKeys keys = new RecordingKeys(MasterKeys.read(master, new SecureRandom()));
    RecordingFolder folder = record(root, keys);
    RecordingKey key = keys.of(folder);
    assertThat(key).isNotNull();
    hidden(folder);
    new Finalizer(folder, key, done -> {}).finish();
    hidden(folder);
    looksRight(folder, key);
  }

  private static void hidden(RecordingFolder folder) throws IOException {
    try (var files = Files.list(folder.path())) {
      for (Path file : files.toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes).as("%s", file).doesNotContain(MARK).doesNotContain("xywh");
      }
    }
  }

  @Test
  void ofAPauseThereIsNone(@TempDir Path root) throws Exception {
    RecordingPauses[] pauses = new RecordingPauses[1];
    RecordingFolder folder =
        Recorded.in(
            root,
            "room",
            RecordingKeys.NONE,
            (picture, recorder, gate) -> {
              if (picture == 20) {
                gate.paused(true);
                pauses[0] = new RecordingPauses(recorder, Recorded.AT);
                pauses[0].paused(true, at(20));
              } else if (picture == 30) {
                pauses[0].paused(false, at(30));
                gate.paused(false);
              }
              if (picture % 5 == 3) {
                gate.thumbnail(small(picture));
              }
              if (picture == 60) {
                gate.thumbnail(small(25)); // Late, of the pause.
              }
            });
    String raw =
        Files.readString(folder.path().resolve("thumbnails.jpegs"), StandardCharsets.ISO_8859_1);
    assertThat(raw).contains(MARK + " 18").contains(MARK + " 53");
    assertThat(raw).doesNotContain(MARK + " 23").doesNotContain(MARK + " 28");
    assertThat(raw).as("it goes on at the next segment").doesNotContain(MARK + " 38");
    assertThat(raw).as("what came late").doesNotContain(MARK + " 25");
    new Finalizer(folder, null, done -> {}).finish();
    List<PictureCue> cues = cues(folder, null);
    for (int i = 1; i < cues.size(); i++) {
      assertThat(cues.get(i).startMs()).isGreaterThanOrEqualTo(cues.get(i - 1).endMs());
    }
    assertThat(cues.getLast().endMs()).as("the movie is as much shorter").isBetween(2_000L, 2_200L);
  }

  @Test
  void theyGoWithThePartThatIsCutOut(@TempDir Path root) throws Exception {
    RecordingFolder folder = record(root, RecordingKeys.NONE);
    new Finalizer(folder, null, done -> {}).finish();
    new Trimming(folder, null).make(1_600, 3_200);
    List<PictureCue> part = cues(folder, RecordedFile.TRIMMED_THUMBNAILS, null);
    assertThat(part).hasSize(2);
    assertThat(part.getFirst().startMs()).isZero();
    assertThat(picture(folder, null, part.getFirst())).contains(MARK + " 40");
    assertThat(picture(folder, null, part.getLast())).contains(MARK + " 80");
    new Trimming(folder, null).drop();
    assertThat(folder.file(RecordedFile.TRIMMED_THUMBNAILS)).doesNotExist();
  }

  @Test
  void whereThereAreNoneThereIsNoFile(@TempDir Path root) throws Exception {
    RecordingFolder folder = Recorded.in(root, "room", RecordingKeys.NONE);
    assertThat(new Finalizer(folder, null, done -> {}).finish().pictured()).isFalse();
    assertThat(folder.file(RecordedFile.THUMBNAILS)).doesNotExist();
    assertThat(folder.file(RecordedFile.POSTER)).doesNotExist();
    assertThat(folder.file(RecordedFile.PICTURES)).doesNotExist();
    new Trimming(folder, null).make(0, 1_600);
    assertThat(folder.file(RecordedFile.TRIMMED_THUMBNAILS)).doesNotExist();
  }

  /** Of 3.2 s: at 0.17, 1.33 and 2.67 s; the second has the most in it. */
  private static RecordingFolder record(Path root, RecordingKeys keys) throws Exception {
    return Recorded.in(
        root,
        "room",
        keys,
        (picture, recorder, gate) -> {
          if (picture == 5) {
            gate.thumbnail(new Thumbnail(at(-1), 256, 144, jpeg("from before it was switched on")));
            gate.thumbnail(new Thumbnail(at(5), 256, 144, jpeg(MARK + " 0")));
          } else if (picture == 40 || picture == 80) {
            gate.thumbnail(small(picture));
          }
        });
  }

  private static Thumbnail small(int picture) {
    String more = picture == 40 ? " with much more in it" : "";
    return new Thumbnail(at(picture), 256, 144, jpeg(MARK + " " + picture + more));
  }

  private static Bytes jpeg(String inside) {
    byte[] text = inside.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[text.length + 4];
    all[0] = (byte) 0xff;
    all[1] = (byte) 0xd8;
    System.arraycopy(text, 0, all, 2, text.length);
    all[all.length - 2] = (byte) 0xff;
    all[all.length - 1] = (byte) 0xd9;
    return Bytes.wrap(all);
  }

  private static Instant at(int picture) {
    return Recorded.AT.plusMillis(picture * 100L / 3);
  }

  private static void looksRight(RecordingFolder folder, @Nullable RecordingKey key)
      throws IOException {
    List<PictureCue> cues = cues(folder, key);
    assertThat(cues).extracting(PictureCue::startMs).containsExactly(0L, 1_333L, 2_666L);
    assertThat(cues).extracting(PictureCue::endMs).containsExactly(1_333L, 2_666L, 3_200L);
    assertThat(cues).allSatisfy(cue -> assertThat(cue.uri()).startsWith(folder.id() + ".thumb"));
    assertThat(picture(folder, key, cues.getFirst())).contains(MARK + " 0");
    assertThat(picture(folder, key, cues.get(1))).contains("with much more in it");
    assertThat(picture(folder, key, cues.getLast())).contains(MARK + " 80");
    assertThat(text(folder, RecordedFile.POSTER, key)).contains("with much more in it");
    // Any other place is none.
    RecordedPicture first = RecordedPicture.read(cues.getFirst().uri()).orElseThrow();
    for (RecordedPicture other :
        List.of(
            new RecordedPicture(folder.id(), 1, first.length()),
            new RecordedPicture(folder.id(), 0, first.length() + 1),
            new RecordedPicture(folder.id(), 1_000_000, 100))) {
      try (RecordedContent all = RecordedContent.open(folder, RecordedFile.PICTURES, key)) {
        assertThat(all.picture(other)).isEmpty();
      }
    }
  }

  private static String picture(RecordingFolder folder, @Nullable RecordingKey key, PictureCue cue)
      throws IOException {
    RecordedPicture asked = RecordedPicture.read(cue.uri()).orElseThrow();
    try (RecordedContent all = RecordedContent.open(folder, RecordedFile.PICTURES, key)) {
      return new String(
          all.picture(asked).orElseThrow().toByteArray(), StandardCharsets.ISO_8859_1);
    }
  }

  private static List<PictureCue> cues(RecordingFolder folder, @Nullable RecordingKey key)
      throws IOException {
    return cues(folder, RecordedFile.THUMBNAILS, key);
  }

  private static List<PictureCue> cues(
      RecordingFolder folder, RecordedFile file, @Nullable RecordingKey key) throws IOException {
    return PictureTrack.read(text(folder, file, key));
  }

  private static String text(RecordingFolder folder, RecordedFile file, @Nullable RecordingKey key)
      throws IOException {
    try (RecordedContent content = RecordedContent.open(folder, file, key)) {
      return StandardCharsets.ISO_8859_1
          .decode(content.readAll(0, (int) content.length()))
          .toString();
    }
  }
}
