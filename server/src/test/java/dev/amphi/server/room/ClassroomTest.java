package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.Shed;
import dev.amphi.interactive.api.Consent;
import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.ProgramNotice;
import dev.amphi.interactive.api.RecordingNotice;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.StageState;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.server.push.PushMeter;
import dev.amphi.server.push.Pushes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the doors to the end, and what its people and operators are told. */
class ClassroomTest extends OneClass {
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
    room.stage().participantChanged(ada(StageState.ON_STAGE));
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
    room.stage().participantChanged(ada(StageState.ON_STAGE));
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
    room.stage().participantChanged(ada(StageState.ON_STAGE));
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
    room.stage().participantLeft("ada");
    assertThat(ticked().program()).isEqualTo(ProgramNotice.NONE);
    assertThat(fakes.said("stage hears live")).hasSize(told + 1);
    assertThat(room.health()).contains(new ProgramHealth(Shed.NOTHING, 20, 0, Set.of()));
  }

  @Test
  void aClassWhoseProgramDoesNotFitYetGoesOnInTheHouseAndSaysWhyItCannotGoLive() {
    fakes.composerFails = true;
    room.open().join();
    room.stage().participantChanged(ada(StageState.ON_STAGE));
    assertThatThrownBy(() -> room.live(true).join()).hasRootCauseMessage("There is no encoder.");
    fakes.composerFails = false;
    assertThat(room.live(true).join().state()).isEqualTo("live");
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
  void aRecordingPausesAndGoesOnAndEverybodyIsTold() {
    room.open().join();
    room.live(true).join();
    room.recording(true, false).join();
    assertThat(room.recording(true, true).join().recordingPaused()).isTrue();
    assertThat(room.recording(true, true).join().recording()).isTrue();
    assertThat(room.recording(true).join().recordingPaused()).isFalse();
    room.recording(true, true).join();
    assertThat(room.recording(false).join().recordingPaused()).isFalse();
    assertThat(fakes.said("recording"))
        .containsExactly(
            "recording true",
            "recording paused true",
            "recording paused false",
            "recording paused true",
            "recording false");
  }

  @Test
  void aRecordingThatFailedIsOffForEverybodyAndTheNextPressBeginsAnother() {
    room.open().join();
    room.live(true).join();
    room.recording(true, false, Optional.of(true)).join();
    fakes.recordings.set(
        0, new RecordingView("r1", "maths", "recording", 9, "", "Room for 5 min."));
    fakes.said.clear();
    room.tick();
    assertThat(room.status().recordingNotice())
        .isEqualTo(new RecordingNotice(false, "Room for 5 min.", ""));
    await().until(() -> fakes.said("stage hears live").size() == 1);

    fakes.recordings.set(0, new RecordingView("r1", "maths", "failed", 9, "", "The disk is full."));
    room.tick();
    await().until(() -> fakes.said("stage hears live").size() == 2);
    RoomStatus failed = room.status();
    assertThat(failed.recording()).isFalse();
    assertThat(failed.recordingTracks()).isFalse();
    assertThat(failed.recordingNotice())
        .isEqualTo(new RecordingNotice(true, "The disk is full.", ""));

    fakes.recordings.clear();
    assertThat(room.status().recording()).as("erased, to make room").isFalse();
    assertThat(room.status().recordingNotice()).isEqualTo(RecordingNotice.NONE);

    fakes.said.clear();
    RoomStatus again = room.recording(true).join();
    assertThat(fakes.said("recording")).containsExactly("recording false", "recording true");
    assertThat(again.recording()).isTrue();
    assertThat(again.recordingNotice()).isEqualTo(RecordingNotice.NONE);
  }

  @Test
  void everybodyIsToldWhereElseTheClassGoesWithoutItsAddress(@TempDir Path folder) {
    fakes.pushes =
        Pushes.of(
            2, false, folder, (SSLSocketFactory) SSLSocketFactory.getDefault(), PushMeter.NONE);
    Classroom pushed =
        new Classroom(
            fakes.parts(), new RoomSpec("maths", "Maths", RoomSpec.OPEN), Decisions.NONE, lease);
    pushed.open().join();
    String id = pushed.push("rtmps://a.rtmps.youtube.com/live2", "a-b-c", "", "").join().id();
    assertThat(pushed.status().pushes()).containsExactly("YouTube");
    pushed.push("rtmp://1.1.1.1/live", "a-b-c", "", "").join();
    assertThat(pushed.status().pushes()).containsExactly("YouTube", "");
    assertThat(pushed.stopPush(id).join().pushes()).containsExactly("");
    assertThat(fakes.said("stage hears lobby")).hasSize(3);
    assertThat(pushed.end("over").join().pushes()).isEmpty();
    pushed.dispose();
  }

  @Test
  void aRecordingThatIsPausedBeforeItCouldBeginBeginsWhenItGoesOn() {
    room.open().join();
    room.recording(true, true).join();
    RoomStatus live = room.live(true).join();
    assertThat(live.recording()).isTrue();
    assertThat(live.recordingPaused()).isTrue();
    assertThat(fakes.said("recording")).isEmpty();
    room.recording(true, false).join();
    assertThat(fakes.said("recording")).containsExactly("recording true");
  }

  @Test
  void onlyWhatTheProgramLetsHearIsCaptioned() {
    room.open().join();
    room.live(true).join();
    room.stage().participantChanged(ada(StageState.ON_STAGE, Consent.DECLINED));
    room.picture().caption(fakes.now, fakes.now.plusSeconds(2), "Hello.", "").join();
    assertThatThrownBy(
            () -> room.picture().caption(fakes.now, fakes.now.plusSeconds(2), "No.", "ada").join())
        .hasRootCauseMessage("'ada' is not in the program, so neither are their words.");
    room.takeBreak(fakes.now.plusSeconds(60)).join();
    assertThatThrownBy(
            () -> room.picture().caption(fakes.now, fakes.now.plusSeconds(2), "No.", "").join())
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

  /** What the class is once everything that the tick asked for is done. */
  private RoomStatus ticked() {
    room.live(true).join(); // which it is: only what came before is waited for
    room.tick();
    return room.live(true).join();
  }
}
