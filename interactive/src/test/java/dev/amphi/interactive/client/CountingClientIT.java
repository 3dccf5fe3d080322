package dev.amphi.interactive.client;

import static dev.amphi.interactive.client.RunningStage.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Source;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Counting subscribers at a real stage. */
@Timeout(60)
class CountingClientIT {
  @Test
  void countsWhatIsForwardedAndTakesItsDelay() {
    try (RunningStage stage = new RunningStage();
        RtcClients clients = new RtcClients(stage.vertx(), 1);
        CountingClients counting = new CountingClients()) {
      MediaClient publisher =
          done(
              clients.post(
                  stage.http("/whip/demo"),
                  "instructor:ann",
                  MediaPlan.sending(Codec.VP8),
                  new MediaClient.Listener() {}));
      send(publisher, 0);
      CountingClient bulk =
          done(counting.offer(1, 1, false, clients.http(stage.http("/whep/demo/ann"), "viewer:b")));
      CountingClient probe =
          done(counting.offer(1, 1, true, clients.http(stage.http("/whep/demo/ann"), "viewer:p")));
      done(counting.mark());

      int[] frames = {1};
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                send(publisher, frames[0]++);
                CountingWindow window = done(counting.window());
                assertThat(window.clients()).isEqualTo(2);
                assertThat(window.silent()).isZero();
                assertThat(window.delays().count()).isPositive();
                assertThat(window.bulkDelays().count()).as("every 64th packet").isPositive();
                assertThat(window.forged()).isZero();
              });
      bulk.close();
      probe.close();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(done(counting.window()).clients()).isZero());
      publisher.close();
    }
  }

  /** A key frame of several packets, full of the time. */
  private static void send(MediaClient publisher, int number) {
    byte[] frame = new byte[6_000];
    SendStamp.fill(frame, 10, System.nanoTime());
    frame[0] = 0x10;
    frame[3] = (byte) 0x9D;
    frame[4] = 0x01;
    frame[5] = 0x2A;
    frame[7] = 0x02;
    frame[9] = 0x01;
    publisher.send(Source.CAMERA, frame, number * 3_000L);
  }
}
