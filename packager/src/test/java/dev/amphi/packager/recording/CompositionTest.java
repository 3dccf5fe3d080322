package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.packager.Synthetic;
import dev.amphi.packager.api.RecordingRefused;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.api.TrackComposer;
import dev.amphi.packager.api.TrackSink;
import dev.amphi.packager.crypt.MasterKeys;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.MovieIndex;
import dev.amphi.packager.webm.HandmadeFrames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is composed again lies beside the whole: made, sealed, refused, stopped, begun again. */
final class CompositionTest {
  private static final TrackComposer.Show SLIDES = TrackComposer.Show.SLIDES;
  private static final String ROOM = "room";

  private Path root;
  private final ByHand composer = new ByHand();

  @BeforeEach
  void in(@TempDir Path folder) {
    root = folder;
  }

  /** Copies pictures as they are, and waits where it is told to. */
  private static final class ByHand implements TrackComposer {
    final List<Frame> read = new CopyOnWriteArrayList<>();
    final CountDownLatch begun = new CountDownLatch(1);
    volatile boolean waits;
    volatile String fails = "";
    volatile String refuses = "";

    @Override
    public Optional<String> refusal(Show show, List<Track> tracks) {
      return refuses.isEmpty() ? Optional.empty() : Optional.of(refuses);
    }

    @Override
    public void compose(Order order, Output output) throws IOException, InterruptedException {
      output.format(true, 1280, 720, 0, Synthetic.PICTURE.codecConfig().toByteBuffer(), 90_000);
      output.format(false, 0, 0, 0, Synthetic.SOUND.codecConfig().toByteBuffer(), 48_000);
      for (Track track : order.tracks()) {
        try (Frames frames = order.library().open(track)) {
          for (Optional<Frame> next = frames.next(); next.isPresent(); next = frames.next()) {
            read.add(next.get());
          }
        }
      }
      for (int n = 0; n < order.durationMs() * 30 / 1000; n++) {
        output.sample(true, ByteBuffer.wrap(new byte[] {9, (byte) n}), 3_000, n % 48 == 0);
        output.sample(false, ByteBuffer.wrap(new byte[] {1, 2, 3}), 1_600, true);
      }
      begun.countDown();
      if (waits) {
        CountDownLatch stopped = new CountDownLatch(1);
        order.stop().whenAsked(stopped::countDown);
        stopped.await();
        throw new IOException("it was stopped");
      }
      if (!fails.isEmpty()) {
        throw new IOException(fails);
      }
    }
  }

  private RecordingFolder recorded(RecordingKeys keys) throws Exception {
    RecordingFolder folder = Recorded.in(root, ROOM, keys);
    TrackRecorder tracks =
        new TrackRecorder(
            folder,
            keys.of(folder),
            new JournalEntry.Opened(folder.id(), ROOM, 1, Recorded.AT),
            new DiskUse());
    tracks.start();
    TrackSink.Source share =
        new TrackSink.Source("t_1", "ada", "Ada", "screen", "vp8", "instructor");
    for (int n = 0; n < 20; n++) {
      ByteBuffer frame = ByteBuffer.wrap(HandmadeFrames.vp8(160, 90));
      tracks.frame(share, frame, Recorded.AT.plusMillis(500 + n * 100L), true);
    }
    tracks.finish();
    tracks.join(Duration.ofSeconds(20));
    return folder;
  }

  private RecordingArchive archive(RecordingKeys keys) {
    RecordingPolicy policy = new RecordingPolicy(keys, Duration.ZERO, null, composer);
    RecordingArchive archive = new RecordingArchive(root, Clock.systemUTC(), policy);
    archive.recover();
    Awaitility.await()
        .until(
            () ->
                archive.recordings(ROOM).getFirst().state().equals("ready")
                    && !archive.isMakingTracks(ROOM, archive.recordings(ROOM).getFirst().id()));
    return archive;
  }

  private static RecordingView composed(RecordingArchive archive, String state) {
    Awaitility.await()
        .until(
            () ->
                archive.recordings(ROOM).getFirst().compositions().stream()
                    .anyMatch(it -> it.state().equals(state)));
    return archive.recordings(ROOM).getFirst();
  }

  /** Tracks are files a moment before their recording is free again. */
  private static RecordingView begin(RecordingArchive archive, String id) {
    List<RecordingView> begun = new ArrayList<>();
    Awaitility.await()
        .until(
            () -> {
              try {
                begun.add(get(archive.compose(ROOM, id, SLIDES)));
                return true;
              } catch (RecordingRefused e) {
                assertThat(e).hasMessageContaining("is being worked on");
                return false;
              }
            });
    return begun.getFirst();
  }

