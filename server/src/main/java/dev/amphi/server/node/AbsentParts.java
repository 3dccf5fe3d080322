package dev.amphi.server.node;

import dev.amphi.composer.api.Composer;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.Stage;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.Packager;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.server.room.NodeParts;
import dev.amphi.server.room.RoomCounters;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Stands where a module is not built yet: nobody is on stage, and going live is refused. */
final class AbsentParts {
  private AbsentParts() {}

  static NodeParts parts(RoomCounters counters) {
    Composer composer =
        (spec, listener) -> {
          throw new IllegalStateException("This build has no composer: a class cannot go live.");
        };
    return new NodeParts(new NoStage(), composer, new NoPackager(), counters);
  }

  private static final class NoStage implements Stage {
    @Override
    public CompletionStage<Void> open(RoomStatus status) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void update(RoomStatus status) {}

    @Override
    public CompletionStage<Void> close(String roomId, String reason) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<List<ParticipantView>> participants(String roomId) {
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<Boolean> remove(String roomId, String participantId, String reason) {
      return CompletableFuture.completedFuture(false);
    }

    @Override
    public void requestKeyFrame(String roomId, String trackId) {}

    @Override
    public void close() {}
  }

  private static final class NoPackager implements Packager {
    @Override
    public Broadcast open(String roomId, long epoch) {
      throw new IllegalStateException("This build has no packager: a class cannot go live.");
    }

    @Override
    public List<RecordingView> recordings(String roomId) {
      return List.of();
    }

    @Override
    public void onRecordingChanged(RecordingListener listener) {}

    @Override
    public void close() {}
  }
}
