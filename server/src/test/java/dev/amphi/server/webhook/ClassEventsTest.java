package dev.amphi.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.packager.api.RecordingView;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassEventsTest {
  private final List<String> types = new ArrayList<>();
  private final List<JsonObject> data = new ArrayList<>();
  private final ClassEvents events =
      new ClassEvents(
          (type, at, json) -> {
            types.add(type);
            data.add(json);
          },
          () -> Instant.EPOCH);

  private void stands(String id, StageState state) {
    events.participantChanged(
        "maths", new ParticipantView(id, "Ben", Role.STUDENT, state, List.of()));
  }

  private void recording(String state) {
    events.changed(new RecordingView("a", "maths", state, 1.23456, "", ""));
  }

  @Test
  void somebodyJoinsTheStageOnceAndLeavesItOnce() {
    stands("ben", StageState.BACKSTAGE);
    stands("ben", StageState.ON_STAGE);
    stands("ben", StageState.ON_STAGE); // with another track
    stands("ben", StageState.OFF_STAGE);
    events.participantLeft("maths", "ben");
    stands("ben", StageState.ON_STAGE);
    events.participantLeft("maths", "ben");
    events.participantLeft("maths", "nobody");
    assertThat(types).containsExactly("stage.joined", "stage.left", "stage.joined", "stage.left");
    assertThat(data.getFirst().encode())
        .isEqualTo(
            "{\"room\":\"maths\",\"participant\":{\"id\":\"ben\",\"name\":\"Ben\",\"role\":\"student\"}}");
  }

  @Test
  void aRecordingBeginsPausesGoesOnAndIsReady() {
    RecordingView running = new RecordingView("a", "maths", "recording", 0, "", "");
    events.changed(running);
    events.changed(running);
    events.changed(running.paused(true));
    events.changed(running);
    recording("processing");
    recording("ready");
    events.erased("maths", "a");
    assertThat(types)
        .containsExactly(
            "recording.started",
            "recording.paused",
            "recording.resumed",
            "recording.ready",
            "recording.erased");
    assertThat(data.get(3).getJsonObject("recording").getDouble("duration_s")).isEqualTo(1.235);
  }

  @Test
  void oneThatIsPausedFromItsBeginningSaysBoth() {
    events.changed(new RecordingView("a", "maths", "recording", 0, "", "").paused(true));
    assertThat(types).containsExactly("recording.started", "recording.paused");
  }

  @Test
  void whatAnEarlierRunMadeIsNoNews() {
    events.found(new RecordingView("a", "maths", "ready", 60, "", ""));
    assertThat(types).isEmpty();
  }

  @Test
  void everyTypeIsAmongThoseThatCanBeAskedFor() {
    stands("ben", StageState.ON_STAGE);
    stands("ben", StageState.OFF_STAGE);
    events.changed(new RecordingView("a", "maths", "recording", 0, "", "").paused(true));
    recording("recording");
    recording("ready");
    recording("failed");
    events.erased("maths", "a");
    assertThat(types).hasSize(8);
    assertThat(WebhookTypes.ALL).containsAll(types);
    for (var state : dev.amphi.server.room.ClassState.values()) {
      assertThat(WebhookTypes.ALL).contains("class." + state.wireName());
    }
  }
}