  @Test
  void itLiesBesideTheWholeIsAsLongAndIsCheckedWithIt() throws Exception {
    RecordingFolder folder = recorded(RecordingKeys.NONE);
    try (RecordingArchive archive = archive(RecordingKeys.NONE)) {
      String id = folder.id();
      assertThat(archive.open(ROOM, id, RecordedFile.SLIDES)).isEmpty();
      assertThat(begin(archive, id).compositions().getFirst().state()).isIn("processing", "ready");
      RecordingView view = composed(archive, "ready");
      RecordingView.Composition made = view.compositions().getFirst();
      assertThat(made.show()).isEqualTo("slides");
      assertThat(made.durationS()).isEqualTo(3.2);
      assertThat(made.url()).isEqualTo("/api/rooms/room/recordings/" + id + ".slides.mp4");
      assertThat(made.detail()).isEmpty();
      assertThat(composer.read).hasSize(20);
      assertThat(composer.read.getFirst().atMs()).isEqualTo(500);
      assertThat(composer.read.getLast().atMs()).isEqualTo(2_400);
      try (RecordedContent file = archive.open(ROOM, id, RecordedFile.SLIDES).orElseThrow()) {
        MovieIndex index = index(file);
        assertThat(index.tracks()).hasSize(2);
        MovieIndex.Track picture = index.tracks().getFirst();
        assertThat(picture.samples()).isEqualTo(96);
        assertThat(picture.sync(48)).isTrue();
        assertThat(picture.sync(49)).isFalse();
        for (int n : new int[] {0, 1, 47, 95}) {
          assertThat(file.readAll(picture.offset(n), 2).get(1)).isEqualTo((byte) n);
        }
        assertThat(index.tracks().get(1).samples()).isEqualTo(96);
      }
      assertThat(get(archive.verify(ROOM, id)).state()).isEqualTo("whole");
      assertThat(folder.path().toFile().list()).noneMatch(name -> name.contains(".media"));
      byte[] changed = Files.readAllBytes(folder.file(RecordedFile.SLIDES));
      changed[changed.length - 1] ^= 1;
      Files.write(folder.file(RecordedFile.SLIDES), changed);
      assertThat(get(archive.verify(ROOM, id)).detail()).contains("Its composition 'slides'");
      get(archive.hold(ROOM, id, true));
      assertThatThrownBy(() -> get(archive.uncompose(ROOM, id, SLIDES)))
          .isInstanceOf(RecordingRefused.class)
          .hasMessageContaining("legal hold");
      get(archive.hold(ROOM, id, false));
      assertThat(get(archive.uncompose(ROOM, id, SLIDES)).compositions()).isEmpty();
      assertThat(folder.file(RecordedFile.SLIDES)).doesNotExist();
      assertThat(get(archive.verify(ROOM, id)).state()).isEqualTo("whole");
      assertThatThrownBy(() -> get(archive.uncompose(ROOM, id, SLIDES)))
          .hasMessageContaining("has no composition 'slides'");
    }
    try (RecordingArchive again = archive(RecordingKeys.NONE)) {
      assertThat(again.recordings(ROOM).getFirst().compositions()).isEmpty();
    }
  }

  @Test
  void ofAnEncryptedRecordingItIsEncryptedAndFoundAgain() throws Exception {
    Path master =
        Files.writeString(
            root.resolveSibling(root.getFileName() + "-master"), "0f".repeat(32) + "\n");
    RecordingKeys keys = new RecordingKeys(MasterKeys.read(master, new SecureRandom()));
    RecordingFolder folder = recorded(keys);
    try (RecordingArchive archive = archive(keys)) {
      begin(archive, folder.id());
      composed(archive, "ready");
    }
    assertThat(Files.readString(folder.file(RecordedFile.SLIDES), StandardCharsets.ISO_8859_1))
        .doesNotContain("ftyp");
    try (RecordingArchive again = archive(keys)) {
      RecordingView view = composed(again, "ready");
      assertThat(view.compositions().getFirst().durationS()).isEqualTo(3.2);
      try (RecordedContent file =
          again.open(ROOM, folder.id(), RecordedFile.SLIDES).orElseThrow()) {
        assertThat(index(file).tracks()).hasSize(2);
      }
      assertThat(get(again.verify(ROOM, folder.id())).state()).isEqualTo("whole");
    }
  }

  @Test
  void whatFailsSaysWhyAndMayBeAskedForAgain() throws Exception {
    RecordingFolder folder = recorded(RecordingKeys.NONE);
    try (RecordingArchive archive = archive(RecordingKeys.NONE)) {
      composer.fails = "the process that composes ended with code 137";
      begin(archive, folder.id());
      RecordingView view = composed(archive, "failed");
      assertThat(view.compositions().getFirst().detail())
          .isEqualTo(
              "It could not be composed (the process that composes ended with code 137): ask for it"
                  + " again.");
      assertThat(folder.path().toFile().list()).noneMatch(name -> name.contains("slides"));
    }
    try (RecordingArchive again = archive(RecordingKeys.NONE)) {
      assertThat(composed(again, "failed").compositions().getFirst().detail()).contains("code 137");
      composer.fails = "";
      begin(again, folder.id());
      composed(again, "ready");
    }
  }

