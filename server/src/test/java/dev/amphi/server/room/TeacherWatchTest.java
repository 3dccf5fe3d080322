package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.Consent;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TeacherWatchTest {
  private static final long SECOND = 1_000_000_000L;

  private final TeacherWatch watch = new TeacherWatch();

  private static TrackView track(String id, TrackView.Source source, boolean muted) {
    boolean sound = source == TrackView.Source.MICROPHONE;
    return new TrackView(
        id + source,
        id,
        sound ? TrackView.Kind.AUDIO : TrackView.Kind.VIDEO,
        source,
        sound ? TrackView.Codec.OPUS : TrackView.Codec.VP8,
        muted);
  }

  private static ParticipantView who(String id, Role role, StageState state, TrackView... tracks) {
    return new ParticipantView(id, id, role, state, Arrays.asList(tracks));
  }

  private void teach(String id, boolean muted, long nowNanos) {
    TrackView mic = track(id, TrackView.Source.MICROPHONE, muted);
    watch.participant(who(id, Role.INSTRUCTOR, StageState.ON_STAGE, mic), nowNanos);
  }

  @Test
  void missesWhoIsNotHeardForFiveSeconds() {
    teach("ada", false, 0);
    watch.frame("ada", SECOND);
    assertThat(watch.gone(6 * SECOND - 1)).isFalse();
    assertThat(watch.gone(6 * SECOND)).isTrue();
    watch.frame("ada", 7 * SECOND);
    assertThat(watch.gone(8 * SECOND)).isFalse();
  }

  @Test
  void missesNobodyWhoNeverTaught() {
    teach("ada", false, 0);
    assertThat(watch.gone(60 * SECOND)).isFalse();
    watch.left("ada", 60 * SECOND);
    assertThat(watch.gone(90 * SECOND)).isFalse();
  }

  @Test
  void doesNotMissWhoMutedEverythingOrShowsAScreenThatStandsStill() {
    teach("ada", false, 0);
    watch.frame("ada", SECOND);
    TrackView screen = track("ada", TrackView.Source.SCREEN, false);
    TrackView mic = track("ada", TrackView.Source.MICROPHONE, true);
    watch.participant(who("ada", Role.INSTRUCTOR, StageState.ON_STAGE, screen, mic), 2 * SECOND);
    assertThat(watch.gone(60 * SECOND)).isFalse();
    teach("ada", false, 60 * SECOND);
    assertThat(watch.gone(64 * SECOND)).as("she has just unmuted").isFalse();
    assertThat(watch.gone(65 * SECOND)).isTrue();
  }

  @Test
  void doesNotMissWhoIsThereButSaidNoToTheProgram() {
    teach("ada", false, 0);
    watch.frame("ada", SECOND);
    TrackView mic = track("ada", TrackView.Source.MICROPHONE, false);
    watch.participant(
        new ParticipantView(
            "ada",
            "ada",
            Role.INSTRUCTOR,
            StageState.ON_STAGE,
            Arrays.asList(mic),
            Consent.DECLINED),
        2 * SECOND);
    assertThat(watch.gone(60 * SECOND)).isFalse();
  }

  @Test
  void goesOnMissingWhoTheRoomWaitsForNoLongerUntilSheIsBack() {
    teach("ada", false, 0);
    watch.frame("ada", SECOND);
    assertThat(watch.gone(6 * SECOND)).isTrue();
    watch.left("ada", 30 * SECOND);
    assertThat(watch.gone(31 * SECOND)).isTrue();
    watch.participant(who("ada", Role.INSTRUCTOR, StageState.ON_STAGE), 40 * SECOND);
    assertThat(watch.gone(40 * SECOND)).isFalse();
  }

  @Test
  void doesNotMissWhoLeavesByWill() {
    teach("ada", false, 0);
    watch.frame("ada", SECOND);
    watch.left("ada", 2 * SECOND);
    assertThat(watch.gone(60 * SECOND)).isFalse();
  }

  @Test
  void missesNobodyWhileAnotherTeacherIsThereWhoSendsNothing() {
    teach("ada", false, 0);
    watch.frame("ada", SECOND);
    TrackView mic = track("bea", TrackView.Source.MICROPHONE, true);
    watch.participant(who("bea", Role.INSTRUCTOR, StageState.ON_STAGE, mic), 2 * SECOND);
    assertThat(watch.gone(60 * SECOND)).isFalse();
  }

  @Test
  void doesNotMissWhoWentBackstage() {
    teach("ada", false, 0);
    watch.frame("ada", SECOND);
    watch.participant(who("ada", Role.INSTRUCTOR, StageState.BACKSTAGE), 2 * SECOND);
    assertThat(watch.gone(60 * SECOND)).isFalse();
  }

  @Test
  void missesNobodyWhileAnotherOneTeachesOrModerates() {
    teach("ada", false, 0);
    teach("bea", false, 0);
    watch.frame("ada", SECOND);
    watch.frame("bea", 9 * SECOND);
    assertThat(watch.gone(10 * SECOND)).isFalse();
    assertThat(watch.gone(20 * SECOND)).isTrue();
    watch.participant(who("mo", Role.MODERATOR, StageState.OFF_STAGE), 20 * SECOND);
    assertThat(watch.gone(21 * SECOND)).isFalse();
    watch.left("mo", 22 * SECOND);
    assertThat(watch.gone(22 * SECOND)).isTrue();
  }

  @Test
  void missesNoStudent() {
    TrackView mic = track("bob", TrackView.Source.MICROPHONE, false);
    watch.participant(who("bob", Role.STUDENT, StageState.ON_STAGE, mic), 0);
    watch.frame("bob", SECOND);
    watch.left("bob", 2 * SECOND);
    assertThat(watch.gone(60 * SECOND)).isFalse();
  }
}
