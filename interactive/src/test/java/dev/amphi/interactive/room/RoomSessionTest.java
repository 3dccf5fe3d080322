package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amphi.interactive.api.PictureChange;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.signal.ClientMessage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sockets that break, come again, are replaced or fall silent. */
class RoomSessionTest {
  private final ClassFixture theClass = new ClassFixture();

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
    ada.say(Offers.microphoneAndCamera());
    RecordingWire older = ada.wire;
    ada.enter(Optional.empty());
    assertThat(older.closeCode).isEqualTo(4002);
    assertThat(theClass.transports.paths.getFirst().closedBecause).contains("replaced");
    assertThat(theClass.told).doesNotContain("ada left");
    theClass.loop.pass(40_000);
    assertThat(theClass.told).doesNotContain("ada left");
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
  void aCommandThatFailsInsideIsAnswered() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    long n = ada.say(new ClientMessage.Layout(PictureChange.layout("broken", Optional.empty())));
    assertThat(ada.wire.answerTo(n).get("status").asInt()).isEqualTo(500);
    assertThat(ada.wire.answerTo(n).get("code").asText()).isEqualTo("unavailable");
  }
}
