package dev.amphi.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.TrackView;
import dev.amphi.server.node.AmphiNode;
import dev.amphi.server.node.TestNodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One who publishes, one who subscribes and one who watches, at a real node, all the way. */
class LoadIT {
  @Test
  @Timeout(120)
  void readsTheClockOnStageAndThroughHls(@TempDir Path folder) throws Exception {
    AmphiNode node = TestNodes.start(folder);
    try {
      LoadPlan plan = plan(node, "load", TrackView.Codec.VP8);
      RoomTokens tokens =
          new RoomTokens(node.keys().development().orElseThrow(), "load", InstantSource.system());
      LoadReport report = run(plan, tokens);

      String errors = report.errors().toString();
      assertThat(report.publishers().joined()).as(errors).isEqualTo(1);
      assertThat(report.subscribers().joined()).as(errors).isEqualTo(1);
      assertThat(report.viewers().joined()).as(errors).isEqualTo(1);
      assertThat(report.stageGlassToGlass().count()).as("clocks on stage").isPositive();
      assertThat(report.hlsGlassToGlass().count()).as("clocks through HLS").isPositive();
      assertThat(report.hlsGlassToGlass().median())
          .as("a program cannot be shown before it happened on stage")
          .isGreaterThan(report.stageGlassToGlass().median());
    } finally {
      node.close();
    }
  }

  private static LoadReport run(LoadPlan plan, RoomTokens tokens) throws Exception {
    LoadProgress silent = new LoadProgress(new PrintWriter(new StringWriter()), false);
    try (LoadRun run = new LoadRun(plan, tokens, silent)) {
      run.begin();
      run.stay();
      LoadReport report = run.report();
      run.removeRoom();
      return report;
    }
  }

  private static LoadPlan plan(AmphiNode node, String room, TrackView.Codec codec) {
    return new LoadPlan(
        URI.create(node.localOrigin()),
        room,
        1,
        1,
        1,
        Duration.ofSeconds(10),
        640,
        360,
        15,
        codec,
        LoadPlan.Air.WHEN_MADE,
        true);
  }
}
