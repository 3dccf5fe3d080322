package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.PictureChange;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.signal.ClientMessage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands that are carried out elsewhere are answered and audited when that is done. */
class OutcomeTest {
  private final ClassFixture theClass = new ClassFixture();
  private final ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);

  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of(new ClientMessage.Recording(true), "ada recording on "),
        Arguments.of(new ClientMessage.Recording(true, true), "ada recording pause "),
        Arguments.of(new ClientMessage.Recording(false), "ada recording off "),
        Arguments.of(new ClientMessage.End(), "ada end "));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatIsRefusedLaterIsAuditedWithTheRefusalsCode(ClientMessage command, String line) {
    later(command, line, new Refusal(409, "bad_state", "The class is over."), "bad_state");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatBreaksLaterIsAuditedAsUnavailable(ClientMessage command, String line) {
    later(command, line, new CompletionException(new IllegalStateException("disk")), "unavailable");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatIsCarriedOutLaterIsAuditedThen(ClientMessage command, String line) {
    later(command, line, null, "ok");
  }

  private void later(
      ClientMessage command,
      String line,
      @org.jspecify.annotations.Nullable Throwable failure,
      String result) {
    CompletableFuture<RoomStatus> pending = new CompletableFuture<>();
    theClass.decided = pending;
    int answers = answers();
    ada.say(command);
    theClass.loop.drain();
    assertThat(theClass.acts).as("before anybody knows").isEmpty();
    assertThat(answers()).isEqualTo(answers);

    if (failure == null) {
      pending.complete(ClassFixture.STATUS);
    } else {
      pending.completeExceptionally(failure);
    }
    theClass.loop.drain();
    assertThat(theClass.acts).containsExactly(line + " " + result);
    assertThat(answers()).isEqualTo(answers + 1);
  }

  private int answers() {
    return ada.wire.of("ok").size() + ada.wire.of("error").size();
  }

  @Test
  void whatIsKnownAtOnceIsAuditedAtOnce() {
    ada.say(new ClientMessage.Live(true));
    ada.say(new ClientMessage.Layout(PictureChange.layout("oval", Optional.empty())));
    ada.say(new ClientMessage.Layout(PictureChange.layout("broken", Optional.empty())));
    ada.say(new ClientMessage.Layout(PictureChange.layout("grid", Optional.of("nobody"))));
    assertThat(theClass.acts)
        .containsExactly(
            "ada live on  ok",
            "ada layout  malformed",
            "ada layout  unavailable",
            "ada layout  unknown_participant");
  }

  @Test
  void whatFailsAfterTheAnswerDoesNotAnswerOrAuditAgain() {
    int answers = answers();
    theClass.undecidable = new IllegalStateException("disk");
    long n = ada.say(new ClientMessage.Lock(true));
    assertThat(ada.wire.answerTo(n).path("type").asText()).isEqualTo("ok");
    assertThat(answers()).isEqualTo(answers + 1);
    assertThat(theClass.acts).containsExactly("ada lock  ok");
  }

  @Test
  void aRemovalThatIsNotKeptIsNotAuditedAsDone() {
    theClass.enter("ben", Role.STUDENT);
    theClass.keeping = new CompletableFuture<>();
    ada.say(new ClientMessage.Moderate("ben", ClientMessage.Action.REMOVE));
    theClass.loop.drain();
    assertThat(theClass.acts).isEmpty();

    theClass.keeping.completeExceptionally(new Refusal(503, "unavailable", "The disk is full."));
    theClass.loop.drain();
    assertThat(theClass.acts).containsExactly("ada moderate remove ben unavailable");
  }

  @Test
  void whoIsDemotedBeforeTheOutcomeIsAuditedInTheRoleInWhichItWasSaid() {
    ClassFixture.Person mo = theClass.enter("mo", Role.MODERATOR);
    theClass.decided = new CompletableFuture<>();
    mo.say(new ClientMessage.Recording(true));
    ada.say(new ClientMessage.Promote("mo", Role.VIEWER));
    theClass.decided.complete(ClassFixture.STATUS);
    theClass.loop.drain();
    assertThat(theClass.acts).containsExactly("ada role viewer mo ok", "mo recording on  ok");
    assertThat(theClass.roles).containsExactly(Role.INSTRUCTOR, Role.MODERATOR);
  }
}
