package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amphi.interactive.api.ProgramNotice;
import dev.amphi.interactive.api.RecordingNotice;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.signal.ClientMessage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a teacher runs the class is told to those who moderate, and on stage of oneself. */
class InsideViewTest {
  private final ClassFixture theClass = new ClassFixture();
  private final ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
  private final ClassFixture.Person eve = theClass.enterAnonymously("eve", Optional.empty());

  private void hide(String id) {
    theClass.rooms.update(
        new RoomStatus(
            "demo",
            "Demo",
            "lobby",
            "open",
            false,
            false,
            "speaker",
            "",
            List.of(id),
            1,
            null,
            null,
            Optional.empty(),
            trouble,
            false,
            false,
            new RecordingNotice(true, "The disk is full.", ""),
            List.of("YouTube")));
    theClass.loop.drain();
  }

  private ProgramNotice trouble = new ProgramNotice("frame_rate", List.of(), 0);

  private static List<JsonNode> rooms(ClassFixture.Person person) {
    return person.wire.of("changes").stream()
        .filter(changes -> changes.has("room"))
        .map(changes -> changes.get("room"))
        .toList();
  }

  @Test
  void aViewerIsNotToldWhomTheTeacherHidesNorHowTheProgramDoes() {
    hide("ben");
    assertThat(rooms(ada).getLast().toString())
        .contains("\"hidden\":[\"ben\"]")
        .contains("\"without\":\"frame_rate\"")
        .contains("\"recording_notice\":{\"failed\":true,\"detail\":\"The disk is full.\"")
        .contains("\"pushes\":[\"YouTube\"]");
    assertThat(eve.wire.messages.toString())
        .contains("\"pushes\":[\"YouTube\"]")
        .doesNotContain("hidden", "spotlight", "frame_rate", "disk");
    assertThat(theClass.enter("vic", Role.VIEWER).wire.last("welcome").get("room").toString())
        .contains("\"title\":\"Demo\"")
        .doesNotContain("hidden", "spotlight", "program");
  }

  @Test
  void onTheWayToTheStageItIsToldOfItselfAndOffTheStageForgetsIt() {
    hide("eve");
    eve.say(new ClientMessage.Hand(true));
    assertThat(eve.wire.messages.toString()).doesNotContain("hidden");
    ada.say(new ClientMessage.StageTo("eve", StageState.ACCEPTED));
    assertThat(rooms(eve).getLast().at("/hidden/0").asText()).isEqualTo("eve");
    assertThat(eve.wire.messages.toString()).doesNotContain("disk");
    theClass.loop.pass(2_000);
    hide("ben");
    assertThat(rooms(eve).getLast().get("hidden").isEmpty()).isTrue();
    int told = rooms(eve).size();
    hide("dora");
    assertThat(rooms(ada).getLast().at("/hidden/0").asText()).isEqualTo("dora");
    assertThat(rooms(eve)).hasSize(told);
    assertThat(eve.wire.messages.toString()).doesNotContain("ben", "dora", "frame_rate");

    theClass.loop.pass(2_000);
    ada.say(new ClientMessage.StageTo("eve", StageState.OFF_STAGE));
    assertThat(rooms(eve).getLast().get("hidden").isNull()).isTrue();
    told = rooms(eve).size();
    hide("carl");
    assertThat(rooms(ada).getLast().at("/hidden/0").asText()).isEqualTo("carl");
    assertThat(rooms(eve)).hasSize(told);
  }

  @Test
  void whoModeratesNoMoreAsTheProgramRecoversForgetsItsTrouble() {
    ClassFixture.Person mia = theClass.enter("mia", Role.VIEWER);
    ada.say(new ClientMessage.Promote("mia", Role.MODERATOR));
    hide("ben");
    assertThat(rooms(mia).getLast().at("/program/without").asText()).isEqualTo("frame_rate");
    for (int i = 0; i < SignalFeed.BURST; i++) {
      hide("x" + i); // what follows is told together
    }
    ada.say(new ClientMessage.Promote("mia", Role.VIEWER));
    trouble = ProgramNotice.NONE;
    hide("ben");
    theClass.loop.pass(2_000);
    JsonNode last = rooms(mia).getLast();
    assertThat(last.get("program").isNull()).isTrue();
    assertThat(last.get("hidden").isNull()).isTrue();
  }

  @Test
  void whoWaitsAtTheDoorIsNotInsideUntilAdmitted() {
    hide("sam");
    ada.say(new ClientMessage.WaitingRoom(true));
    ClassFixture.Person sam = theClass.enter("sam", Role.STUDENT);
    assertThat(sam.wire.messages.toString()).doesNotContain("hidden");
    ada.say(new ClientMessage.Admit("sam", true));
    assertThat(rooms(sam).getLast().at("/hidden/0").asText()).isEqualTo("sam");
  }
}
