package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.StageState;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When the stage is kept out of the program, and what is said instead. */
class ClassCurtainTest extends OneClass {
  @Test
  void anInterruptionShowsTheSlateOnTheSameTimeline() {
    room.open().join();
    room.stage().participantChanged(ada(StageState.ON_STAGE));
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
    room.stage().participantChanged(ada(StageState.ON_STAGE));
    room.live(true).join();

    Instant until = fakes.now.plusSeconds(600);
    RoomStatus paused = room.takeBreak(until).join();
    room.stage().frame(CAMERA, frame());
    RoomStatus back = room.takeBreak(null).join();
    room.stage().frame(CAMERA, frame());

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
    room.stage().participantChanged(ada(StageState.ON_STAGE));
    room.live(true).join();
    room.stage().frame(CAMERA, frame());
    fakes.nanos = TeacherWatch.GONE_NANOS + 100;
    room.tick();
    room.picture().layout("grid", "").join();
    assertThat(fakes.said).containsSubsequence("rests t1", "slate RECONNECTING");

    room.stage().frame(CAMERA, new EncodedFrame(ByteBuffer.allocate(10), 0, fakes.nanos, -1, true));
    room.tick();
    room.picture().layout("speaker", "").join();
    assertThat(fakes.said)
        .containsSubsequence("slate RECONNECTING", "source t1", "slate RIGHT_BACK");
  }

  @Test
  void theLastThingThatIsSeenIsThatTheClassHasEnded() {
    room.open().join();
    room.stage().participantChanged(ada(StageState.ON_STAGE));
    room.live(true).join();
    room.end("over").join();
    assertThat(fakes.said)
        .containsSubsequence("rests t1", "slate ENDED", "stage closes: over", "composition closes");
  }
}
