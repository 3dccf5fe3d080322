package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.signal.ClientMessage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a moderator decides holds at every door. */
class ModerationTest {
  private final ClassFixture theClass = new ClassFixture();
  private final ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);

  private HttpMedia whip(String id, Role role) {
    return theClass.done(
        theClass.rooms.publish(
            ClassFixture.grant(id, role), ClassFixture.offerOf("libdatachannel")));
  }

  private static String answer(ClassFixture.Person person, long n) {
    return person.wire.answerTo(n).path("code").asText("ok");
  }

  @Test
  void aStudentWhoWasSentOffStageComesBackByNoDoor() {
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ben.say(Offers.microphoneAndCamera());
    ada.say(new ClientMessage.StageTo("ben", StageState.OFF_STAGE));
    assertThat(theClass.transports.paths.getFirst().closedBecause).isEqualTo("left the stage");

    assertThat(answer(ben, ben.say(Offers.microphoneAndCamera()))).isEqualTo("not_allowed");
    assertThatThrownBy(() -> whip("ben", Role.STUDENT)).hasMessageContaining("raise your hand");
    ben.say(new ClientMessage.Leave());
    ClassFixture.Person again = theClass.enter("ben", Role.STUDENT);
    assertThat(again.wire.last("welcome").at("/self/state").asText()).isEqualTo("off_stage");
    again.say(new ClientMessage.Leave());
    assertThatThrownBy(() -> whip("ben", Role.STUDENT)).hasMessageContaining("raise your hand");
    assertThat(theClass.told).endsWith("ben left");
  }

  @Test
  void whoIsTakenBackIsOnStageAgain() {
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ada.say(new ClientMessage.StageTo("ben", StageState.OFF_STAGE));
    ben.say(new ClientMessage.Hand(true));
    ada.say(new ClientMessage.StageTo("ben", StageState.ACCEPTED));
    assertThat(answer(ben, ben.say(Offers.microphoneAndCamera()))).isEqualTo("ok");
    ben.say(new ClientMessage.Leave());
    assertThat(theClass.enter("ben", Role.STUDENT).wire.last("welcome").at("/self/state").asText())
        .isEqualTo("on_stage");
  }

  @Test
  void aLockedClassTakesNobodyNewButThoseWhoWereThereAndWhoTeaches() {
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ClassFixture.Person eve = theClass.enter("eve", Role.VIEWER);
    ada.say(new ClientMessage.Lock(true));
    assertThat(eve.wire.last("changes").at("/room/locked").asBoolean()).isTrue();

    assertThatThrownBy(() -> theClass.enter("new", Role.STUDENT))
        .hasMessageContaining("The class is locked");
    assertThatThrownBy(() -> whip("other", Role.STUDENT)).hasMessageContaining("locked");
    assertThat(answer(eve, eve.say(new ClientMessage.Hand(true)))).isEqualTo("not_allowed");
    ben.say(new ClientMessage.Leave());
    theClass.enter("ben", Role.STUDENT);
    theClass.enter("mod", Role.MODERATOR);
    theClass.enter("viewer", Role.VIEWER);
    ada.say(new ClientMessage.Lock(false));
    theClass.enter("new", Role.STUDENT);
  }

  @Test
  void inTheWaitingRoomOneWaitsUntilOneIsAdmitted() {
    ada.say(new ClientMessage.WaitingRoom(true));
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    assertThat(ben.wire.last("welcome").at("/self/state").asText()).isEqualTo("waiting");
    assertThat(answer(ben, ben.say(Offers.microphoneAndCamera()))).isEqualTo("not_allowed");
    assertThat(answer(ben, ben.say(new ClientMessage.Chat("hello?")))).isEqualTo("not_allowed");
    assertThatThrownBy(() -> whip("ben", Role.STUDENT)).hasMessageContaining("waiting room");
    assertThat(answer(ben, ben.say(new ClientMessage.Admit("ben", true)))).isEqualTo("not_allowed");

    ada.say(new ClientMessage.Admit("ben", true));
    assertThat(answer(ben, ben.say(Offers.microphoneAndCamera()))).isEqualTo("ok");
    assertThat(answer(ada, ada.say(new ClientMessage.Admit("ben", true)))).isEqualTo("bad_state");
  }

  @Test
  void whoIsDeniedMayKnockAgainAfterAMinuteAndWhoWaitsComesInWhenTheRoomIsClosed() {
    ada.say(new ClientMessage.WaitingRoom(true));
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ClassFixture.Person eve = theClass.enter("eve", Role.STUDENT);
    ada.say(new ClientMessage.Admit("ben", false));
    assertThat(ben.wire.closeCode).isEqualTo(4001);
    assertThatThrownBy(() -> theClass.enter("ben", Role.STUDENT))
        .hasMessageContaining("knock again in 6");
    assertThatThrownBy(() -> whip("ben", Role.STUDENT)).hasMessageContaining("knock again");
    for (int half = 0; half < 2; half++) {
      theClass.loop.pass(SignalDoor.KNOCK_AGAIN_NANOS / 2_000_000);
      ada.say(new ClientMessage.Ping());
      eve.say(new ClientMessage.Ping());
    }
    assertThat(theClass.enter("ben", Role.STUDENT).wire.last("welcome").at("/self/state").asText())
        .isEqualTo("waiting");
    ada.say(new ClientMessage.WaitingRoom(false));
    assertThat(answer(eve, eve.say(Offers.microphoneAndCamera()))).isEqualTo("ok");
  }

  @Test
  void aViewerWithoutATokenWhoIsRemovedIsKnownAgainByWhatItsBrowserSays() {
    ClassFixture.Person eve = theClass.enterAnonymously("v-1", Optional.empty());
    String guest = eve.wire.last("welcome").get("guest").asText();
    ada.say(new ClientMessage.Moderate("v-1", ClientMessage.Action.REMOVE));
    assertThat(eve.wire.closeCode).isEqualTo(4003);
    assertThatThrownBy(() -> theClass.enterAsGuest("v-2", guest)).hasMessageContaining("removed");
    theClass.enterAsGuest("v-3", "g_other");
    theClass.enter("eve", Role.VIEWER);
  }

  @Test
  void aGuestCannotHaveSomebodyElseRemovedByCallingItselfSo() {
    theClass.enterAsGuest("v-1", "ben");
    theClass.enterAsGuest("v-2", "g_ben");
    ada.say(new ClientMessage.Moderate("v-1", ClientMessage.Action.REMOVE));
    ada.say(new ClientMessage.Moderate("v-2", ClientMessage.Action.REMOVE));
    theClass.enter("ben", Role.STUDENT);
    theClass.enter("g_ben", Role.STUDENT);
  }

  @Test
  void whatWasDecidedHoldsInTheSameClassOpenedAnew() {
    theClass.enter("old", Role.STUDENT);
    theClass.enter("bad", Role.STUDENT);
    theClass.enter("off", Role.STUDENT);
    theClass.enter("mod", Role.STUDENT);
    ada.say(new ClientMessage.Moderate("bad", ClientMessage.Action.REMOVE));
    ada.say(new ClientMessage.StageTo("off", StageState.OFF_STAGE));
    ada.say(new ClientMessage.Promote("mod", Role.MODERATOR));
    ada.say(new ClientMessage.Lock(true));

    ClassFixture anew = new ClassFixture(theClass.decisions);
    ClassFixture.Person old = anew.enter("old", Role.STUDENT);
    assertThat(old.wire.last("welcome").at("/self/state").asText()).isEqualTo("on_stage");
    assertThat(old.wire.last("welcome").at("/room/locked").asBoolean()).isTrue();
    assertThat(anew.enter("mod", Role.STUDENT).wire.last("welcome").at("/self/role").asText())
        .isEqualTo("moderator");
    assertThat(anew.enter("off", Role.STUDENT).wire.last("welcome").at("/self/state").asText())
        .isEqualTo("off_stage");
    assertThatThrownBy(() -> anew.enter("bad", Role.STUDENT)).hasMessageContaining("removed");
    assertThatThrownBy(() -> anew.enter("new", Role.STUDENT)).hasMessageContaining("locked");
  }

  @Test
  void aViewerMadeAStudentMayBeTakenAndAStudentMadeAViewerIsOffStageAtOnce() {
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ben.say(Offers.microphoneAndCamera());
    ada.say(new ClientMessage.Promote("ben", Role.VIEWER));
    assertThat(theClass.transports.paths.getFirst().closedBecause).isEqualTo("left the stage");
    assertThat(ben.wire.of("changes"))
        .extracting(changes -> changes.at("/participants/0/role").asText())
        .contains("viewer");
    ben.say(new ClientMessage.Leave());
    assertThatThrownBy(() -> whip("ben", Role.STUDENT)).hasMessageContaining("raise your hand");
  }

  @Test
  void onlyAnInstructorMakesAModeratorAndNobodyAnInstructor() {
    ClassFixture.Person mod = theClass.enter("mod", Role.MODERATOR);
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    assertThat(answer(mod, mod.say(new ClientMessage.Promote("ben", Role.MODERATOR))))
        .isEqualTo("not_allowed");
    assertThat(answer(ada, ada.say(new ClientMessage.Promote("ben", Role.INSTRUCTOR))))
        .isEqualTo("not_allowed");
    assertThat(answer(mod, mod.say(new ClientMessage.Promote("ada", Role.VIEWER))))
        .isEqualTo("not_allowed");
    ada.say(new ClientMessage.Promote("ben", Role.MODERATOR));
    assertThat(answer(ben, ben.say(new ClientMessage.Lock(true)))).isEqualTo("ok");
  }

  @Test
  void aDemotedModeratorComesBackByWhipAsWhatHeIsNow() {
    ClassFixture.Person mod = theClass.enter("mod", Role.MODERATOR);
    ada.say(new ClientMessage.Promote("mod", Role.VIEWER));
    mod.say(new ClientMessage.Leave());
    assertThatThrownBy(() -> whip("mod", Role.MODERATOR)).hasMessageContaining("raise your hand");
  }

  private HttpMedia follow(String id, Role role) {
    return theClass.done(
        theClass.rooms.follow(ClassFixture.grant(id, role), "ada", ClassFixture.offerOf("safari")));
  }

  @Test
  void whoStandsAtTheDoorFollowsNobody() {
    ada.say(Offers.microphoneAndCamera());
    assertThat(follow("early", Role.STUDENT).answer()).startsWith("v=0");
    ada.say(new ClientMessage.WaitingRoom(true));
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    assertThatThrownBy(() -> follow("ben", Role.STUDENT)).hasMessageContaining("waiting room");
    assertThatThrownBy(() -> follow("new", Role.STUDENT)).hasMessageContaining("waiting room");
    ada.say(new ClientMessage.Admit("ben", true));
    assertThat(follow("ben", Role.STUDENT).answer()).startsWith("v=0");

    ada.say(new ClientMessage.Lock(true));
    assertThatThrownBy(() -> follow("new", Role.STUDENT)).hasMessageContaining("locked");
    ben.say(new ClientMessage.Leave());
    assertThat(follow("ben", Role.STUDENT).answer()).startsWith("v=0");
    assertThat(follow("mod", Role.MODERATOR).answer()).startsWith("v=0");
    assertThat(follow("eve", Role.VIEWER).answer()).startsWith("v=0");
  }

  @Test
  void aRefusedOfferOverHttpLeavesNobodyOnStage() {
    ClassFixture.Person mod = theClass.enter("mod", Role.MODERATOR);
    ada.say(new ClientMessage.StageTo("mod", StageState.OFF_STAGE));
    String unspoken = ClassFixture.offerOf("libdatachannel").replace("opus/48000", "odd/48000");
    for (String id : java.util.List.of("mod", "other")) {
      assertThatThrownBy(
              () ->
                  theClass.done(
                      theClass.rooms.publish(ClassFixture.grant(id, Role.MODERATOR), unspoken)))
          .hasMessageContaining("no coding that is spoken here");
    }
    assertThat(theClass.done(theClass.rooms.participants("demo")))
        .map(p -> p.id() + " " + p.state().wireName())
        .containsExactlyInAnyOrder("ada on_stage", "mod off_stage");
    assertThat(mod.wire.closeCode).isZero();
  }

  @Test
  void whoIsRemovedLosesEveryConnectionAtOnceAndStaysOut() {
    HttpMedia ingest = whip("ben", Role.STUDENT);
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ben.say(Offers.microphoneAndCamera());
    HttpMedia following =
        theClass.done(
            theClass.rooms.follow(
                ClassFixture.grant("ben", Role.STUDENT), "ben", ClassFixture.offerOf("safari")));
    ada.say(new ClientMessage.Moderate("ben", ClientMessage.Action.REMOVE));
    theClass.loop.drain();

    assertThat(ben.wire.closeCode).isEqualTo(4003);
    assertThat(theClass.transports.paths).allMatch(path -> path.closedBecause != null);
    assertThat(theClass.rooms.httpMedia(ingest.id())).isEmpty();
    assertThat(theClass.rooms.httpMedia(following.id())).isEmpty();
    assertThatThrownBy(() -> theClass.enter("ben", Role.STUDENT)).hasMessageContaining("removed");
    assertThatThrownBy(() -> whip("ben", Role.STUDENT)).hasMessageContaining("removed");
    assertThatThrownBy(() -> ben.enter(Optional.of(new ClientMessage.Resume("s_1", 0))))
        .hasMessageContaining("removed");
  }

  @Test
  void aRemovalHoldsAtOnceAndIsAnsweredWhenItIsKept() {
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    theClass.keeping = new CompletableFuture<>();
    int before = ada.wire.of("ok").size();
    ada.say(new ClientMessage.Moderate("ben", ClientMessage.Action.REMOVE));
    theClass.loop.drain();
    assertThat(ben.wire.closeCode).isEqualTo(4003);
    assertThat(ada.wire.of("ok")).hasSize(before);

    theClass.keeping.complete(null);
    theClass.loop.drain();
    assertThat(ada.wire.of("ok")).hasSize(before + 1);
  }

  @Test
  void whatIsModeratedAndWhatIsRefusedIsAudited() {
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ben.say(new ClientMessage.Lock(true));
    ada.say(new ClientMessage.Moderate("ben", ClientMessage.Action.MUTE));
    ada.say(new ClientMessage.Moderate("ghost", ClientMessage.Action.REMOVE));
    ada.say(new ClientMessage.Chat("not a matter of the log"));
    assertThat(theClass.acts)
        .containsExactly(
            "ben lock  not_allowed",
            "ada moderate mute ben ok",
            "ada moderate remove ghost unknown_participant");
  }

  @Test
  void theHundredAndFirstHandHasToWait() {
    for (int i = 0; i < 100; i++) {
      theClass.enter("v" + i, Role.VIEWER).say(new ClientMessage.Hand(true));
    }
    ClassFixture.Person late = theClass.enter("late", Role.VIEWER);
    assertThat(answer(late, late.say(new ClientMessage.Hand(true)))).isEqualTo("too_many");
  }
}
