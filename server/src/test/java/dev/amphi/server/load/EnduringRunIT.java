package dev.amphi.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.TrackView;
import dev.amphi.server.node.AmphiNode;
import dev.amphi.server.node.TestNodes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A class without end, ended: who comes is counted, and the room goes with the run. */
class EnduringRunIT {
  @Test
  @Timeout(120)
  void reportsWhoIsInAndLeavesCleanly(@TempDir Path folder) throws Exception {
    AmphiNode node = TestNodes.start(folder);
    try {
      LoadPlan plan =
          new LoadPlan(
              URI.create(node.localOrigin()),
              "endless",
              1,
              1,
              0,
              Duration.ofDays(1),
              320,
              180,
              10,
              TrackView.Codec.VP8,
              LoadPlan.Air.NO,
              true);
      RoomTokens tokens =
          new RoomTokens(
              node.keys().development().orElseThrow(), "endless", InstantSource.system());
      BlockingQueue<String> lines = new LinkedBlockingQueue<>();
      EnduringRun run = new EnduringRun(plan, tokens, 1);
      Thread running =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      run.run(lines::add, true);
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      String line = lines.take();
      while (!line.contains("\"subscribers\":{\"in\":1,\"of\":1}")) {
        line = lines.take();
      }
      run.close();
      running.join();

      assertThat(line).contains("\"publishers\":{\"in\":1,\"of\":1}");
      assertThat(node.rooms().find("endless")).as("the room that the run made").isEmpty();
    } finally {
      node.close();
    }
  }
}
