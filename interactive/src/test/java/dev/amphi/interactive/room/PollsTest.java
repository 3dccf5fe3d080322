package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.signal.ClientMessage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PollsTest {
  private final ClassFixture theClass = new ClassFixture();
  private final ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
  private final ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
  private final ClassFixture.Person vera = theClass.enter("vera", Role.VIEWER);

  private String ask(String question) {
    ada.say(new ClientMessage.Poll(question, List.of("yes", "no", "perhaps")));
    return answer(ada).get("poll").asText();
  }

  private static JsonNode answer(ClassFixture.Person person) {
    return person.wire.answerTo(person.n);
  }

  private static JsonNode told(ClassFixture.Person person) {
    return person.wire.last("poll").get("poll");
  }

  private String refused(ClassFixture.Person person, ClientMessage message) {
    person.say(message);
    return answer(person).path("code").asText();
  }

  @Test
  void everybodyIsAskedAndOnlyWhoModeratesSeesHowTheyAnswer() {
    String id = ask("Is it so?");
    assertThat(told(vera).toString())
        .isEqualTo(
            "{\"id\":\""
                + id
                + "\",\"question\":\"Is it so?\",\"media_at\":"
                + told(vera).get("media_at")
                + ",\"open\":true,\"options\":[\"yes\",\"no\",\"perhaps\"]}");
    ben.say(new ClientMessage.Vote(id, 2));
    vera.say(new ClientMessage.Vote(id, 0));
    theClass.loop.pass(700);
    assertThat(told(ada).get("votes").toString()).isEqualTo("[1,0,1]");
    assertThat(told(ada).get("voters").asInt()).isEqualTo(2);
    assertThat(vera.wire.of("poll")).hasSize(1);
  }

  @Test
  void manyVotesAreToldTogether() {
    String id = ask("Is it so?");
    int before = ada.wire.of("poll").size();
    for (int i = 0; i < 15; i++) {
      theClass.enter("v" + i, Role.VIEWER).say(new ClientMessage.Vote(id, i % 3));
    }
    theClass.loop.pass(1_000);
    assertThat(ada.wire.of("poll").size() - before).isLessThanOrEqualTo(3);
    assertThat(told(ada).get("votes").toString()).isEqualTo("[5,5,5]");
  }

  @Test
  void aVoteMayBeChangedUntilItIsClosedAndThenEverybodySeesTheResult() {
    String id = ask("Is it so?");
    vera.say(new ClientMessage.Vote(id, 0));
    vera.say(new ClientMessage.Vote(id, 1));
    ada.say(new ClientMessage.PollClose(id));
    assertThat(told(vera).get("open").asBoolean()).isFalse();
    assertThat(told(vera).get("votes").toString()).isEqualTo("[0,1,0]");
    assertThat(refused(ben, new ClientMessage.Vote(id, 0))).isEqualTo("bad_state");
    ada.say(new ClientMessage.PollClear(id));
    assertThat(told(vera).isNull()).isTrue();
    assertThat(theClass.told).containsSubsequence("asked Is it so?", "asked ");
    assertThat(theClass.told.stream().filter("asked "::equals)).hasSize(1);
  }

  @Test
  void aNewQuestionTakesThePlaceOfTheOld() {
    String first = ask("Is it so?");
    vera.say(new ClientMessage.Vote(first, 0));
    String second = ask("And now?");
    assertThat(told(ada).get("votes").toString()).isEqualTo("[0,0,0]");
    assertThat(refused(vera, new ClientMessage.Vote(first, 0))).isEqualTo("unknown_poll");
    assertThat(refused(ada, new ClientMessage.PollClose(first))).isEqualTo("unknown_poll");
    vera.say(new ClientMessage.Vote(second, 2));
    assertThat(answer(vera).get("type").asText()).isEqualTo("ok");
  }

  @Test
  void whoComesLaterIsAskedTooAndWhoComesBackHasItsAnswer() {
    String id = ask("Is it so?");
    vera.say(new ClientMessage.Vote(id, 1));
    vera.loseSocket(true);
    theClass.loop.pass(200);
    vera.enter(Optional.empty());
    JsonNode welcome = vera.wire.messages.getFirst();
    assertThat(welcome.get("poll").get("mine").asInt()).isEqualTo(1);
    assertThat(welcome.get("poll").has("votes")).isFalse();
    JsonNode late = theClass.enter("eve", Role.VIEWER).wire.messages.getFirst();
    assertThat(late.get("poll").get("question").asText()).isEqualTo("Is it so?");
    assertThat(late.get("poll").has("mine")).isFalse();
    JsonNode moderator = theClass.enter("mo", Role.MODERATOR).wire.messages.getFirst();
    assertThat(moderator.get("poll").get("votes").toString()).isEqualTo("[0,1,0]");
  }

  @Test
  void aBrowserThatComesAgainWithoutATokenVotesOnce() {
    String id = ask("Is it so?");
    ClassFixture.Person before = theClass.enterAsGuest("g-1", "g_0123456789abcdef");
    before.say(new ClientMessage.Vote(id, 0));
    before.loseSocket(true);
    ClassFixture.Person after = theClass.enterAsGuest("g-2", "g_0123456789abcdef");
    assertThat(after.wire.messages.getFirst().get("poll").get("mine").asInt()).isZero();
    after.say(new ClientMessage.Vote(id, 2));
    ada.say(new ClientMessage.PollClose(id));
    assertThat(told(ada).get("votes").toString()).isEqualTo("[0,0,1]");
  }

  @Test
  void whoComesToModerateSeesTheVotes() {
    String id = ask("Is it so?");
    vera.say(new ClientMessage.Vote(id, 1));
    ada.say(new ClientMessage.Promote("ben", Role.MODERATOR));
    assertThat(told(ben).get("votes").toString()).isEqualTo("[0,1,0]");
  }

  @Test
  void whoModeratesDoesNotAnswerAndNobodyElseAsks() {
    String id = ask("Is it so?");
    assertThat(refused(ada, new ClientMessage.Vote(id, 0))).isEqualTo("not_allowed");
    assertThat(refused(ben, new ClientMessage.Poll("May I?", List.of("a", "b"))))
        .isEqualTo("not_allowed");
    assertThat(refused(vera, new ClientMessage.Vote(id, 3))).isEqualTo("malformed");
  }
}
