package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.Shed;
import dev.amphi.interactive.api.Consent;
import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.ProgramNotice;
import dev.amphi.interactive.api.ProgramStream;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.SlidesUp;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.server.slides.ProgramSurfaces;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassroomTest {
  private static final TrackView CAMERA =
      new TrackView(
          "t1", "ada", TrackView.Kind.VIDEO, TrackView.Source.CAMERA, TrackView.Codec.VP8, false);

  private final Fakes fakes = new Fakes();
  private boolean owned = true;
  private long epoch = 7;
  private final Classroom room =
      new Classroom(
          fakes.parts(),
          new RoomSpec("maths", "Maths", RoomSpec.OPEN),
          Decisions.NONE,
          new Ownership() {
            @Override
            public long epoch() {
              return epoch;
            }

            @Override
            public boolean isValid(long asked) {
              return owned && asked == epoch;
            }

            @Override
            public void watch(Watcher watcher) {}

            @Override
            public void release() {}
          });

  @Test
  void aCommandThatComesAfterTheRoomIsGoneIsRefusedAtOnce() {
    room.open().join();
    room.dispose();

    assertThat(room.live(true))
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(Refusal.class)
        .withMessageContaining("closed");
  }

  @Test
  void aClassGoesFromTheDoorsToTheAudienceAndToItsEnd() {
    assertThat(room.open().join().state()).isEqualTo("lobby");
    RoomStatus live = room.live(true).join();
    RoomStatus ended = room.end("over").join();

    assertThat(live.state()).isEqualTo("live");
    assertThat(live.live()).isTrue();
    assertThat(live.epoch()).isEqualTo(7);
    assertThat(ended.state()).isEqualTo("published");
    assertThat(fakes.said)
        .containsSubsequence(
            "stage opens lobby",
            "composition starts",
            "broadcast opens epoch=7",
            "format 720p 2500000",
            "stage hears live live=true",
            "stage closes: over",
            "composition closes",
            "broadcast closes");
  }

  @Test
  void aComposerThatCannotStartLeavesTheClassWhereItWas() {
    room.open().join();
    fakes.composerFails = true;

    assertThatThrownBy(() -> room.live(true).join())
        .hasRootCauseInstanceOf(Refusal.class)
        .hasRootCauseMessage("There is no encoder.");
    assertThat(room.state()).isEqualTo(ClassState.LOBBY);
  }

  @Test
  void tellsHowItsProgramDoes() {
    room.open().join();
    assertThat(room.health()).isEmpty();
    room.participantChanged(ada(StageState.ON_STAGE));
    room.live(true).join();
    ProgramListener program = Objects.requireNonNull(fakes.program);
    program.load(Shed.PRESET, 210);
    program.interrupted("signal 6");
    program.quarantined("cam", "crashes");
    assertThat(room.health()).contains(new ProgramHealth(Shed.PRESET, 210, 1, Set.of("cam")));
    assertThat(fakes.said("quarantined")).containsExactly("quarantined maths cam");
    program.released("cam");
    assertThat(room.health()).contains(new ProgramHealth(Shed.PRESET, 210, 1, Set.of()));
  }

  @Test
  void itsPeopleAreToldWhoseSourceRestsUntilItIsReallyBack() {
    room.open().join();
    room.participantChanged(ada(StageState.ON_STAGE));
    room.live(true).join();
    ProgramListener program = Objects.requireNonNull(fakes.program);
    ProgramNotice rests = new ProgramNotice("", List.of(), List.of("cam"), 0);
    program.rests("cam", 2_000);
    assertThat(ticked().program()).isEqualTo(rests);
    fakes.nanos += 3_000_000_000L; // its key frame has come, and it is too much again
    program.rests("cam", 4_000);
    fakes.nanos += 8_000_000_000L;
    assertThat(ticked().program()).isEqualTo(rests);
    assertThat(fakes.said("stage hears of the program")).hasSize(1);
    fakes.nanos += 1_500_000_000L;
    assertThat(ticked().program()).isEqualTo(ProgramNotice.NONE);

    program.rests("cam", 8_000);
    program.quarantined("cam", "crashes");
    assertThat(ticked().program()).isEqualTo(new ProgramNotice("", List.of("cam"), 0));
    program.released("cam");
    program.interrupted("signal 9");
    assertThat(ticked().program()).as("the next").isEqualTo(new ProgramNotice("", List.of(), 1));
  }

  @Test
  void itsPeopleAreToldWhatTheProgramGoesWithoutAndWhenThatIsOver() {
    room.open().join();
    room.participantChanged(ada(StageState.ON_STAGE));
    room.live(true).join();
    ProgramListener program = Objects.requireNonNull(fakes.program);
    program.load(Shed.FRAME_RATE, 160);
    program.quarantined("t1", "crashes");
    assertThat(ticked().program()).isEqualTo(new ProgramNotice("frame_rate", List.of("t1"), 0));
    program.load(Shed.FRAME_RATE, 90); // tells nobody anything new
    ticked();
    assertThat(fakes.said("stage hears of the program")).hasSize(1);

    int told = fakes.said("stage hears live").size();
    program.load(Shed.NOTHING, 20);
    room.participantLeft("ada");
    assertThat(ticked().program()).isEqualTo(ProgramNotice.NONE);
    assertThat(fakes.said("stage hears live")).hasSize(told + 1);
    assertThat(room.health()).contains(new ProgramHealth(Shed.NOTHING, 20, 0, Set.of()));
  }

  /** What the class is once everything that the tick asked for is done. */
  private RoomStatus ticked() {
    room.live(true).join(); // which it is: only what came before is waited for
    room.tick();
    return room.live(true).join();
  }

  @Test
  void aClassWhoseProgramDoesNotFitYetGoesOnInTheHouseAndSaysWhyItCannotGoLive() {
    fakes.composerFails = true;
    room.open().join();
    room.participantChanged(ada(StageState.ON_STAGE));
    assertThatThrownBy(() -> room.live(true).join()).hasRootCauseMessage("There is no encoder.");
    fakes.composerFails = false;
    assertThat(room.live(true).join().state()).isEqualTo("live");
  }

  @Test
  void slidesThatNoProgramCouldShowAreNotUp() {
    fakes.machineFull = true;
    room.open().join();
    assertThatThrownBy(() -> room.slides(room.turns().begin(), Optional.of(page())).join())
        .hasRootCauseMessage("This machine is full.");
    assertThat(room.status().slides()).isEmpty();

    fakes.machineFull = false;
    room.slides(room.turns().begin(), Optional.of(page())).join();
    assertThat(room.status().slides()).isPresent();
    assertThat(fakes.said("still")).hasSize(1);
  }

  private static ProgramSurfaces.Up page() {
    return new ProgramSurfaces.Up(new SlidesUp("d", 1, 9, "a.pdf", "", 1, 1), new byte[4]);
  }

  @Test
  void aWithdrawalCountsFromTheNextFrameThoughTheClassIsBusy() {
    room.open().join();
    room.participantChanged(ada(StageState.ON_STAGE));
    room.live(true).join();
    room.frame(CAMERA, frame());
    assertThat(fakes.said("frame")).hasSize(1);
    fakes.disk = new CompletableFuture<>();
    CompletableFuture<RoomStatus> busy = room.recording(true);

    room.participantChanged(ada(StageState.ON_STAGE, Consent.DECLINED));

    assertThat(busy).isNotDone();
    assertThat(fakes.said("no source")).containsExactly("no source t1");
    room.frame(CAMERA, frame());
    assertThat(fakes.said("frame")).hasSize(1);

    fakes.disk.complete(null);
    room.participantChanged(ada(StageState.ON_STAGE, Consent.GIVEN));
    room.layout("grid", "").join();
    room.frame(CAMERA, frame());
    assertThat(fakes.said("no source")).as("said once").hasSize(1);
    assertThat(fakes.said("source t1")).hasSize(2);
    assertThat(fakes.said("frame")).hasSize(2);
  }

  @Test
  void whoSaidNoWhileTheClassWasBusyNeverComesIn() {
    room.open().join();
    room.live(true).join();
    fakes.disk = new CompletableFuture<>();
    CompletableFuture<RoomStatus> busy = room.recording(true);

    room.participantChanged(ada(StageState.ON_STAGE));
    room.participantChanged(ada(StageState.ON_STAGE, Consent.DECLINED));
    fakes.disk.complete(null);
    busy.join();
    room.layout("grid", "").join();

    room.frame(CAMERA, frame());
    assertThat(fakes.said("source")).isEmpty();
    assertThat(fakes.said("frame")).isEmpty();
  }

  @Test
  void whoLeftAndCameBackWhileTheClassWasBusyIsWithheldByTheNewWord() {
    room.open().join();
    room.live(true).join();
    fakes.disk = new CompletableFuture<>();
    CompletableFuture<RoomStatus> busy = room.recording(true);

    room.participantLeft("ada");
    room.participantChanged(ada(StageState.ON_STAGE));
    room.participantChanged(ada(StageState.ON_STAGE, Consent.DECLINED));
    fakes.disk.complete(null);
    busy.join();
    room.recording(false).join();
    assertThat(fakes.said("source")).isEmpty();
    fakes.said.clear();
    room.recording(true).join();

    assertThat(fakes.said("beside")).containsExactly("beside r1: ada declined");
    room.frame(CAMERA, frame());
    assertThat(fakes.said("frame")).isEmpty();
  }

  @Test
  void anInterruptionShowsTheSlateOnTheSameTimeline() {
    room.open().join();
    room.participantChanged(ada(StageState.ON_STAGE));
    room.live(true).join();

    RoomStatus interrupted = room.live(false).join();
    room.live(true).join();

    assertThat(interrupted.state()).isEqualTo("interrupted");
    assertThat(interrupted.live()).isFalse();
    assertThat(fakes.said("broadcast")).containsExactly("broadcast opens epoch=7");
    assertThat(fakes.said).containsSubsequence("source t1", "rests t1", "source t1");
  }

  @Test
  void duringABreakNobodyIsInTheProgramAndTheSlateSaysUntilWhen() {
    room.open().join();
    room.participantChanged(ada(StageState.ON_STAGE));
    room.live(true).join();

    Instant until = fakes.now.plusSeconds(600);
    RoomStatus paused = room.takeBreak(until).join();
    room.frame(CAMERA, frame());
    RoomStatus back = room.takeBreak(null).join();
    room.frame(CAMERA, frame());

    assertThat(paused.breakUntil()).isEqualTo(until);
    assertThat(paused.live()).isTrue();
    assertThat(back.breakUntil()).isNull();
    assertThat(fakes.said)
        .containsSubsequence(
            "source t1", "rests t1", "slate BREAK 11:10", "source t1", "frame of t1");
    assertThat(fakes.said("frame")).hasSize(1);
  }

  @Test
  void aBreakIsForAClassThatIsOnAirAndNotForEver() {
    room.open().join();
    assertThatThrownBy(() -> room.takeBreak(fakes.now.plusSeconds(60)).join())
        .hasRootCauseMessage("The class is 'lobby', so there is nothing to break.");
    room.live(true).join();
    assertThatThrownBy(() -> room.takeBreak(fakes.now.minusSeconds(1)).join())
        .hasRootCauseMessage(
            "'until' is '2026-11-21T09:59:59Z', but it must be within the next 12 hours.");
    assertThatThrownBy(() -> room.takeBreak(fakes.now.plusSeconds(43_201)).join())
        .hasRootCauseInstanceOf(Refusal.class);
  }

  @Test
  void aTeacherWhoIsNotHeardIsReplacedByASlateUntilSheIs() {
    room.open().join();
    room.participantChanged(ada(StageState.ON_STAGE));
    room.live(true).join();
    room.frame(CAMERA, frame());
    fakes.nanos = TeacherWatch.GONE_NANOS + 100;
    room.tick();
    room.layout("grid", "").join();
    assertThat(fakes.said).containsSubsequence("rests t1", "slate RECONNECTING");

    room.frame(CAMERA, new EncodedFrame(ByteBuffer.allocate(10), 0, fakes.nanos, -1, true));
    room.tick();
    room.layout("speaker", "").join();
    assertThat(fakes.said)
        .containsSubsequence("slate RECONNECTING", "source t1", "slate RIGHT_BACK");
  }

  @Test
  void theLastThingThatIsSeenIsThatTheClassHasEnded() {
    room.open().join();
    room.participantChanged(ada(StageState.ON_STAGE));
    room.live(true).join();
    room.end("over").join();
    assertThat(fakes.said)
        .containsSubsequence("rests t1", "slate ENDED", "stage closes: over", "composition closes");
  }

  @Test
  void onlyFramesOfThoseOnStageGoIntoTheProgram() {
    room.open().join();
    room.participantChanged(ada(StageState.ON_STAGE));
    room.layout("grid", "").join();
    room.frame(CAMERA, frame());
    room.participantChanged(ada(StageState.BACKSTAGE));
    room.layout("speaker", "ada").join();
    room.frame(CAMERA, frame());

    assertThat(fakes.said("frame")).containsExactly("frame of t1");
    assertThat(fakes.said("layout"))
        .containsExactly("layout auto ", "layout grid ", "layout speaker ada");
  }

  @Test
  void whoIsHiddenStaysSoUntilSomebodySaysOtherwise() {
    room.open().join();
    room.participantChanged(ada(StageState.ON_STAGE));
    assertThat(room.layout("grid", "ada", Optional.of(Set.of("eve", "ben"))).join())
        .extracting(RoomStatus::layout, RoomStatus::spotlight, RoomStatus::hidden)
        .containsExactly("grid", "ada", List.of("ben", "eve"));
    assertThat(room.layout("speaker", "").join())
        .extracting(RoomStatus::layout, RoomStatus::spotlight, RoomStatus::hidden)
        .containsExactly("speaker", "", List.of("ben", "eve"));
    assertThat(room.layout("speaker", "", Optional.of(Set.of())).join().hidden()).isEmpty();
    assertThat(fakes.said("layout"))
        .containsExactly(
            "layout auto ",
            "layout grid ada without ben,eve",
            "layout speaker  without ben,eve",
            "layout speaker ");
    Set<String> crowd = IntStream.range(0, 65).mapToObj(i -> "p" + i).collect(Collectors.toSet());
    assertThatThrownBy(() -> room.layout("grid", "", Optional.of(crowd)).join())
        .hasMessageContaining("'hidden' names 65 participants: at most 64 can be hidden.");
  }

  @Test
  void whoComesOnStageIsAskedForAKeyFrame() {
    room.open().join();
    room.participantChanged(ada(StageState.ON_STAGE));
    room.layout("grid", "").join();

    assertThat(fakes.said("key frame")).containsExactly("key frame of t1");
  }

  @Test
  void aRecordingThatWasSwitchedOnInTheLobbyBeginsWithTheBroadcast() {
    room.open().join();
    assertThat(room.recording(true).join().recording()).isTrue();
    assertThat(fakes.said("recording")).isEmpty();

    room.live(true).join();

    assertThat(fakes.said).containsSubsequence("broadcast opens epoch=7", "recording true");
  }

  @Test
  void onlyWhatTheProgramLetsHearIsCaptioned() {
    room.open().join();
    room.live(true).join();
    room.participantChanged(ada(StageState.ON_STAGE, Consent.DECLINED));
    room.caption(fakes.now, fakes.now.plusSeconds(2), "Hello.", "").join();
    assertThatThrownBy(() -> room.caption(fakes.now, fakes.now.plusSeconds(2), "No.", "ada").join())
        .hasRootCauseMessage("'ada' is not in the program, so neither are their words.");
    room.takeBreak(fakes.now.plusSeconds(60)).join();
    assertThatThrownBy(() -> room.caption(fakes.now, fakes.now.plusSeconds(2), "No.", "").join())
        .hasRootCauseMessage(
            "Nobody is seen or heard in the program now, so nothing is captioned.");
    assertThat(fakes.said("caption")).containsExactly("caption Hello.");
  }

  @Test
  void aClassIsPublishedWhenItsRecordingsAreReady() {
    room.open().join();
    room.recording(true).join();
    room.live(true).join();
    assertThat(room.end("over").join().state()).isEqualTo("processing");

    fakes.recordings.clear();
    fakes.recordings.add(new RecordingView("r1", "maths", "ready", 3, "/x.mp4", ""));
    room.recordingChanged();

    assertThat(room.end("over").join().state()).isEqualTo("published");
  }

  @Test
  void aClassThatWasNeverLiveIsCancelled() {
    room.open().join();

    assertThat(room.end("no").join().state()).isEqualTo("cancelled");
    assertThat(room.end("no").join().state()).isEqualTo("cancelled");
    assertThatThrownBy(() -> room.live(true).join())
        .hasRootCauseMessage("The class is 'cancelled', so it cannot go live.");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aClassWhoseStageDoesNotCloseIsPublishedNoMore(boolean suspended) {
    room.open().join();
    room.live(true).join();
    fakes.closeFails = true;

    assertThatThrownBy(() -> (suspended ? room.suspend("later") : room.end("over")).join())
        .hasRootCauseInstanceOf(Refusal.class)
        .hasRootCauseMessage("The stage does not close.");
    assertThat(fakes.said)
        .endsWith("composition closes", suspended ? "broadcast is suspended" : "broadcast closes");
    assertThat(room.end("over").join().state()).isEqualTo("published");
  }

  @Test
  void samplesBeforeTheClassIsLiveStayInTheHouse() {
    room.open().join();
    room.participantChanged(ada(StageState.ON_STAGE));
    room.layout("grid", "").join();
    ProgramListener program = Objects.requireNonNull(fakes.program);
    program.sample("720p", ByteBuffer.allocate(1), 0, 3000, true);
    room.live(true).join();
    program.sample("720p", ByteBuffer.allocate(1), 3000, 3000, false);
    program.sample("720p", ByteBuffer.allocate(1), 6000, 3000, true);
    program.sample("720p", ByteBuffer.allocate(1), 9000, 3000, false);

    assertThat(fakes.said("sample"))
        .containsExactly("sample of 720p at 6000", "sample of 720p at 9000");
  }

  @Test
  void aNodeThatLostTheRoomPublishesNothingMore() {
    room.open().join();
    room.live(true).join();
    ProgramListener program = Objects.requireNonNull(fakes.program);
    program.sample("720p", ByteBuffer.allocate(1), 0, 3000, true);
    owned = false;
    program.sample("720p", ByteBuffer.allocate(1), 3000, 3000, false);

    assertThat(fakes.said("sample")).containsExactly("sample of 720p at 0");
  }

  @Test
  void aRoomThatIsRegainedGoesOnAirInItsNewEpochFromAKeyFrameOn() {
    room.open().join();
    room.recording(true).join();
    room.live(true).join();
    ProgramListener program = Objects.requireNonNull(fakes.program);
    program.sample("720p", ByteBuffer.allocate(1), 0, 3000, true);
    epoch = 8;
    program.sample("720p", ByteBuffer.allocate(1), 3000, 3000, true);
    room.regained();
    RoomStatus status = room.layout("grid", "").join();
    program.sample("720p", ByteBuffer.allocate(1), 6000, 3000, false);
    program.sample("720p", ByteBuffer.allocate(1), 9000, 3000, true);
    program.sample("720p", ByteBuffer.allocate(1), 12_000, 3000, false);

    assertThat(status.epoch()).isEqualTo(8);
    assertThat(status.live()).isTrue();
    assertThat(fakes.said)
        .containsSubsequence(
            "broadcast opens epoch=7",
            "recording true",
            "sample of 720p at 0",
            "broadcast opens epoch=8",
            "format 720p 2500000",
            "recording true",
            "sample of 720p at 9000");
    assertThat(fakes.said("sample"))
        .as("nothing is written with the old epoch, nor before a key frame with the new one")
        .containsExactly(
            "sample of 720p at 0", "sample of 720p at 9000", "sample of 720p at 12000");
  }

  @Test
  void aRoomThatIsRegainedBeforeItIsOnAirOpensNothing() {
    room.open().join();
    epoch = 8;
    room.regained();

    assertThat(room.layout("grid", "").join().epoch()).isEqualTo(8);
    assertThat(fakes.said("broadcast")).isEmpty();
  }

  @Test
  void whoWatchesByWebRtcIsBroughtWhatItWatchesAndNothingElse() {
    room.open().join();
    room.programWanted(Set.of(ProgramStream.picture("720p"), ProgramStream.soundWithout("ada")));
    room.live(true).join();
    assertThat(fakes.said).contains("on air [720p, 360p]", "listen [ada]");
    ProgramListener program = Objects.requireNonNull(fakes.program);
    byte[] config = HexFormat.of().parseHex("0142c01fffe1000267640100026801");
    ByteBuffer avcc = ByteBuffer.wrap(config);
    Instant startsAt = Instant.parse("2026-11-21T10:00:00Z");
    program.format("720p", true, 1280, 720, avcc, 90_000, startsAt, 2);
    program.format("360p", true, 640, 360, avcc, 90_000, startsAt, 2);
    ByteBuffer unit = ByteBuffer.wrap(HexFormat.of().parseHex("0000000265aa"));
    program.sample("720p", unit, 90_000, 3_000, true);
    program.sample("360p", unit, 90_000, 3_000, true);
    program.sample("720p", unit, 93_000, 3_000, false);
    program.sound("ada", ByteBuffer.wrap(new byte[] {1, 2}), 48_960);
    program.sound("", ByteBuffer.wrap(new byte[] {3}), 48_960);

    assertThat(fakes.said("program"))
        .containsExactly(
            "program video '720p' epoch=2 at 90000 000000016764000000016801" + "0000000165aa",
            "program video '720p' epoch=2 at 93000 0000000165aa",
            "program audio 'ada' epoch=2 at 48960 0102");
    long picture = fakes.programFrames.get(0).ntpNanos();
    long sound = fakes.programFrames.get(2).ntpNanos();
    assertThat(sound - picture).as("20 ms later on the same line").isEqualTo(20_000_000);
    assertThat(picture / 1_000_000_000L - 2_208_988_800L).isEqualTo(startsAt.getEpochSecond() + 1);

    room.programWanted(Set.of());
    assertThat(fakes.said("listen")).endsWith("listen []");
    owned = false;
    program.sample("720p", unit, 96_000, 3_000, false);
    assertThat(fakes.said("program")).hasSize(3);
  }

  @Test
  void anUnknownLayoutIsRefusedByName() {
    room.open().join();

    assertThatThrownBy(() -> room.layout("oval", "").join())
        .hasRootCauseMessage(
            "There is no layout 'oval': choose one of auto, speaker, presentation_pip, presentation_side, side_by_side, grid,"
                + " presentation.");
  }

  private static ParticipantView ada(StageState state) {
    return ada(state, Consent.UNSTATED);
  }

  private static ParticipantView ada(StageState state, Consent consent) {
    return new ParticipantView("ada", "Ada", Role.INSTRUCTOR, state, List.of(CAMERA), consent);
  }

  private static EncodedFrame frame() {
    return new EncodedFrame(ByteBuffer.allocate(10), 0, 0, -1, true);
  }
}
