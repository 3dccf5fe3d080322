package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.interactive.api.Consent;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProgramSourcesTest {
  private static final TrackView CAMERA =
      new TrackView(
          "t1", "ada", TrackView.Kind.VIDEO, TrackView.Source.CAMERA, TrackView.Codec.VP8, false);
  private static final TrackView MICROPHONE =
      new TrackView(
          "t2",
          "ada",
          TrackView.Kind.AUDIO,
          TrackView.Source.MICROPHONE,
          TrackView.Codec.OPUS,
          false);
  private static final TrackView SCREEN =
      new TrackView(
          "t3", "ada", TrackView.Kind.VIDEO, TrackView.Source.SCREEN, TrackView.Codec.VP8, false);
  private static final SourceSpec CAMERA_SOURCE =
      new SourceSpec(
          "t1", "ada", "Ada", "instructor", SourceSpec.Kind.CAMERA, SourceSpec.Codec.VP8);

  private final ProgramSources sources = new ProgramSources();

  @Test
  void whoIsOnStageIsInTheProgram() {
    assertThat(sources.participant(ada(StageState.ON_STAGE, CAMERA)))
        .containsExactly(new ProgramSources.Change.Put(CAMERA_SOURCE));
  }

  @Test
  void whoIsBackstageIsNot() {
    assertThat(sources.participant(ada(StageState.BACKSTAGE, CAMERA))).isEmpty();
  }

  @Test
  void leavingTheStageTakesTheTracksOut() {
    sources.participant(ada(StageState.ON_STAGE, CAMERA));

    assertThat(sources.participant(ada(StageState.BACKSTAGE, CAMERA)))
        .containsExactly(new ProgramSources.Change.Remove("t1"));
    assertThat(sources.participant(ada(StageState.ON_STAGE, CAMERA)))
        .containsExactly(new ProgramSources.Change.Put(CAMERA_SOURCE));
    assertThat(sources.left("ada")).containsExactly(new ProgramSources.Change.Remove("t1"));
    assertThat(sources.left("ada")).isEmpty();
  }

  @Test
  void aChangeThatTheProgramDoesNotShowIsNone() {
    sources.participant(ada(StageState.ON_STAGE, CAMERA));

    assertThat(sources.participant(ada(StageState.ON_STAGE, CAMERA))).isEmpty();
  }

  @Test
  void mutingIsToldAloneAndAMutedTrackComesInMuted() {
    TrackView muted =
        new TrackView(
            "t1", "ada", TrackView.Kind.VIDEO, TrackView.Source.CAMERA, TrackView.Codec.VP8, true);

    assertThat(sources.participant(ada(StageState.ON_STAGE, muted)))
        .containsExactly(
            new ProgramSources.Change.Put(CAMERA_SOURCE),
            new ProgramSources.Change.Mute("t1", true));
    assertThat(sources.participant(ada(StageState.ON_STAGE, CAMERA)))
        .containsExactly(new ProgramSources.Change.Mute("t1", false));
  }

  @Test
  void anotherCodecIsPutAgain() {
    TrackView h264 =
        new TrackView(
            "t1",
            "ada",
            TrackView.Kind.VIDEO,
            TrackView.Source.CAMERA,
            TrackView.Codec.H264,
            false);
    sources.participant(ada(StageState.ON_STAGE, CAMERA));

    assertThat(sources.participant(ada(StageState.ON_STAGE, h264)))
        .singleElement()
        .isInstanceOf(ProgramSources.Change.Put.class);
  }

  @Test
  void anInterruptionShowsNobodyUntilItIsOver() {
    sources.participant(ada(StageState.ON_STAGE, CAMERA));

    assertThat(sources.hidden(true)).containsExactly(new ProgramSources.Change.Rest("t1"));
    assertThat(sources.participant(ada(StageState.ON_STAGE, CAMERA))).isEmpty();
    assertThat(sources.hidden(false)).containsExactly(new ProgramSources.Change.Put(CAMERA_SOURCE));
  }

  @Test
  void whoLeavesDuringAnInterruptionIsTakenOutForGood() {
    sources.participant(ada(StageState.ON_STAGE, CAMERA, MICROPHONE));
    sources.hidden(true);

    assertThat(sources.participant(ada(StageState.ON_STAGE, MICROPHONE)))
        .containsExactly(new ProgramSources.Change.Remove("t1"));
    assertThat(sources.left("ada")).containsExactly(new ProgramSources.Change.Remove("t2"));
    assertThat(sources.hidden(false)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Consent.class)
  void whoIsInItIsWhoIsOnStageAndDidNotSayNo(Consent consent) {
    boolean may = consent == Consent.UNSTATED || consent == Consent.GIVEN;
    for (StageState state : StageState.values()) {
      ProgramSources fresh = new ProgramSources();
      assertThat(fresh.participant(ada(state, consent, CAMERA, MICROPHONE, SCREEN)))
          .as("%s %s", state, consent)
          .hasSize(may && state == StageState.ON_STAGE ? 3 : 0);
      assertThat(fresh.isEmpty()).isEqualTo(!(may && state == StageState.ON_STAGE));
    }
  }

  @Test
  void aWithdrawalTakesOutEveryTrackAndAYesBringsThemBack() {
    sources.participant(ada(StageState.ON_STAGE, Consent.UNSTATED, CAMERA, MICROPHONE, SCREEN));

    assertThat(
            sources.participant(
                ada(StageState.ON_STAGE, Consent.DECLINED, CAMERA, MICROPHONE, SCREEN)))
        .containsExactlyInAnyOrder(
            new ProgramSources.Change.Remove("t1"),
            new ProgramSources.Change.Remove("t2"),
            new ProgramSources.Change.Remove("t3"));
    assertThat(sources.all()).as("another composition hears nothing of them").isEmpty();
    assertThat(
            sources.participant(
                ada(StageState.ON_STAGE, Consent.DECLINED, CAMERA, MICROPHONE, SCREEN)))
        .isEmpty();
    assertThat(sources.participant(ada(StageState.ON_STAGE, Consent.GIVEN, CAMERA)))
        .containsExactly(new ProgramSources.Change.Put(CAMERA_SOURCE));
  }

  @Test
  void aNewCompositionIsToldEverything() {
    sources.participant(ada(StageState.ON_STAGE, CAMERA));

    assertThat(sources.all()).containsExactly(new ProgramSources.Change.Put(CAMERA_SOURCE));
  }

  private static ParticipantView ada(StageState state, TrackView... tracks) {
    return ada(state, Consent.UNSTATED, tracks);
  }

  private static ParticipantView ada(StageState state, Consent consent, TrackView... tracks) {
    return new ParticipantView("ada", "Ada", Role.INSTRUCTOR, state, List.of(tracks), consent);
  }
}
