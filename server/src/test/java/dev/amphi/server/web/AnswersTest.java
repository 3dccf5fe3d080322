package dev.amphi.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.ProgramNotice;
import dev.amphi.interactive.api.RecordingNotice;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.SlidesUp;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final RoomStatus DIRECTED =
      new RoomStatus(
          "maths",
          "Maths",
          "live",
          "open",
          true,
          false,
          "grid",
          "ada",
          List.of("ben"),
          1,
          null,
          null,
          Optional.of(new SlidesUp("d1", 2, 9, "marks of 9b.pdf", "Lenses", 1280, 720)),
          new ProgramNotice("preset", List.of("t1"), List.of("t2"), 1),
          false,
          true,
          new RecordingNotice(false, "The disk is nearly full.", ""),
          List.of("YouTube", ""));

  @Test
  void thoseInsideAreToldHowTheTeacherRunsTheClass() {
    JsonObject seen = Answers.room(DIRECTED, 3, true);
    assertThat(seen.getString("spotlight")).isEqualTo("ada");
    assertThat(seen.getJsonArray("hidden").encode()).isEqualTo("[\"ben\"]");
    assertThat(seen.getJsonObject("slides").getString("name")).isEqualTo("marks of 9b.pdf");
    assertThat(seen.getJsonObject("program").encode())
        .isEqualTo(
            "{\"without\":\"preset\",\"restarts\":1,\"shut_out\":[\"t1\"],\"resting\":[\"t2\"]}");
    assertThat(seen.getJsonObject("recording_notice").encode())
        .isEqualTo(
            "{\"failed\":false,\"detail\":\"The disk is nearly full.\",\"stored_detail\":\"\"}");
  }

  @Test
  void thoseOutsideAreNot() {
    String seen = Answers.room(DIRECTED, 3, false).encode();
    assertThat(seen)
        .contains("\"page\":2", "\"name\":\"\"", "\"title\":\"Lenses\"", "\"viewers\":3")
        .contains("\"pushes\":[\"YouTube\",\"\"]", "\"recording_tracks\":true")
        .doesNotContain("ada", "ben", "marks", "hidden", "spotlight", "program", "disk");
  }
}
