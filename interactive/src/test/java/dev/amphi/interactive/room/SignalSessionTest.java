package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amphi.interactive.signal.ServerEncoder;
import dev.amphi.interactive.signal.ServerMessage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignalSessionTest {
  private static final String EVENT = "{\"type\":\"speaker\",\"participant\":\"\"}";

  private final RecordingWire first = new RecordingWire();
  private final RecordingWire second = new RecordingWire();
  private final SignalSession session = new SignalSession("s_1", new ServerEncoder(), first, 0);

  private static ServerMessage done(String id) {
    return new ServerMessage.Ok(new ServerMessage.Result.ChatId(id));
  }

  private void resume(long last) {
    session.resume(
        second,
        last,
        1,
        snapshot ->
            new ServerMessage.Welcome(
                "s_1",
                true,
                new ServerMessage.Person(
                    new dev.amphi.interactive.api.ParticipantView(
                        "ada",
                        "Ada",
                        dev.amphi.interactive.api.Role.VIEWER,
                        dev.amphi.interactive.api.StageState.OFF_STAGE,
                        List.of()),
                    Optional.empty(),
                    false),
                "",
                snapshot ? List.of("\"v\":7") : List.of(),
                List.of(),
                0),
        9);
  }

  private static List<Long> numbers(RecordingWire wire) {
    return wire.messages.stream().map(m -> m.get("n").asLong()).toList();
  }

  @Test
  void aRepeatedCommandGetsTheSameAnswerAgainAndDoesNotRun() {
    assertThat(session.take(2, 0, 1)).isTrue();
    session.answer(2, done("c_1"), 1);
    assertThat(session.take(2, 0, 2)).isFalse();
    assertThat(first.messages).hasSize(2);
    assertThat(first.messages.get(1)).isEqualTo(first.messages.get(0));
  }

  @Test
  void aRepeatedCommandThatStillRunsIsAnsweredOnce() {
    assertThat(session.take(2, 0, 1)).isTrue();
    assertThat(session.take(2, 0, 2)).isFalse();
    assertThat(first.messages).isEmpty();
    session.answer(2, done("c_1"), 3);
    assertThat(first.messages).hasSize(1);
  }

  @Test
  void whatWasMissedComesAgainByItsNumbersAfterAWelcomeOutsideTheCount() {
    session.send(EVENT, 1);
    session.send(EVENT, 1);
    session.lose(2);
    session.send(EVENT, 3);
    resume(1);
    assertThat(numbers(second)).containsExactly(1L, 2L, 3L);
    assertThat(second.messages.getFirst().has("v")).isFalse();
    session.send(EVENT, 10);
    assertThat(numbers(second)).endsWith(4L);
  }

  @Test
  void aSecondBreakDuringTheReplayLosesNothingEither() {
    session.send(EVENT, 1);
    session.lose(2);
    resume(0);
    session.lose(3);
    second.messages.clear();
    resume(0);
    assertThat(numbers(second)).containsExactly(0L, 1L);
    assertThat(second.of("welcome")).hasSize(1);
  }

  @Test
  void whoMissedTooMuchGetsASnapshotAndItsAnswersButNoOldEvents() {
    assertThat(session.take(2, 0, 1)).isTrue();
    session.lose(1);
    session.answer(2, done("c_1"), 1);
    for (int i = 0; i < SignalSession.KEPT + 10; i++) {
      session.send(EVENT, 2);
    }
    assertThat(session.gave(0)).isTrue();
    resume(0);
    JsonNode welcome = second.messages.getFirst();
    assertThat(welcome.get("v").asInt()).isEqualTo(7);
    assertThat(second.messages).hasSize(2);
    assertThat(second.messages.get(1).get("re").asLong()).isEqualTo(2);
    assertThat(second.messages.get(1).get("n").asLong()).isEqualTo(welcome.get("n").asLong() + 1);
  }

  private static String encodings(boolean active) {
    return "{\"type\":\"encodings\",\"mid\":\"1\",\"active\":{\"h\":" + active + "}}";
  }

  private void missTooMuch() {
    session.lose(1);
    for (int i = 0; i < SignalSession.KEPT + 10; i++) {
      session.send(EVENT, 2);
    }
    resume(0);
  }

  @Test
  void whatWasStatedLastComesAgainAfterASnapshotByANewNumber() {
    session.state("encodings/1", encodings(true), 1);
    session.state("encodings/1", encodings(false), 1);
    missTooMuch();
    assertThat(second.messages).hasSize(2);
    assertThat(second.last("encodings").at("/active/h").asBoolean(true)).isFalse();
    assertThat(second.last("encodings").get("n").asLong())
        .isEqualTo(second.messages.getFirst().get("n").asLong() + 1);
  }

  @Test
  void whatWasStatedOfAPeerConnectionThatIsOverDoesNotComeAgain() {
    session.state("encodings/1", encodings(true), 1);
    session.forgetStated();
    missTooMuch();
    assertThat(second.messages).hasSize(1);
  }

  @Test
  void longMessagesAreNotKeptWithoutEnd() {
    session.lose(1);
    String huge = "{\"type\":\"chat\",\"text\":\"" + "x".repeat(100_000) + "\"}";
    for (int i = 0; i < 10; i++) {
      session.send(huge, 2);
    }
    resume(0);
    assertThat(second.messages.getFirst().has("v")).isTrue();
  }

  @Test
  void aSessionThatIsOverGoesOnForNobody() {
    session.close(1000, "over", 1);
    assertThat(session.state()).isInstanceOf(SignalSession.State.Gone.class);
    assertThat(session.gave(0)).isFalse();
    session.lose(2);
    session.send(EVENT, 3);
    assertThat(first.messages).hasSize(1);
  }

  @Test
  void aNumberThatWasNeverGivenIsNotGoneOnFrom() {
    assertThat(session.gave(1)).isFalse();
  }
}
