package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.signal.ClientEnvelope;
import dev.amphi.interactive.signal.ServerMessage;
import dev.amphi.interactive.signal.ServerMessage.Result;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What becomes of one command: told to who said it and to the audit log, once, when it is known.
 * Confined to the room's loop.
 */
final class Outcome {
  private final Room room;
  private final Participant actor;

  /** In which it was said: whoever is demoted meanwhile was let do it before. */
  private final Role role;

  private final SignalSession session;
  private final ClientEnvelope envelope;

  /** Nothing that fails after the answer takes it back: it was carried out. */
  private boolean answered;

  Outcome(Room room, Participant actor, SignalSession session, ClientEnvelope envelope) {
    this.room = room;
    this.actor = actor;
    this.role = actor.role();
    this.session = session;
    this.envelope = envelope;
  }

  /** It was carried out. */
  void done(Result result) {
    session.answer(envelope.n(), new ServerMessage.Ok(result), room.now());
    answered = true;
    audit("ok");
  }

  /** It was not, for a reason that its sender can do something about. */
  void refused(Refusal refusal) {
    if (answered) {
      return;
    }
    answered = true;
    audit(refusal.code());
    refuse(room, session, envelope.n(), refusal);
  }

  /** It was not, for no fault of its sender. */
  void failed(Throwable cause) {
    room.log(actor, (answered ? "failed after its answer: " : "a command failed: ") + cause);
    refused(new Refusal(500, "unavailable", "The server could not do it; try again."));
  }

  /**
   * It is carried out elsewhere.
   *
   * @return empty: it is told when {@code asked} completes, or was now, if it had already
   */
  <T> Optional<Result> when(CompletionStage<T> asked, Function<T, Result> result) {
    CompletableFuture<T> done = asked.toCompletableFuture();
    if (done.isDone()) {
      told(done, result);
    } else {
      asked.whenComplete(
          (value, failure) -> room.context().loop().execute(() -> told(done, result)));
    }
    return Optional.empty();
  }

  private <T> void told(CompletableFuture<T> done, Function<T, Result> result) {
    if (!done.isCompletedExceptionally()) {
      done(result.apply(done.join()));
      return;
    }
    Throwable failure = done.exceptionNow();
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof Refusal refusal) {
      refused(refusal);
    } else {
      failed(cause);
    }
  }

  private void audit(String result) {
    SignalAudit.told(room, actor.id(), role, envelope.message(), result);
  }

  /** Answers a message that is refused, whether it was a command or not. */
  static void refuse(Room room, SignalSession session, long n, Refusal refusal) {
    room.context().meter().commandRefused(refusal.code());
    session.answer(
        n,
        new ServerMessage.Failed(refusal.code(), refusal.status(), refusal.detail()),
        room.now());
  }
}
