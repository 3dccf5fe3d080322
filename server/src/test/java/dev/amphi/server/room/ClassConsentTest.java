package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.Consent;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.StageState;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who says no is in no program, whatever the class is busy with. */
class ClassConsentTest extends OneClass {
  @Test
  void aWithdrawalCountsFromTheNextFrameThoughTheClassIsBusy() {
    room.open().join();
    room.stage().participantChanged(ada(StageState.ON_STAGE));
    room.live(true).join();
    room.stage().frame(CAMERA, frame());
    assertThat(fakes.said("frame")).hasSize(1);
    fakes.disk = new CompletableFuture<>();
    CompletableFuture<RoomStatus> busy = room.recording(true);

    room.stage().participantChanged(ada(StageState.ON_STAGE, Consent.DECLINED));

    assertThat(busy).isNotDone();
    assertThat(fakes.said("no source")).containsExactly("no source t1");
    room.stage().frame(CAMERA, frame());
    assertThat(fakes.said("frame")).hasSize(1);

    fakes.disk.complete(null);
    room.stage().participantChanged(ada(StageState.ON_STAGE, Consent.GIVEN));
    room.picture().layout("grid", "").join();
    room.stage().frame(CAMERA, frame());
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

    room.stage().participantChanged(ada(StageState.ON_STAGE));
    room.stage().participantChanged(ada(StageState.ON_STAGE, Consent.DECLINED));
    fakes.disk.complete(null);
    busy.join();
    room.picture().layout("grid", "").join();

    room.stage().frame(CAMERA, frame());
    assertThat(fakes.said("source")).isEmpty();
    assertThat(fakes.said("frame")).isEmpty();
  }

  @Test
  void whoLeftAndCameBackWhileTheClassWasBusyIsWithheldByTheNewWord() {
    room.open().join();
    room.live(true).join();
    fakes.disk = new CompletableFuture<>();
    CompletableFuture<RoomStatus> busy = room.recording(true);

    room.stage().participantLeft("ada");
    room.stage().participantChanged(ada(StageState.ON_STAGE));
    room.stage().participantChanged(ada(StageState.ON_STAGE, Consent.DECLINED));
    fakes.disk.complete(null);
    busy.join();
    room.recording(false).join();
    assertThat(fakes.said("source")).isEmpty();
    fakes.said.clear();
    room.recording(true).join();

    assertThat(fakes.said("beside")).containsExactly("beside r1: ada declined");
    room.stage().frame(CAMERA, frame());
    assertThat(fakes.said("frame")).isEmpty();
  }
}
