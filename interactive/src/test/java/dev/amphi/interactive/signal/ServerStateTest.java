package dev.amphi.interactive.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.StageState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerStateTest {
  private static final Instant HAND = Instant.parse("2026-11-01T10:00:00Z");

  private final ServerState state = new ServerState(status("lobby"));

  private static RoomStatus status(String word) {
    return new RoomStatus("demo", "Demo", word, "open", false, false, "speaker", 1);
  }

  private static ServerMessage.Person eve(StageState stage) {
    return new ServerMessage.Person(
        new ParticipantView("eve", "Eve", Role.VIEWER, stage, List.of()),
        stage == StageState.REQUESTED ? Optional.of(HAND) : Optional.empty(),
        false);
  }

  private JsonNode told(ServerMessage.Person person) throws JsonProcessingException {
    return new ObjectMapper()
        .readTree(
            state
                .advance(status("lobby"), 0, false, false, List.of(person), List.of(), Map.of())
                .orElseThrow());
  }

  @Test
  void aNewcomerIsToldWholeAndLaterOnlyWhatChanged() throws JsonProcessingException {
    assertThat(told(eve(StageState.REQUESTED)).at("/participants/0/name").asText())
        .isEqualTo("Eve");
    JsonNode accepted = told(eve(StageState.ACCEPTED));
    assertThat(accepted.get("participants").toString())
        .isEqualTo("[{\"id\":\"eve\",\"state\":\"accepted\",\"hand_at\":null}]");
    assertThat(accepted.get("v").asInt()).isEqualTo(3);
  }

  @Test
  void nothingIsSaidWhereNothingDiffers() throws JsonProcessingException {
    told(eve(StageState.REQUESTED));
    assertThat(
            state.advance(
                status("lobby"),
                0,
                false,
                false,
                List.of(eve(StageState.REQUESTED)),
                List.of(),
                Map.of()))
        .isEmpty();
  }

  @Test
  void ofTheRoomOnlyTheChangedFieldsAreTold() {
    assertThat(state.advance(status("live"), 12, false, false, List.of(), List.of(), Map.of()))
        .contains("{\"type\":\"changes\",\"v\":2,\"room\":{\"state\":\"live\",\"viewers\":12}}");
  }

  @Test
  void whoIsOnlyCountedFromNowOnIsToldALastTime() throws JsonProcessingException {
    told(eve(StageState.REQUESTED));
    assertThat(
            state.advance(
                status("lobby"),
                0,
                false,
                false,
                List.of(),
                List.of(eve(StageState.OFF_STAGE)),
                Map.of()))
        .get()
        .asString()
        .contains("[{\"id\":\"eve\",\"state\":\"off_stage\",\"hand_at\":null}]");
    assertThat(state.knows("eve")).isFalse();
    assertThat(state.snapshot()).contains("\"participants\":[]");
  }

  @Test
  void whoNobodyWasToldOfLeavesWithoutAWord() {
    assertThat(
            state.advance(
                status("lobby"), 0, false, false, List.of(), List.of(), Map.of("ghost", "left")))
        .isEmpty();
  }

  @Test
  void theSnapshotIsWhatTheDifferencesAddUpTo() throws JsonProcessingException {
    told(eve(StageState.REQUESTED));
    String spelled = state.snapshot();
    assertThat(state.snapshot()).isSameAs(spelled);
    told(eve(StageState.ACCEPTED));
    assertThat(state.snapshot())
        .startsWith("\"v\":3,\"room\":{\"id\":\"demo\"")
        .contains("\"state\":\"accepted\"")
        .doesNotContain("hand_at");
  }
}
