package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.signal.ClientMessage;
import dev.amphi.interactive.transport.RemoteParameters;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class RoomTest {
  private final ClassFixture theClass = new ClassFixture();

  private static ClientMessage.Offer offer() {
    return new ClientMessage.Offer(
        ClassFixture.offerOf("chromium-plain"),
        Map.of("0", Source.MICROPHONE, "1", Source.CAMERA),
        Map.of());
  }

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
    long early = eve.say(offer());
    assertThat(eve.wire.answerTo(early).get("code").asText()).isEqualTo("not_allowed");

    ada.say(new ClientMessage.StageTo("eve", StageState.ACCEPTED));
    long offered = eve.say(offer());
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
  void resumesWithinHalfAMinuteAndHearsWhatItMissed() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ClassFixture.Person eve = theClass.enter("eve", Role.VIEWER);
    theClass.loop.pass(1000);
    long last = eve.wire.messages.getLast().get("n").asLong();
    String session = eve.wire.messages.getFirst().get("session").asText();
    eve.loseSocket(false);
    ada.say(new ClientMessage.Chat("while you were away"));
    theClass.loop.pass(20_000);

    eve.enter(Optional.of(new ClientMessage.Resume(session, last)));
    assertThat(eve.wire.messages.getFirst().get("type").asText()).isEqualTo("welcome");
    assertThat(eve.wire.messages.getFirst().get("resumed").asBoolean()).isTrue();
    assertThat(eve.wire.last("chat").get("n").asLong()).isGreaterThan(last);
    assertThat(eve.wire.last("chat").get("text").asText()).isEqualTo("while you were away");
  }

  @Test
  void somebodyWithoutATokenIsKnownAgainByTheSession() {
    ClassFixture.Person first = theClass.enterAnonymously("anonymous-1", Optional.empty());
    first.say(new ClientMessage.Hand(true));
    String session = first.wire.messages.getFirst().get("session").asText();
    long last = first.wire.messages.getLast().get("n").asLong();
    first.loseSocket(false);

    ClassFixture.Person again =
        theClass.enterAnonymously(
            "anonymous-2", Optional.of(new ClientMessage.Resume(session, last)));
    JsonNode welcome = again.wire.messages.getFirst();
    assertThat(welcome.get("resumed").asBoolean()).isTrue();
    assertThat(welcome.at("/self/id").asText()).isEqualTo("anonymous-1");
    assertThat(welcome.at("/self/state").asText()).isEqualTo("requested");
  }

  @Test
  void aCommandThatIsSentTwiceRunsOnce() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ada.say(7, new ClientMessage.Chat("once"));
    ada.say(7, new ClientMessage.Chat("once"));
    assertThat(ada.wire.of("chat")).hasSize(1);
  }

  @Test
  void leavesAfterTheGracePeriod() {
    theClass.enter("ada", Role.INSTRUCTOR).loseSocket(false);
    theClass.loop.pass(29_000);
    assertThat(theClass.told).doesNotContain("ada left");
    theClass.loop.pass(2_000);
    assertThat(theClass.told).contains("ada left");
  }

  @Test
  void theSameParticipantOnAnotherConnectionClosesTheOlder() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ada.say(offer());
    RecordingWire older = ada.wire;
    ada.enter(Optional.empty());
    assertThat(older.closeCode).isEqualTo(4002);
    assertThat(theClass.transports.paths.getFirst().closedBecause).contains("replaced");
    assertThat(theClass.told).doesNotContain("ada left");
    theClass.loop.pass(40_000);
    assertThat(theClass.told).doesNotContain("ada left");
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
    long layout = ada.say(new ClientMessage.Layout("spiral", Optional.empty()));
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
  void anOfferThatCannotBeReadHarmsNobody() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    long n = ada.say(new ClientMessage.Offer("nonsense", Map.of(), Map.of()));
    assertThat(ada.wire.answerTo(n).get("code").asText()).isEqualTo("bad_sdp");
    assertThat(theClass.transports.paths).isEmpty();
    long good = ada.say(offer());
    assertThat(ada.wire.answerTo(good).get("type").asText()).isEqualTo("ok");
  }

  @Test
  void anIceRestartGoesOnOverTheSamePath() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    long first = ada.say(offer());
    long second =
        ada.say(
            new ClientMessage.Offer(
                offer().sdp().replaceAll("a=ice-ufrag:.*", "a=ice-ufrag:Other"),
                offer().publish(),
                Map.of()));
    assertThat(theClass.transports.paths).hasSize(1);
    assertThat(theClass.transports.paths.getFirst().remote)
        .extracting(RemoteParameters::ufrag)
        .isEqualTo("Other");
    assertThat(ada.wire.answerTo(second).get("answer").asText())
        .as("an answer to an ICE restart brings new credentials of this side too")
        .contains("a=ice-ufrag:ufrg2\r\n");
    assertThat(ada.wire.answerTo(first).get("answer").asText()).contains("a=ice-ufrag:ufrg1\r\n");
    assertThat(ada.wire.answerTo(second).get("tracks"))
        .isEqualTo(ada.wire.answerTo(first).get("tracks"));
  }

  @Test
  void anotherPeerConnectionGetsAnotherPathAndKeepsTheTracks() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    long first = ada.say(offer());
    ClientMessage.Offer restart =
        new ClientMessage.Offer(
            offer().sdp().replaceAll("a=fingerprint:.*", "a=fingerprint:sha-256 AB:CD"),
            offer().publish(),
            Map.of());
    long second = ada.say(restart);
    assertThat(theClass.transports.paths).hasSize(2);
    assertThat(theClass.transports.paths.getFirst().closedBecause)
        .as("the old path says goodbye only when the answer has long been read")
        .isNull();
    theClass.loop.pass(3_100);
    assertThat(theClass.transports.paths.getFirst().closedBecause)
        .isEqualTo("replaced by another peer connection");
    assertThat(theClass.told).endsWith("ada on_stage 2");
    assertThat(ada.wire.answerTo(second).get("tracks"))
        .isEqualTo(ada.wire.answerTo(first).get("tracks"));
  }

  @Test
  void aPathThatDoesNotComeUpIsGivenUp() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ada.say(offer());
    theClass.loop.pass(31_000);
    assertThat(theClass.told).endsWith("ada on_stage 0");
    assertThat(ada.wire.last("changes").at("/participants/0/tracks")).isEmpty();
  }

  @Test
  void aSenderOverHttpIsOnStageUntilItIsDeleted() {
    HttpMedia media =
        theClass.done(
            theClass.rooms.publish(
                ClassFixture.grant("obs", Role.INSTRUCTOR),
                ClassFixture.offerOf("libdatachannel")));
    assertThat(theClass.told).contains("obs on_stage 2");
    assertThat(theClass.rooms.httpMedia(media.id())).isPresent();
    media.end().run();
    theClass.loop.drain();
    assertThat(theClass.told).endsWith("obs left");
    assertThat(theClass.rooms.httpMedia(media.id())).isEmpty();
  }

  @Test
  void aViewersTokenCannotPublishOverHttp() {
    assertThatThrownBy(
            () ->
                theClass.done(
                    theClass.rooms.publish(
                        ClassFixture.grant("eve", Role.VIEWER),
                        ClassFixture.offerOf("libdatachannel"))))
        .hasMessageContaining("A viewer's token cannot publish");
    assertThat(theClass.told).noneMatch(line -> line.startsWith("eve"));
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
  void aViewersTokenFollowsNobodyBackstage() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ClassFixture.Person sam = theClass.enter("sam", Role.STUDENT);
    sam.say(offer());
    String receiving = ClassFixture.offerOf("safari");
    ada.say(new ClientMessage.StageTo("sam", StageState.BACKSTAGE));

    assertThatThrownBy(
            () ->
                theClass.done(
                    theClass.rooms.follow(
                        ClassFixture.grant("eve", Role.VIEWER), "sam", receiving)))
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("'sam' is 'backstage'");

    ada.say(new ClientMessage.StageTo("sam", StageState.ON_STAGE));
    assertThat(
            theClass
                .done(
                    theClass.rooms.follow(ClassFixture.grant("eve", Role.VIEWER), "sam", receiving))
                .answer())
        .startsWith("v=0");
  }

  @Test
  void whoSaysNothingIsAskedThoughMuchIsTold() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ClassFixture.Person eve = theClass.enter("eve", Role.VIEWER);
    for (int second = 0; second < 100; second += 5) {
      theClass.loop.pass(5_000);
      ada.say(new ClientMessage.Chat("going on"));
      if (!eve.wire.of("ping").isEmpty()) {
        eve.wire.messages.clear();
        eve.say(new ClientMessage.Pong());
      }
    }
    assertThat(eve.wire.closeCode).isEqualTo(0);
    theClass.loop.pass(20_000);
    assertThat(eve.wire.of("ping")).hasSize(1);
    theClass.loop.pass(30_000);
    assertThat(eve.wire.closeCode).isEqualTo(4008);
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
  void whoComesBackAnewIsNotShownAway() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ben.loseSocket(false);
    theClass.loop.pass(5_000);
    assertThat(ada.wire.last("changes").at("/participants/0/away").asBoolean()).isTrue();
    ben.enter(Optional.empty());
    theClass.loop.pass(1_000);
    assertThat(ben.wire.last("welcome").at("/self/away").asBoolean()).isFalse();
    assertThat(ada.wire.last("changes").at("/participants/0/away").asBoolean()).isFalse();
  }

  @Test
  void nobodyIsPutInTheSpotlightWhoIsNotThere() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    long n = ada.say(new ClientMessage.Layout("grid", Optional.of("ghost")));
    assertThat(ada.wire.answerTo(n).get("status").asInt()).isEqualTo(404);
    assertThat(ada.wire.answerTo(n).get("detail").asText()).contains("'ghost'");
    n = ada.say(new ClientMessage.Layout("grid", Optional.of("ada")));
    assertThat(ada.wire.answerTo(n).get("code").asText()).isEqualTo("malformed");
  }

  @Test
  void aPeerConnectionThatFailsInsideStopsNobodyElse() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ada.say(offer());
    ben.say(offer());
    FakeTransports.Path first = theClass.transports.paths.getFirst();
    FakeTransports.Path second = theClass.transports.paths.getLast();
    first.listener.connected();
    second.listener.connected();
    second.broken = true;
    int sent = first.sentRtcp.size();
    theClass.loop.pass(20_000);
    assertThat(first.closedBecause).isNull();
    assertThat(first.sentRtcp).hasSizeGreaterThan(sent);
    assertThat(ada.wire.last("ping")).isNotNull();
  }

  @Test
  void aPeerConnectionThatGoesOnFailingInsideEndsAndMayBeMadeAgain() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ada.say(offer());
    ben.say(offer());
    FakeTransports.Path second = theClass.transports.paths.getLast();
    theClass.transports.paths.forEach(path -> path.listener.connected());
    theClass.loop.pass(2_000);
    assertThat(second.closedBecause).as("while nothing fails").isNull();

    second.broken = true;
    theClass.loop.pass(20_000);

    assertThat(second.closedBecause).isEqualTo("failed inside");
    assertThat(theClass.transports.paths.getFirst().closedBecause).isNull();
    ben.say(offer());
    assertThat(theClass.transports.paths).hasSize(3);
    FakeTransports.Path third = theClass.transports.paths.getLast();
    third.listener.connected();
    theClass.loop.pass(20_000);
    assertThat(third.closedBecause).isNull();
  }

  @Test
  void aCommandThatFailsInsideIsAnswered() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    long n = ada.say(new ClientMessage.Layout("broken", Optional.empty()));
    assertThat(ada.wire.answerTo(n).get("status").asInt()).isEqualTo(500);
    assertThat(ada.wire.answerTo(n).get("code").asText()).isEqualTo("unavailable");
  }
}
