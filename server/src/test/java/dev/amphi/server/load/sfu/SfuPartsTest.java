package dev.amphi.server.load.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.rtp.codec.Depacketizer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SfuPartsTest {
  @Test
  void countsWhatTheKernelThrewAway() {
    assertThat(
            KernelDrops.socketDrops(
                List.of(
                    "Tcp: RtoAlgorithm",
                    "Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors",
                    "Udp: 9 1 2 8 42 0")))
        .isEqualTo(42);
    assertThat(KernelDrops.socketDrops(List.of("Tcp: RtoAlgorithm"))).isZero();
    assertThat(
            KernelDrops.queueDrops(
                List.of("0001f2a3 00000010 00000000 0", "00000001 00000001 00000000 0")))
        .isEqualTo(17);
  }

  @Test
  void addsUpTheHeapsPools() {
    assertThat(
            AmphiServer.heapBytes(
                """
                # HELP jvm_memory_used_bytes The amount of used memory
                jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} 1000.0
                jvm_memory_used_bytes{area="heap",id="G1 Old Gen"} 2.5E7
                jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.9E7
                """))
        .isEqualTo(25_001_000);
  }

  @Test
  void showsEachTrackOfTheOthersInASlotOfItsKind() {
    JsonArray participants =
        new JsonArray().add(participant("p0")).add(participant("p1")).add(participant("p2"));

    assertThat(AmphiRoom.slots(participants, 1, 3))
        .isEqualTo(
            new JsonObject()
                .put("0", "p0-audio")
                .put("2", "p0-video")
                .put("1", "p2-audio")
                .put("3", "p2-video"));
  }

  private static JsonObject participant(String id) {
    JsonArray tracks = new JsonArray();
    for (String kind : List.of("audio", "video")) {
      tracks.add(new JsonObject().put("id", id + "-" + kind).put("kind", kind));
    }
    return new JsonObject().put("id", id).put("tracks", tracks);
  }

  @Test
  void tellsARefusalOfJanusFromAnAnswer() {
    assertThat(
            JanusApi.problem(
                new JsonObject(
                    "{\"janus\":\"error\",\"error\":{\"code\":458,\"reason\":\"No such session\"}}")))
        .isEqualTo("No such session");
    assertThat(
            JanusApi.problem(
                new JsonObject(
                    "{\"janus\":\"event\",\"plugindata\":{\"data\":{\"error\":\"No such feed\"}}}")))
        .isEqualTo("No such feed");
    assertThat(JanusApi.problem(new JsonObject("{\"janus\":\"success\",\"data\":{\"id\":1}}")))
        .isEmpty();
  }

  @Test
  void leavesJanusItsThreadsUnlessToldOtherwise() {
    Path folder = Path.of("/x");

    assertThat(JanusConfig.main(folder, folder, folder, folder, 0))
        .contains("ice_lite = true")
        .doesNotContain("event_loops");
    assertThat(JanusConfig.main(folder, folder, folder, folder, 2)).contains("event_loops = 2");
  }

  @Test
  void makesPicturesThatAForwarderTakesForVp8() {
    assertThat(SteadySource.picture(true, 1)).hasSize(SteadySource.KEY_PICTURE_BYTES);
    assertThat(startsKeyFrame(SteadySource.picture(true, 1))).isTrue();
    assertThat(startsKeyFrame(SteadySource.picture(false, 1))).isFalse();
  }

  private static boolean startsKeyFrame(byte[] frame) {
    byte[] payload = new byte[frame.length + 1];
    payload[0] = 0x10; // RFC 7741 §4.2: S, partition 0
    System.arraycopy(frame, 0, payload, 1, frame.length);
    return Depacketizer.of(dev.amphi.interactive.api.TrackView.Codec.VP8)
        .startsKeyFrame(payload, 0, payload.length);
  }
}
