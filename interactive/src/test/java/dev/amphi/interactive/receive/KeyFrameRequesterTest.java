package dev.amphi.interactive.receive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyFrameRequesterTest {
  private static final long MILLI = 1_000_000;

  private final KeyFrameRequester requester = new KeyFrameRequester();

  @Test
  void manyWhoAskTogetherAreOneRequest() {
    int sent = 0;
    for (int i = 0; i < 300; i++) {
      requester.request();
      sent += requester.poll(i * MILLI) ? 1 : 0;
    }
    assertThat(sent).isEqualTo(1);
  }

  @Test
  void aLostRequestIsRepeatedUntilAKeyFrameBegins() {
    requester.request();
    int sent = 0;
    for (long millis = 0; millis < 3000; millis += 10) {
      sent += requester.poll(millis * MILLI) ? 1 : 0;
    }
    assertThat(sent).isEqualTo(6);
    requester.onKeyFrame(3000 * MILLI);
    assertThat(requester.nextDeadlineNanos()).isEqualTo(KeyFrameRequester.NEVER);
  }

  /** Whoever asks, and however many: the publisher's quality is everybody's. */
  @Test
  void aCrowdThatNeverStopsAskingGetsOneKeyFrameASecond() {
    int keyFrames = 0;
    for (long millis = 0; millis < 60_000; millis += 10) {
      requester.request();
      if (requester.poll(millis * MILLI)) {
        requester.onKeyFrame(millis * MILLI);
        keyFrames++;
      }
    }
    assertThat(keyFrames).isBetween(60, 60 + KeyFrameRequester.BURST);
  }

  @Test
  void theFirstWhoComeAreServedInQuickSuccession() {
    for (int i = 0; i < KeyFrameRequester.BURST; i++) {
      requester.request();
      assertThat(requester.poll(i * 200L * MILLI)).isTrue();
      requester.onKeyFrame((i * 200L + 20) * MILLI);
    }
  }

  @Test
  void keyFramesThatNobodyAskedForCostNothing() {
    for (int i = 0; i < 100; i++) {
      requester.onKeyFrame(i * 100L * MILLI);
    }
    requester.request();
    assertThat(requester.poll(10_000 * MILLI)).isTrue();
  }
}
