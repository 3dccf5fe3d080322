package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.interactive.api.PictureChange;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.StageState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who and what is in the program's picture. */
class ClassPictureTest extends OneClass {
  @Test
  void slidesThatNoProgramCouldShowAreNotUp() {
    fakes.machineFull = true;
    room.open().join();
    assertThatThrownBy(
            () -> room.picture().slides(room.picture().turns().begin(), Optional.of(page())).join())
        .hasRootCauseMessage("This machine is full.");
    assertThat(room.status().slides()).isEmpty();

    fakes.machineFull = false;
    room.picture().slides(room.picture().turns().begin(), Optional.of(page())).join();
    assertThat(room.status().slides()).isPresent();
    assertThat(fakes.said("still")).hasSize(1);
  }

  @Test
  void onlyFramesOfThoseOnStageGoIntoTheProgram() {
    room.open().join();
    room.stage().participantChanged(ada(StageState.ON_STAGE));
    room.picture().layout("grid", "").join();
    room.stage().frame(CAMERA, frame());
    room.stage().participantChanged(ada(StageState.BACKSTAGE));
    room.picture().layout("speaker", "ada").join();
    room.stage().frame(CAMERA, frame());

    assertThat(fakes.said("frame")).containsExactly("frame of t1");
    assertThat(fakes.said("layout"))
        .containsExactly("layout auto ", "layout grid ", "layout speaker ada");
  }

  @Test
  void whoIsHiddenStaysSoUntilSomebodySaysOtherwise() {
    room.open().join();
    room.stage().participantChanged(ada(StageState.ON_STAGE));
    assertThat(room.picture().layout("grid", "ada", Optional.of(Set.of("eve", "ben"))).join())
        .extracting(RoomStatus::layout, RoomStatus::spotlight, RoomStatus::hidden)
        .containsExactly("grid", "ada", List.of("ben", "eve"));
    assertThat(room.picture().layout("speaker", "").join())
        .extracting(RoomStatus::layout, RoomStatus::spotlight, RoomStatus::hidden)
        .containsExactly("speaker", "", List.of("ben", "eve"));
    assertThat(room.picture().layout("speaker", "", Optional.of(Set.of())).join().hidden())
        .isEmpty();
    assertThat(fakes.said("layout"))
        .containsExactly(
            "layout auto ",
            "layout grid ada without ben,eve",
            "layout speaker  without ben,eve",
            "layout speaker ");
    Set<String> crowd = IntStream.range(0, 65).mapToObj(i -> "p" + i).collect(Collectors.toSet());
    assertThatThrownBy(() -> room.picture().layout("grid", "", Optional.of(crowd)).join())
        .hasMessageContaining("'hidden' names 65 participants: at most 64 can be hidden.");
  }

  @Test
  void whatFollowsQuicklyTakesNothingBack() {
    room.open().join();
    change("speaker", "", "");
    change("", "ada", "");
    change("", "", "ben");
    change("", "", "eve");

    assertThat(change("grid", "", ""))
        .extracting(RoomStatus::layout, RoomStatus::spotlight, RoomStatus::hidden)
        .containsExactly("grid", "ada", List.of("ben", "eve"));
    PictureChange benAgain =
        new PictureChange(
            Optional.empty(), Optional.of(""), Optional.empty(), Set.of(), Set.of("ben"));
    assertThat(room.picture().change(benAgain).join())
        .extracting(RoomStatus::layout, RoomStatus::spotlight, RoomStatus::hidden)
        .containsExactly("grid", "", List.of("eve"));
  }

  private RoomStatus change(String layout, String spotlight, String hide) {
    return room.picture()
        .change(
            new PictureChange(
                Optional.of(layout).filter(text -> !text.isEmpty()),
                Optional.of(spotlight).filter(text -> !text.isEmpty()),
                Optional.empty(),
                hide.isEmpty() ? Set.of() : Set.of(hide),
                Set.of()))
        .join();
  }

  @Test
  void whoComesOnStageIsAskedForAKeyFrame() {
    room.open().join();
    room.stage().participantChanged(ada(StageState.ON_STAGE));
    room.picture().layout("grid", "").join();

    assertThat(fakes.said("key frame")).containsExactly("key frame of t1");
  }

  @Test
  void anUnknownLayoutIsRefusedByName() {
    room.open().join();

    assertThatThrownBy(() -> room.picture().layout("oval", "").join())
        .hasRootCauseMessage(
            "There is no layout 'oval': choose one of auto, speaker, presentation_pip, presentation_side, side_by_side, grid,"
                + " presentation.");
  }
}
