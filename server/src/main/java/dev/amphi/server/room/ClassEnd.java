package dev.amphi.server.room;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.packager.api.RecordingView;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * How a class comes to its end: the last picture, the word to its people, the end of the broadcast,
 * and the wait for its recordings. Confined to the class's own thread.
 */
final class ClassEnd {
  /** What a restart takes at least. */
  private static final long RETRY_MILLIS = 1_000;

  private final NodeParts parts;
  private final String roomId;
  private final ClassLife life;
  private final Production production;
  private final Supplier<RoomStatus> status;
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  ClassEnd(
      NodeParts parts,
      String roomId,
      ClassLife life,
      Production production,
      Supplier<RoomStatus> status) {
    this.parts = parts;
    this.roomId = roomId;
    this.life = life;
    this.production = production;
    this.status = status;
  }

  /** Completes when the class is over here. */
  CompletionStage<Void> over() {
    return over;
  }

  /** Ends the class for everybody; one that has ended stays as it is. */
  void end(String reason) throws Refusal {
    end(reason, this::sayGoodbye, production::close);
  }

  /** Stops a class that will go on: its people are told to come again in a moment. */
  void suspend(String reason, Runnable keepDecisions) throws Refusal {
    life.quiet(true);
    try {
      parts.stage().suspend(roomId, reason, RETRY_MILLIS).toCompletableFuture().join();
    } finally {
      keepDecisions.run();
      end(reason, () -> {}, production::suspend);
    }
  }

  /** The last picture is a word, not a face that stands still; where nobody watched, none is. */
  private void sayGoodbye() {
    if (production.hasBroadcast()) {
      production.curtain(production.curtain().withEnded());
    }
  }

  private void end(String reason, Runnable first, Runnable last) throws Refusal {
    if (!life.state().isOpen() && life.state() != ClassState.SCHEDULED) {
      return;
    }
    life.move(production.hasBroadcast() ? ClassEvent.END : ClassEvent.CANCEL);
    boolean recorded =
        production.recording().wanted() || !parts.packager().recordings(roomId).isEmpty();
    production.recording().noMore();
    first.run();
    try {
      parts.stage().update(status.get());
      parts.stage().close(roomId, reason).toCompletableFuture().join();
    } finally {
      wrapUp(recorded, last);
    }
  }

  /** Nothing more is published; with or without a word from the stage. */
  private void wrapUp(boolean recorded, Runnable last) throws Refusal {
    over.complete(null);
    last.run();
    if (life.state() == ClassState.ENDED) {
      life.move(recorded ? ClassEvent.PROCESS : ClassEvent.PUBLISH);
      publishWhenReady();
    }
  }

  /** A recording may be ready, or have failed. */
  void publishWhenReady() {
    if (life.state() == ClassState.PROCESSING
        && parts.packager().recordings(roomId).stream().allMatch(ClassEnd::isFinished)) {
      life.become(life.state().after(ClassEvent.PUBLISH).orElseThrow());
    }
  }

  private static boolean isFinished(RecordingView view) {
    return view.state().equals("ready") || view.state().equals("failed");
  }
}