  @Test
  void aDamagedTrackEndsThereAndThatIsTold() throws Exception {
    RecordingFolder folder = recorded(RecordingKeys.NONE);
    try (RecordingArchive archive = archive(RecordingKeys.NONE)) {
      Path file = folder.path().resolve("track-1.webm");
      byte[] damaged = Files.readAllBytes(file);
      damaged[damaged.length - 60] ^= (byte) 0xff; // not in the last frame, which is shorter
      for (int i = 1; i < 200; i++) {
        damaged[damaged.length - i] = 0;
      }
      Files.write(file, damaged);
      begin(archive, folder.id());
      RecordingView view = composed(archive, "ready");
      assertThat(view.compositions().getFirst().detail())
          .contains("Track 1 is damaged and ends at");
      assertThat(composer.read.size()).isBetween(1, 19);
    }
  }

  @Test
  void anErasureEndsItAndNothingIsLeft() throws Exception {
    RecordingFolder folder = recorded(RecordingKeys.NONE);
    try (RecordingArchive archive = archive(RecordingKeys.NONE)) {
      composer.waits = true;
      begin(archive, folder.id());
      assertThat(composer.begun.await(20, TimeUnit.SECONDS)).isTrue();
      get(archive.hold(ROOM, folder.id(), true));
      assertThatThrownBy(() -> get(archive.erase(ROOM, folder.id(), "test")))
          .hasMessageContaining("legal hold");
      assertThat(archive.recordings(ROOM).getFirst().compositions().getFirst().state())
          .as("a refused erasure ends nothing")
          .isEqualTo("processing");
      get(archive.hold(ROOM, folder.id(), false));
      get(archive.erase(ROOM, folder.id(), "test"));
      assertThat(folder.path()).doesNotExist();
      assertThat(archive.recordings(ROOM)).isEmpty();
    }
  }

  @Test
  void whoTakesItAwayEndsItAndItIsNotBegunAgain() throws Exception {
    RecordingFolder folder = recorded(RecordingKeys.NONE);
    try (RecordingArchive archive = archive(RecordingKeys.NONE)) {
      composer.waits = true;
      begin(archive, folder.id());
      assertThat(composer.begun.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(get(archive.uncompose(ROOM, folder.id(), SLIDES)).compositions()).isEmpty();
      assertThat(folder.path().toFile().list()).noneMatch(name -> name.contains("slides"));
    }
    composer.waits = false;
    try (RecordingArchive again = archive(RecordingKeys.NONE)) {
      assertThat(again.recordings(ROOM).getFirst().compositions()).isEmpty();
    }
  }

  @Test
  void aStartGoesOnWithItAndGivesUpAfterThreeTimes() throws Exception {
    RecordingFolder folder = recorded(RecordingKeys.NONE);
    composer.waits = true;
    try (RecordingArchive archive = archive(RecordingKeys.NONE)) {
      begin(archive, folder.id());
      assertThat(composer.begun.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(folder.path().toFile().list()).noneMatch(name -> name.contains("slides"));
    String stopped = Files.readString(folder.journal());
    composer.waits = false;
    try (RecordingArchive again = archive(RecordingKeys.NONE)) {
      composed(again, "ready");
      assertThat(get(again.verify(ROOM, folder.id())).state()).isEqualTo("whole");
    }
    Files.writeString(folder.journal(), stopped); // As a kill before the last line leaves it.
    composer.waits = true;
    for (int n = 0; n < 2; n++) {
      try (RecordingArchive again = archive(RecordingKeys.NONE)) {
        composed(again, "processing");
      }
    }
    try (RecordingArchive again = archive(RecordingKeys.NONE)) {
      RecordingView view = composed(again, "failed");
      assertThat(view.compositions().getFirst().detail()).contains("It was begun 3 times");
      assertThat(folder.file(RecordedFile.SLIDES)).doesNotExist();
    }
  }

  @Test
  void whatCannotBeComposedIsRefusedInWords() throws Exception {
    RecordingFolder folder = Recorded.in(root, ROOM, RecordingKeys.NONE);
    try (RecordingArchive archive = archive(RecordingKeys.NONE)) {
      assertThatThrownBy(() -> get(archive.compose(ROOM, folder.id(), SLIDES)))
          .hasMessageContaining("has no tracks");
      assertThatThrownBy(() -> get(archive.compose(ROOM, "none", SLIDES)))
          .hasMessageContaining("has no recording 'none'");
    }
    RecordingFolder other = recorded(RecordingKeys.NONE);
    composer.refuses = "Nobody shared a screen.";
    try (RecordingArchive archive = archive(RecordingKeys.NONE)) {
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> get(archive.compose(ROOM, other.id(), SLIDES)))
                      .hasMessage("Nobody shared a screen."));
      assertThat(Files.readString(other.journal())).doesNotContain("composing");
    }
  }

  private static MovieIndex index(RecordedContent file) throws IOException {
    long at = 0;
    while (true) {
      ByteBuffer head = file.readAll(at, 8);
      int size = head.getInt();
      byte[] code = new byte[4];
      head.get(code);
      if (new String(code, StandardCharsets.US_ASCII).equals("moov")) {
        return MovieIndex.read(Bytes.copyOf(file.readAll(at + 8, size - 8))).orElseThrow();
      }
      at += size;
    }
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
