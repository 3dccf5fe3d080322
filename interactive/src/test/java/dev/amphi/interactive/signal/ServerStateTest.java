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
import java.util.Set;
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
                .of(null, state.outside())
                .orElseThrow());
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
    return state.advance(next, 0, false, false, List.of(), List.of(), Map.of());
  }

  @Test
  void howTheTeacherRunsTheClassIsToldThoseWhoModerateOnly() {
    ServerState.View insideBefore = state.moderating();
    ServerState.View outsideBefore = state.outside();
    ServerState.Changes told = changes(directed("ada"));
    assertThat(told.of(insideBefore, state.moderating()).orElseThrow())
        .contains("\"spotlight\":\"ada\",\"hidden\":[\"ben\"]")
        .contains("\"name\":\"marks of 9b.pdf\",\"title\":\"Lenses\"")
        .contains(
            "\"program\":{\"without\":\"frame_rate\",\"restarts\":2,\"shut_out\":[\"t1\"],"
                + "\"resting\":[\"t2\"]}");
    for (String seen :
        List.of(
            told.of(outsideBefore, state.outside()).orElseThrow(),
            state.snapshot(state.outside()))) {
      assertThat(seen)
          .contains("\"state\":\"live\"")
          .contains("\"page\":2,\"pages\":9,\"name\":\"\",\"title\":\"Lenses\"")
          .doesNotContain("spotlight", "hidden", "program", "ada", "ben", "marks");
    }
    assertThat(state.snapshot(state.moderating()))
        .contains("\"spotlight\":\"ada\",\"hidden\":[\"ben\"]");
  }

  @Test
  void onStageEachIsToldOnlyOfItself() {
    changes(directed("ada"));
    assertThat(state.snapshot(state.onStage("ben", Set.of("t1", "t3"))))
        .contains("\"spotlight\":\"ada\",\"hidden\":[\"ben\"]")
        .contains(
            "\"program\":{\"without\":\"\",\"restarts\":0,\"shut_out\":[\"t1\"],\"resting\":[]}");
    assertThat(state.snapshot(state.onStage("carl", Set.of("t2"))))
        .contains("\"shut_out\":[],\"resting\":[\"t2\"]}");
    assertThat(state.snapshot(state.onStage("eve", Set.of("t3"))))
        .contains("\"spotlight\":\"ada\",\"hidden\":[]")
        .doesNotContain("program", "frame_rate", "ben");
    ServerState.View before = state.onStage("eve", Set.of());
    assertThat(changes(directed("ada")).of(before, state.onStage("eve", Set.of()))).isEmpty();
  }

  @Test
  void outsideNothingIsSaidOfWhatOnlyThoseInsideAreTold() throws JsonProcessingException {
    changes(directed("ada"));
    ServerState.View insideBefore = state.moderating();
    ServerState.View outsideBefore = state.outside();
    ServerState.Changes told = changes(directed("eve"));
    assertThat(told.of(insideBefore, state.moderating()))
        .contains("{\"type\":\"changes\",\"v\":3,\"room\":{\"spotlight\":\"eve\"}}");
    assertThat(told.of(outsideBefore, state.outside())).isEmpty();
    assertThat(told(eve(StageState.REQUESTED)).get("v").asInt()).isEqualTo(4);
  }

  @Test
  void whoComesInsideIsToldTheRestAndWhoGoesOutsideForgetsIt() {
    changes(directed("ada"));
    ServerState.Changes nothing = changes(directed("ada"));
    assertThat(nothing.of(state.outside(), state.moderating()))
        .contains(
            "{\"type\":\"changes\",\"v\":2,\"room\":{\"spotlight\":\"ada\","
                + "\"hidden\":[\"ben\"],\"slides\":{\"deck\":\"d1\",\"page\":2,\"pages\":9,"
                + "\"name\":\"marks of 9b.pdf\",\"title\":\"Lenses\",\"width\":1280,"
                + "\"height\":720},\"program\":{\"without\":\"frame_rate\","
                + "\"restarts\":2,\"shut_out\":[\"t1\"],\"resting\":[\"t2\"]}}}");
    assertThat(nothing.of(state.moderating(), state.outside()).orElseThrow())
        .contains("\"name\":\"\"")
        .contains("\"spotlight\":null,\"hidden\":null,\"program\":null");
  }

  @Test
  void whoGoesOutsideAsTheProgramRecoversForgetsItsTroubleToo() {
    changes(directed("ada"));
    ServerState.View before = state.moderating();
    assertThat(changes(status("lobby")).of(before, state.outside()).orElseThrow())
        .contains("\"spotlight\":null,\"hidden\":null,\"slides\":null,\"program\":null");
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
    ServerState.View before = state.moderating();
    ServerState.Changes none =
        state.advance(
            status("lobby"),
            0,
            false,
            false,
            List.of(eve(StageState.REQUESTED)),
            List.of(),
            Map.of());
    assertThat(none.of(before, state.moderating())).isEmpty();
    assertThat(none.of(null, state.outside())).isEmpty();
    assertThat(state.snapshot(state.outside())).startsWith("\"v\":2,");
  }

  @Test
  void ofTheRoomOnlyTheChangedFieldsAreTold() {
    ServerState.View inside = state.moderating();
    ServerState.View outside = state.outside();
    ServerState.Changes told =
        state.advance(status("live"), 12, false, false, List.of(), List.of(), Map.of());
    String words = "{\"type\":\"changes\",\"v\":2,\"room\":{\"state\":\"live\",\"viewers\":12}}";
    assertThat(told.of(inside, state.moderating())).contains(words);
    Optional<String> spelled = told.of(outside, state.outside());
    assertThat(spelled).contains(words);
    assertThat(told.of(outside, state.outside())).as("spelled once for all").isSameAs(spelled);
  }

  @Test
  void whoIsOnlyCountedFromNowOnIsToldALastTime() throws JsonProcessingException {
    told(eve(StageState.REQUESTED));
    assertThat(
            state
                .advance(
                    status("lobby"),
                    0,
                    false,
                    false,
                    List.of(),
                    List.of(eve(StageState.OFF_STAGE)),
                    Map.of())
                .of(null, state.outside())
                .orElseThrow())
        .contains("[{\"id\":\"eve\",\"state\":\"off_stage\",\"hand_at\":null}]");
    assertThat(state.knows("eve")).isFalse();
    assertThat(state.snapshot(state.moderating())).contains("\"participants\":[]");
  }

  @Test
  void whoNobodyWasToldOfLeavesWithoutAWord() {
    assertThat(
            state
                .advance(
                    status("lobby"), 0, false, false, List.of(), List.of(), Map.of("ghost", "left"))
                .of(null, state.outside()))
        .isEmpty();
  }

  @Test
  void theSnapshotIsWhatTheDifferencesAddUpTo() throws JsonProcessingException {
    told(eve(StageState.REQUESTED));
    String spelled = state.snapshot(state.moderating());
    assertThat(state.snapshot(state.moderating())).isSameAs(spelled);
    told(eve(StageState.ACCEPTED));
    assertThat(state.snapshot(state.moderating()))
        .startsWith("\"v\":3,\"room\":{\"id\":\"demo\"")
        .contains("\"state\":\"accepted\"")
        .doesNotContain("hand_at");
  }
}
