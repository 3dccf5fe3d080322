package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Right;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.signal.ClientMessage;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a token says ends with it, and what it does not grant is not done. */
class ExpiryTest {
  private final ClassFixture theClass = new ClassFixture();

  private Grant until(String id, Role role, int seconds, Set<Right> rights) {
    return new Grant(
        id, id, "demo", role, theClass.loop.now().plus(Duration.ofSeconds(seconds)), rights);
  }

  private static String answer(ClassFixture.Person person, ClientMessage message) {
    return person.wire.answerTo(person.say(message)).path("code").asText("ok");
  }

  private void pass(ClassFixture.Person person, int seconds) {
    for (int i = 0; i < seconds; i += 10) {
      theClass.loop.pass(10_000);
      person.say(new ClientMessage.Ping());
    }
  }

  @Test
  void whoseTokenRunsOutIsToldAMinuteBeforeAndClosedWithItsMediaWhenItHas() {
    ClassFixture.Person ben = theClass.enter(until("ben", Role.STUDENT, 95, Right.ALL));
    ben.say(Offers.microphoneAndCamera());
    theClass.transports.paths.getFirst().listener.connected();
    pass(ben, 30);
    assertThat(ben.wire.of("token_expiring")).isEmpty();
    pass(ben, 10);
    assertThat(ben.wire.of("token_expiring")).hasSize(1);
    assertThat(ben.wire.last("token_expiring").get("in_s").asInt()).isBetween(55, 61);
    pass(ben, 50);
    assertThat(ben.wire.of("token_expiring")).hasSize(1);
    assertThat(ben.wire.closeCode).isZero();
    theClass.loop.pass(5_200);
    assertThat(ben.wire.closeCode).isEqualTo(4004);
    assertThat(ben.wire.last("closing").get("detail").asText()).contains("expired");
    assertThat(theClass.transports.paths.getFirst().closedBecause).contains("expired");
  }

  @Test
  void aNewerTokenKeepsSomebodyIn() {
    ClassFixture.Person ben = theClass.enter(until("ben", Role.STUDENT, 30, Right.ALL));
    ben.say(Offers.microphoneAndCamera());
    theClass.loop.pass(1_000);
    assertThat(ben.wire.of("token_expiring")).hasSize(1);
    theClass.tokens.put("newer", until("ben", Role.STUDENT, 100, Right.ALL));
    assertThat(answer(ben, new ClientMessage.Token("newer"))).isEqualTo("ok");
    pass(ben, 90);
    assertThat(ben.wire.closeCode).isZero();
    assertThat(ben.wire.of("token_expiring")).hasSize(2);
    theClass.loop.pass(12_000);
    assertThat(ben.wire.closeCode).isEqualTo(4004);
  }

  @Test
  void somebodyElsesTokenAndABadOneChangeNothing() {
    ClassFixture.Person ben = theClass.enter(until("ben", Role.STUDENT, 30, Right.ALL));
    theClass.tokens.put("eves", until("eve", Role.INSTRUCTOR, 100, Right.ALL));
    assertThat(answer(ben, new ClientMessage.Token("eves"))).isEqualTo("not_allowed");
    assertThat(answer(ben, new ClientMessage.Token("forged"))).isEqualTo("unauthorized");
    theClass.loop.pass(31_000);
    assertThat(ben.wire.closeCode).isEqualTo(4004);
  }

  @Test
  void aNewerTokenWithALesserRoleLeadsOffTheStageAtOnce() {
    ClassFixture.Person ben = theClass.enter(until("ben", Role.STUDENT, 100, Right.ALL));
    ben.say(Offers.microphoneAndCamera());
    theClass.tokens.put("viewer", until("ben", Role.VIEWER, 100, Right.ALL));
    assertThat(answer(ben, new ClientMessage.Token("viewer"))).isEqualTo("ok");
    assertThat(theClass.transports.paths.getFirst().closedBecause).isEqualTo("left the stage");
    assertThat(answer(ben, Offers.microphoneAndCamera())).isEqualTo("not_allowed");
  }

  @Test
  void mediaOverHttpEndsWithItsOwnToken() throws Exception {
    Grant ben = until("ben", Role.STUDENT, 20, Right.ALL);
    HttpMedia whip =
        theClass.done(theClass.rooms.publish(ben, ClassFixture.offerOf("libdatachannel")));
    HttpMedia longer =
        theClass.done(
            theClass.rooms.publish(
                until("eve", Role.STUDENT, 20, Right.ALL), ClassFixture.offerOf("libdatachannel")));
    longer.credential().renew(until("eve", Role.STUDENT, 60, Right.ALL));
    theClass.loop.pass(20_200);
    assertThat(theClass.rooms.httpMedia(whip.id())).isEmpty();
    assertThat(theClass.transports.paths.getFirst().closedBecause).isNotNull();
    assertThat(theClass.told).contains("ben left");
    assertThat(theClass.rooms.httpMedia(longer.id())).isPresent();
  }

  @Test
  void aTokenThatMayNotPublishKeepsNobodysCameraOn() throws Exception {
    HttpMedia whip =
        theClass.done(
            theClass.rooms.publish(
                until("ben", Role.STUDENT, 20, Right.ALL), ClassFixture.offerOf("libdatachannel")));
    Grant viewer = until("ben", Role.VIEWER, 60, Right.ALL);
    assertThatThrownBy(() -> whip.credential().renew(viewer)).hasMessageContaining("viewer's");
    Grant sound = until("ben", Role.STUDENT, 60, EnumSet.of(Right.MICROPHONE));
    assertThatThrownBy(() -> whip.credential().renew(sound)).hasMessageContaining("'camera'");
    theClass.loop.pass(20_200);
    assertThat(theClass.rooms.httpMedia(whip.id())).isEmpty();
  }

  @Test
  void whatTheTokenDoesNotGrantIsRefusedWhateverTheRole() {
    Set<Right> sound = EnumSet.of(Right.MICROPHONE, Right.MODERATE);
    ClassFixture.Person ada = theClass.enter(until("ada", Role.INSTRUCTOR, 100, sound));
    theClass.enter("ben", Role.STUDENT);
    assertThat(answer(ada, Offers.microphoneAndCamera())).isEqualTo("not_allowed");
    assertThat(
            answer(
                ada,
                new ClientMessage.Offer(
                    ClassFixture.offerOf("chromium-plain"),
                    Map.of("0", Source.MICROPHONE),
                    Map.of())))
        .isEqualTo("ok");
    assertThat(answer(ada, new ClientMessage.Chat("hello"))).isEqualTo("not_allowed");
    assertThat(answer(ada, new ClientMessage.Recording(true))).isEqualTo("not_allowed");
    assertThat(answer(ada, new ClientMessage.Lock(true))).isEqualTo("ok");

    ClassFixture.Person mute = theClass.enter(until("mod", Role.MODERATOR, 100, Set.of()));
    for (ClientMessage moderation :
        new ClientMessage[] {
          new ClientMessage.Lock(false),
          new ClientMessage.End(),
          new ClientMessage.Moderate("ben", ClientMessage.Action.REMOVE),
          new ClientMessage.StageTo("ben", dev.amphi.interactive.api.StageState.OFF_STAGE)
        }) {
      assertThat(answer(mute, moderation)).isEqualTo("not_allowed");
    }
    assertThatThrownBy(
            () ->
                theClass.done(
                    theClass.rooms.publish(
                        until("obs", Role.INSTRUCTOR, 100, EnumSet.of(Right.CAMERA)),
                        ClassFixture.offerOf("libdatachannel"))))
        .hasMessageContaining("grants do not have");
  }
}
