package dev.amphi.server.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.Consent;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsentRecordTest {
  private static final TrackView CAMERA =
      new TrackView(
          "t1", "ben", TrackView.Kind.VIDEO, TrackView.Source.CAMERA, TrackView.Codec.VP8, false);

  private final List<String> lines = new ArrayList<>();
  private final ConsentRecord record =
      new ConsentRecord(
          "maths",
          (room, recording, participant, word) ->
              lines.add(room + "/" + recording + " " + participant + " " + word));

  private void is(String id, StageState state, Consent consent, TrackView... tracks) {
    record.participant(new ParticipantView(id, id, Role.STUDENT, state, List.of(tracks), consent));
  }

  @Test
  void aRecordingBeginsWithTheWordOfEverybodyOnStage() {
    is("ada", StageState.ON_STAGE, Consent.GIVEN);
    is("ben", StageState.ON_STAGE, Consent.DECLINED, CAMERA);
    is("obs", StageState.ON_STAGE, Consent.UNSTATED, CAMERA);
    is("eve", StageState.BACKSTAGE, Consent.GIVEN);
    is("zoe", StageState.ON_STAGE, Consent.GIVEN);
    record.left("zoe");
    assertThat(lines).isEmpty();

    record.begins("r1");

    assertThat(lines)
        .containsExactly("maths/r1 ada given", "maths/r1 ben declined", "maths/r1 obs unstated");
  }

  @Test
  void eachChangeIsOneLineAndANoAfterAYesIsAWithdrawal() {
    record.begins("r1");
    is("ben", StageState.ON_STAGE, Consent.GIVEN);
    is("ben", StageState.ON_STAGE, Consent.GIVEN, CAMERA);
    is("ben", StageState.ON_STAGE, Consent.DECLINED, CAMERA);
    is("ben", StageState.ON_STAGE, Consent.FORBIDDEN, CAMERA);
    is("ben", StageState.ON_STAGE, Consent.GIVEN, CAMERA);
    record.ends();
    is("ben", StageState.ON_STAGE, Consent.DECLINED, CAMERA);

    assertThat(lines)
        .containsExactly(
            "maths/r1 ben given",
            "maths/r1 ben withdrawn",
            "maths/r1 ben forbidden",
            "maths/r1 ben given");
  }

  @Test
  void whoSaysNoAtTheDoorNeverConsentedAndSoWithdrawsNothing() {
    record.begins("r1");
    is("ben", StageState.ON_STAGE, Consent.UNSTATED);
    is("ben", StageState.ON_STAGE, Consent.DECLINED);
    is("ben", StageState.ON_STAGE, Consent.DECLINED, CAMERA);
    assertThat(lines).containsExactly("maths/r1 ben declined");
  }

  @Test
  void whoComesBackOnStageIsNotedAgain() {
    record.begins("r1");
    is("ben", StageState.ON_STAGE, Consent.GIVEN);
    is("ben", StageState.BACKSTAGE, Consent.GIVEN);
    is("ben", StageState.ON_STAGE, Consent.GIVEN);
    assertThat(lines).hasSize(2);
  }
}
