package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amphi.interactive.api.PictureChange;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.signal.ClientMessage;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Who is in a room, what they may, and what everybody is told. */
class RoomTest {
  private final ClassFixture theClass = new ClassFixture();

  @Test
  void welcomesAnInstructorOnStageAndAViewerOffStage() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ClassFixture.Person eve = theClass.enter("eve", Role.VIEWER);
    JsonNode welcome = eve.wire.messages.getFirst();
    assertThat(welcome.get("type").asText()).isEqualTo("welcome");
    assertThat(welcome.get("re").asLong()).isEqualTo(1);
    assertThat(welcome.at("/self/state").asText()).isEqualTo("off_stage");
    assertThat(welcome.at("/participants/0/id").asText()).isEqualTo("ada");
    assertThat(welcome.at("/participants")).hasSize(1);
    assertThat(ada.wire.last("welcome").at("/self/state").asText()).isEqualTo("on_stage");
  }

  @Test
  void tellsTheRelaysToWhoMayPublishAndToNobodyElse() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ClassFixture.Person eve = theClass.enter("eve", Role.VIEWER);
    JsonNode relay = ada.wire.messages.getFirst().at("/iceServers/0");
    assertThat(relay.at("/urls/0").asText()).isEqualTo("turn:turn.example.org");
    assertThat(relay.get("username").asText()).isEqualTo("1:demo/ada");
    assertThat(relay.get("credential").asText()).isEqualTo("x");
    assertThat(eve.wire.messages.getFirst().get("iceServers")).isEmpty();

    eve.say(new ClientMessage.Hand(true));
    ada.say(new ClientMessage.StageTo("eve", StageState.ACCEPTED));
    assertThat(eve.wire.last("ice_servers").at("/iceServers/0/username").asText())
        .isEqualTo("1:demo/eve");
  }

  @Test
  void aHandLeadsOverAcceptedAndBackstageToTheStageAndBack() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ClassFixture.Person eve = theClass.enter("eve", Role.VIEWER);

    eve.say(new ClientMessage.Hand(true));
    assertThat(ada.wire.last("changes").at("/participants/0/hand_at").asText()).isNotEmpty();
    long early = eve.say(Offers.microphoneAndCamera());
    assertThat(eve.wire.answerTo(early).get("code").asText()).isEqualTo("not_allowed");

    ada.say(new ClientMessage.StageTo("eve", StageState.ACCEPTED));
    long offered = eve.say(Offers.microphoneAndCamera());
    assertThat(eve.wire.answerTo(offered).get("answer").asText()).startsWith("v=0\r\n");
    assertThat(eve.wire.answerTo(offered).get("tracks")).hasSize(2);
    assertThat(ada.wire.last("changes").at("/participants/0/state").asText())
        .isEqualTo("backstage");

    ada.say(new ClientMessage.StageTo("eve", StageState.ON_STAGE));
    assertThat(theClass.told).contains("eve on_stage 2");
    ada.say(new ClientMessage.StageTo("eve", StageState.OFF_STAGE));
    assertThat(theClass.told).endsWith("eve off_stage 0");
    assertThat(theClass.transports.paths.getFirst().closedBecause).isEqualTo("left the stage");
  }

  @Test
  void aViewerCannotBringItselfOnStage() {
    ClassFixture.Person eve = theClass.enter("eve", Role.VIEWER);
    long n = eve.say(new ClientMessage.StageTo("eve", StageState.ON_STAGE));
    assertThat(eve.wire.answerTo(n).get("status").asInt()).isEqualTo(409);
    theClass.enter("ada", Role.INSTRUCTOR);
    long other = eve.say(new ClientMessage.StageTo("ada", StageState.OFF_STAGE));
    assertThat(eve.wire.answerTo(other).get("code").asText()).isEqualTo("not_allowed");
  }

  @Test
  void whoWasRemovedStaysOut() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ClassFixture.Person eve = theClass.enter("eve", Role.STUDENT);
    ada.say(new ClientMessage.Moderate("eve", ClientMessage.Action.REMOVE));
    assertThat(eve.wire.closeCode).isEqualTo(4003);
    assertThatThrownBy(() -> eve.enter(Optional.empty()))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(Refusal.class)
        .hasMessageContaining("removed from this class");
  }

  @Test
  void moreThanTwentyCommandsASecondAreTooMany() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    for (int i = 0; i < 20; i++) {
      ada.say(new ClientMessage.Hand(true));
    }
    assertThat(ada.wire.last("error").get("code").asText()).isEqualTo("not_allowed");
    ada.say(new ClientMessage.Hand(true));
    assertThat(ada.wire.last("error").get("code").asText()).isEqualTo("too_many");
    theClass.loop.pass(1000);
    long n = ada.say(new ClientMessage.Chat("again"));
    assertThat(ada.wire.answerTo(n).get("type").asText()).isEqualTo("ok");
  }

  @Test
  void theSixthChatInFiveSecondsIsTooMany() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    for (int i = 0; i < 6; i++) {
      ada.say(new ClientMessage.Chat("x"));
    }
    assertThat(ada.wire.of("chat")).hasSize(5);
    assertThat(ada.wire.last("error").get("code").asText()).isEqualTo("too_many");
  }

  @Test
  void newcomersGetTheLastFiftyChats() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    for (int i = 0; i < 60; i++) {
      ada.say(new ClientMessage.Chat("line " + i));
      theClass.loop.pass(1_100);
    }
    JsonNode chat = theClass.enter("eve", Role.VIEWER).wire.messages.getFirst().get("chat");
    assertThat(chat).hasSize(50);
    assertThat(chat.get(0).get("text").asText()).isEqualTo("line 10");
  }

  @Test
  void classCommandsAreAnsweredByTheDesk() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    long live = ada.say(new ClientMessage.Live(true));
    assertThat(ada.wire.answerTo(live).at("/room/live").asBoolean()).isTrue();
    long layout =
        ada.say(new ClientMessage.Layout(PictureChange.layout("spiral", Optional.empty())));
    assertThat(ada.wire.answerTo(layout).get("detail").asText())
        .isEqualTo("There is no layout 'spiral'.");
  }

  @Test
  void countsViewersAndTellsTheRoom() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    theClass.enter("eve", Role.VIEWER);
    theClass.enter("bob", Role.VIEWER).loseSocket(true);
    theClass.loop.pass(200);
    assertThat(ada.wire.last("changes").at("/room/viewers").asInt()).isEqualTo(1);
    assertThat(theClass.told).contains("viewers 1", "bob left");
  }

  @Test
  void closingTellsEverybodyWhy() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    theClass.rooms.close("demo", "The class has ended.");
    theClass.loop.drain();
    assertThat(ada.wire.last("closing").get("detail").asText()).isEqualTo("The class has ended.");
    assertThat(ada.wire.closeCode).isEqualTo(1000);
  }

  @Test
  void ofAClassThatClapsAtOnceSomeIsToldAndAllIsAnswered() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    for (int i = 0; i < 50; i++) {
      ClassFixture.Person eve = theClass.enter("eve" + i, Role.VIEWER);
      long n = eve.say(new ClientMessage.Reaction("x"));
      assertThat(eve.wire.answerTo(n).get("type").asText()).isEqualTo("ok");
    }
    assertThat(ada.wire.of("reaction")).hasSize(Gestures.REACTIONS);
    theClass.loop.pass(1_000);
    theClass.enter("late", Role.VIEWER).say(new ClientMessage.Reaction("x"));
    assertThat(ada.wire.of("reaction")).hasSize(Gestures.REACTIONS + 1);
  }

  @Test
  void aClassThatWritesTooMuchHasToWait() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    for (int i = 0; i < Commands.CHATS; i++) {
      theClass.enter("eve" + i, Role.VIEWER).say(new ClientMessage.Chat("hello"));
    }
    long n = ada.say(new ClientMessage.Chat("quiet!"));
    assertThat(ada.wire.answerTo(n).get("code").asText()).isEqualTo("too_many");
    assertThat(ada.wire.of("chat")).hasSize(Commands.CHATS);
    theClass.loop.pass(1_000);
    n = ada.say(new ClientMessage.Chat("quiet!"));
    assertThat(ada.wire.answerTo(n).get("type").asText()).isEqualTo("ok");
  }

  @Test
  void nobodyIsPutInTheSpotlightWhoIsNotThere() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    long n = ada.say(new ClientMessage.Layout(PictureChange.layout("grid", Optional.of("ghost"))));
    assertThat(ada.wire.answerTo(n).get("status").asInt()).isEqualTo(404);
    assertThat(ada.wire.answerTo(n).get("detail").asText()).contains("'ghost'");
    n = ada.say(new ClientMessage.Layout(PictureChange.layout("grid", Optional.of("ada"))));
    assertThat(ada.wire.answerTo(n).get("code").asText()).isEqualTo("malformed");
  }
}
