package dev.amphi.interactive.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.ProgramNotice;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.SlidesUp;
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
                .orElseThrow()
                .inside());
  }

  /** A class whose teacher hides somebody, has a file up and hears of its program. */
  private static RoomStatus directed(String spotlight) {
    return new RoomStatus(
        "demo",
        "Demo",
        "live",
        "open",
        true,
        false,
        "speaker",
        spotlight,
        List.of("ben"),
        1,
        null,
        null,
        Optional.of(new SlidesUp("d1", 2, 9, "marks of 9b.pdf", "Lenses", 1280, 720)),
        new ProgramNotice("frame_rate", List.of("t1"), List.of("t2"), 2));
  }

  private ServerState.Changes changes(RoomStatus next) {
    return state.advance(next, 0, false, false, List.of(), List.of(), Map.of()).orElseThrow();
  }

  @Test
  void howTheTeacherRunsTheClassIsToldInsideOnly() {
    ServerState.Changes told = changes(directed("ada"));
    assertThat(told.inside())
        .contains("\"spotlight\":\"ada\",\"hidden\":[\"ben\"]")
        .contains("\"name\":\"marks of 9b.pdf\",\"title\":\"Lenses\"")
        .contains(
            "\"program\":{\"without\":\"frame_rate\",\"restarts\":2,\"shut_out\":[\"t1\"],"
                + "\"resting\":[\"t2\"]}");
    for (String seen : List.of(told.outside().orElseThrow(), state.snapshot(false))) {
      assertThat(seen)
          .contains("\"state\":\"live\"")
          .contains("\"page\":2,\"pages\":9,\"name\":\"\",\"title\":\"Lenses\"")
          .doesNotContain("spotlight", "hidden", "program", "ada", "ben", "marks");
    }
    assertThat(state.snapshot(true)).contains("\"spotlight\":\"ada\",\"hidden\":[\"ben\"]");
  }

  @Test
  void outsideNothingIsSaidOfWhatOnlyThoseInsideAreTold() throws JsonProcessingException {
    changes(directed("ada"));
    ServerState.Changes told = changes(directed("eve"));
    assertThat(told.inside())
        .isEqualTo("{\"type\":\"changes\",\"v\":3,\"room\":{\"spotlight\":\"eve\"}}");
    assertThat(told.outside()).isEmpty();
    assertThat(told(eve(StageState.REQUESTED)).get("v").asInt()).isEqualTo(4);
  }

  @Test
  void whoComesInsideIsToldTheRestAndWhoGoesOutsideForgetsIt() {
    changes(directed("ada"));
    assertThat(state.turned(true))
        .isEqualTo(
            "{\"type\":\"changes\",\"v\":2,\"room\":{\"spotlight\":\"ada\","
                + "\"hidden\":[\"ben\"],\"slides\":{\"deck\":\"d1\",\"page\":2,\"pages\":9,"
                + "\"name\":\"marks of 9b.pdf\",\"title\":\"Lenses\",\"width\":1280,"
                + "\"height\":720},\"program\":{\"without\":\"frame_rate\","
                + "\"restarts\":2,\"shut_out\":[\"t1\"],\"resting\":[\"t2\"]}}}");
    assertThat(state.turned(false))
        .contains("\"name\":\"\"")
        .contains("\"spotlight\":null,\"hidden\":null,\"program\":null");
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
        .hasValueSatisfying(
            told -> {
              assertThat(told.inside())
                  .isEqualTo(
                      "{\"type\":\"changes\",\"v\":2,"
                          + "\"room\":{\"state\":\"live\",\"viewers\":12}}");
              assertThat(told.outside()).containsSame(told.inside());
            });
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
        .extracting(ServerState.Changes::inside)
        .asString()
        .contains("[{\"id\":\"eve\",\"state\":\"off_stage\",\"hand_at\":null}]");
    assertThat(state.knows("eve")).isFalse();
    assertThat(state.snapshot(true)).contains("\"participants\":[]");
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
    String spelled = state.snapshot(true);
    assertThat(state.snapshot(true)).isSameAs(spelled);
    told(eve(StageState.ACCEPTED));
    assertThat(state.snapshot(true))
        .startsWith("\"v\":3,\"room\":{\"id\":\"demo\"")
        .contains("\"state\":\"accepted\"")
        .doesNotContain("hand_at");
  }
}
