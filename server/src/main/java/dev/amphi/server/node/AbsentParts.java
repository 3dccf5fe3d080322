package dev.amphi.server.node;

import dev.amphi.composer.api.Composer;
import dev.amphi.interactive.api.Stage;
import dev.amphi.interactive.transport.Transport;
import dev.amphi.interactive.transport.TransportFactory;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.Packager;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.server.room.NodeParts;
import dev.amphi.server.room.RoomCounters;
import java.util.List;
import java.util.concurrent.Executor;

/** Stands where a module is not built yet: what needs it is refused. */
final class AbsentParts {
  private AbsentParts() {}

  static TransportFactory transports(int port) {
    return new TransportFactory() {
      @Override
      public Transport create(Executor loop, Transport.Listener listener) {
        throw new IllegalStateException("This build has no media transport.");
      }

      @Override
      public int port() {
        return port;
      }

      @Override
      public void close() {}
    };
  }

  static NodeParts parts(Stage stage, RoomCounters counters) {
    Composer composer =
        (spec, listener) -> {
          throw new IllegalStateException("This build has no composer: a class cannot go live.");
        };
    return new NodeParts(stage, composer, new NoPackager(), counters);
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
