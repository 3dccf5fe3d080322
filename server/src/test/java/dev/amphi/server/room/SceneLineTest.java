package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ShownScene;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SceneLineTest {
  private static final CompositionSpec SPEC = CompositionSpec.standard("maths", "Maths");
  private static final Instant START = Instant.parse("2026-11-21T10:00:00.5Z");

  private static String line(ShownScene scene) {
    return SceneLine.write(SPEC, scene, START);
  }

  @Test
  void isWrittenAsDocumented() {
    ShownScene scene =
        new ShownScene(
            945_000,
            "presentation_pip",
            List.of(
                new ShownScene.Tile(ShownScene.Kind.SHARE, "ada", 0, 0, 1280, 720),
                new ShownScene.Tile(ShownScene.Kind.CAMERA, "ada", 1056, 588, 208, 116)));
    assertThat(line(scene))
        .isEqualTo(
            "{\"at\":\"2026-11-21T10:00:11Z\",\"run\":\"2026-11-21T10:00:00.500Z\","
                + "\"ticks\":945000,\"timescale\":90000,\"canvas\":[1280,720],"
                + "\"layout\":\"presentation_pip\","
                + "\"tiles\":[{\"participant\":\"ada\",\"kind\":\"share\",\"rect\":[0,0,1280,720]},"
                + "{\"participant\":\"ada\",\"kind\":\"camera\",\"rect\":[1056,588,208,116]}]}");
  }

  @Test
  void whateverAnIdHoldsItIsOneLineOfJson() {
    String id = "a\"},\\\n\u2028\r\u0000é😀%s";
    ShownScene scene =
        new ShownScene(
            0, "", List.of(new ShownScene.Tile(ShownScene.Kind.INITIALS, id, 0, 0, 2, 2)));
    String line = line(scene);
    assertThat(line).matches("[ -~]*");
    JsonObject json = new JsonObject(line);
    assertThat(json.getJsonArray("tiles").getJsonObject(0).getString("participant")).isEqualTo(id);
  }
}
