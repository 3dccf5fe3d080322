package dev.amphi.server.adapter;

import dev.amphi.interactive.api.ClassDesk;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.PictureChange;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.server.room.Classroom;
import dev.amphi.server.room.Classrooms;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out the class-level commands of the signalling socket. */
public final class ClassroomDesk implements ClassDesk {
  private final Supplier<Classrooms> classrooms;
  private final SlideDesk slides;

  /**
   * @param classrooms asked at each command, because the stage exists before the classes do
   */
  public ClassroomDesk(Supplier<Classrooms> classrooms, SlideDesk slides) {
    this.classrooms = classrooms;
    this.slides = slides;
  }

  @Override
  public CompletionStage<RoomStatus> setLive(Grant actor, boolean live) {
    return in(actor, room -> room.live(live));
  }

  @Override
  public CompletionStage<RoomStatus> setLayout(Grant actor, PictureChange change) {
    return in(actor, room -> room.picture().change(change));
  }

  @Override
  public CompletionStage<RoomStatus> setRecording(Grant actor, boolean recording, boolean paused) {
    return setRecording(actor, recording, paused, Optional.empty());
  }

  @Override
  public CompletionStage<RoomStatus> setRecording(
      Grant actor, boolean recording, boolean paused, Optional<Boolean> tracks) {
    return in(actor, room -> room.recording(recording, paused, tracks));
  }

  @Override
  public CompletionStage<RoomStatus> takeBreak(Grant actor, @Nullable Instant until) {
    return in(actor, room -> room.takeBreak(until));
  }

  @Override
  public CompletionStage<RoomStatus> setSlides(Grant actor, String deck, int page) {
    return in(actor, room -> slides.turn(room, deck, page));
  }

  @Override
  public CompletionStage<RoomStatus> end(Grant actor) {
    return in(actor, room -> room.end("The class has ended."));
  }

  private CompletionStage<RoomStatus> in(
      Grant actor, Function<Classroom, CompletableFuture<RoomStatus>> command) {
    return classrooms
        .get()
        .find(actor.roomId())
        .map(command)
        .orElseGet(() -> CompletableFuture.failedFuture(Classrooms.unknown(actor.roomId())));
  }
}
