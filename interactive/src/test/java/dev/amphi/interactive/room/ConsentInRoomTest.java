package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.interactive.api.Consent;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Right;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.signal.ClientDecoder;
import dev.amphi.interactive.signal.ClientMessage;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who says what about being in the program, and how long it holds. */
class ConsentInRoomTest {
  private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

  private final ClassFixture theClass = new ClassFixture();

  private static Grant without(String id, Role role) {
    return new Grant(id, id, "demo", role, LATER, Right.ALL, false);
  }

  private Consent of(String id) {
    return theClass.done(theClass.rooms.participants("demo")).stream()
        .filter(view -> view.id().equals(id))
        .map(ParticipantView::consent)
        .findFirst()
        .orElseThrow();
  }

  private static ClientMessage.Agree says(boolean given) {
    return new ClientMessage.Agree(given);
  }

  @Test
  void isReadAsOneFlag() throws Refusal {
    ClientDecoder decoder = new ClientDecoder();
    assertThat(decoder.decode("{\"type\":\"consent\",\"n\":2,\"given\":false}").message())
        .isEqualTo(says(false));
    assertThatThrownBy(() -> decoder.decode("{\"type\":\"consent\",\"n\":2,\"given\":\"no\"}"))
        .hasMessageContaining("'given' must be true or false");
  }

  @Test
  void whoNeverSaysAnythingIsInTheProgramAndNothingIsToldOfIt() {
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    assertThat(of("ben")).isEqualTo(Consent.UNSTATED);
    assertThat(of("ben").allows()).isTrue();
    assertThat(ben.wire.last("welcome").get("self").has("consent")).isFalse();
  }

  @Test
  void oneMayChangeOnesMindAtAnyTimeAndTheOthersAreTold() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ben.say(says(true));
    assertThat(of("ben")).isEqualTo(Consent.GIVEN);
    ben.say(says(false));
    assertThat(of("ben")).isEqualTo(Consent.DECLINED);
    assertThat(ada.wire.last("changes").at("/participants/0/consent").asText())
        .isEqualTo("declined");
  }

  @Test
  void aNoOutlivesTheVisitTheDoorAndTheNode() {
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ben.say(says(false));
    ben.say(new ClientMessage.Leave());
    assertThat(theClass.decisions.declined()).containsExactly("ben");

    theClass.enter("ben", Role.STUDENT);
    assertThat(of("ben")).as("the same room").isEqualTo(Consent.DECLINED);

    ClassFixture opened = new ClassFixture(theClass.decisions);
    ClassFixture.Person back = opened.enter("ben", Role.STUDENT);
    assertThat(back.wire.last("welcome").at("/self/consent").asText()).isEqualTo("declined");
    back.say(says(true));
    assertThat(opened.decisions.declined()).isEmpty();
  }

  @Test
  void aNoOfTheSchoolStandsAboveOnesOwnYes() {
    ClassFixture.Person eve = theClass.enter(without("eve", Role.STUDENT));
    assertThat(of("eve")).isEqualTo(Consent.FORBIDDEN);
    long n = eve.say(says(true));
    assertThat(eve.wire.answerTo(n).get("code").asText()).isEqualTo("not_allowed");
    assertThat(eve.wire.answerTo(n).get("detail").asText()).contains("give you another one");
    assertThat(theClass.acts).anyMatch(act -> act.contains("consent"));
    eve.say(says(false));
    assertThat(of("eve")).isEqualTo(Consent.FORBIDDEN);
  }

  @Test
  void aNewerTokenMayTakeConsentAwayAtOnce() {
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ben.say(says(true));
    theClass.tokens.put("newer", without("ben", Role.STUDENT));
    ben.say(new ClientMessage.Token("newer"));
    assertThat(of("ben")).isEqualTo(Consent.FORBIDDEN);
  }

  @Test
  void whoComesByWhipIsHeldToItsTokenAndToItsWord() {
    theClass.done(theClass.rooms.publish(without("eve", Role.STUDENT), offer()));
    assertThat(of("eve")).isEqualTo(Consent.FORBIDDEN);

    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ben.say(says(false));
    HttpMedia tool =
        theClass.done(theClass.rooms.publish(ClassFixture.grant("ben", Role.STUDENT), offer()));
    assertThat(of("ben"))
        .as("a second sender is no way around one's word")
        .isEqualTo(Consent.DECLINED);
    ben.say(says(true));
    tool.end().run();

    theClass.done(theClass.rooms.publish(without("ben", Role.STUDENT), offer()));
    assertThat(of("ben")).as("of two tokens the stricter holds").isEqualTo(Consent.FORBIDDEN);
  }

  private static String offer() {
    return ClassFixture.offerOf("chromium-plain");
  }
}
