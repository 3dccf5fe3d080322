package dev.amphi.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.TrackView;
import dev.amphi.server.node.AmphiNode;
import dev.amphi.server.node.TestNodes;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
      Told told = new Told();
      LoadReport report = run(plan, tokens, () -> told.ask(node));

      String errors = report.errors().toString();
      assertThat(report.publishers().joined()).as(errors).isEqualTo(1);
      assertThat(report.subscribers().joined()).as(errors).isEqualTo(1);
      assertThat(report.viewers().joined()).as(errors).isEqualTo(1);
      assertThat(report.stageGlassToGlass().count()).as("clocks on stage").isPositive();
      assertThat(report.hlsGlassToGlass().count()).as("clocks through HLS").isPositive();
      assertThat(report.hlsGlassToGlass().median())
          .as("a program cannot be shown before it happened on stage")
          .isGreaterThan(report.stageGlassToGlass().median());

      assertThat(told.pipeline.getJsonArray("participants")).as("%s", told.pipeline).hasSize(2);
      JsonObject transport =
          told.pipeline
              .getJsonArray("participants")
              .getJsonObject(0)
              .getJsonObject("media")
              .getJsonObject("transport");
      assertThat(transport.getLong("packets_received")).isPositive();
      assertThat(told.metrics)
          .containsPattern("amphi_call_setup_seconds_count\\{way=\"udp\"} [1-9]")
          .containsPattern(
              "amphi_link_bitrate_bits_count\\{direction=\"up\",kind=\"video\",layer=\"\"} [1-9]")
          .containsPattern("amphi_link_bitrate_bits_count\\{direction=\"down\",kind=\"video\"");
    } finally {
      node.close();
    }
  }

  /** What the node tells of the class to operators and to those who look for a fault. */
  private static final class Told {
    JsonObject pipeline = new JsonObject();
    String metrics = "";

    void ask(AmphiNode node) throws Exception {
      pipeline =
          new JsonObject(
              get(node, "/debug/rooms/load", TestNodes.token(node, "load", "moderator", "Mo")));
      metrics = get(node, "/metrics", "none");
    }

    private static String get(AmphiNode node, String path, String token) throws Exception {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(node.localOrigin() + path))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  /** Something to do while everybody is there. */
  private interface Look {
    void look() throws Exception;
  }

  private static LoadReport run(LoadPlan plan, RoomTokens tokens, Look look) throws Exception {
    LoadProgress silent = new LoadProgress(new PrintWriter(new StringWriter()), false);
    try (LoadRun run = new LoadRun(plan, tokens, silent)) {
      run.begin();
      run.stay();
      look.look();
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
