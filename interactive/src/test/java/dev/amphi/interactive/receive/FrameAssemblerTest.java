package dev.amphi.interactive.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.codec.Depacketizer;
import dev.amphi.interactive.rtp.codec.FrameBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameAssemblerTest {
  private static final long MILLI = 1_000_000;

  private final List<Long> frames = new ArrayList<>();
  private int keyFramesNeeded;
  private final FrameSink sink =
      new FrameSink() {
        @Override
        public void frame(
            FrameBuffer frame, long timestampTicks, long arrivalNanos, boolean keyFrame) {
          frames.add(timestampTicks);
        }

        @Override
        public void keyFrameNeeded() {
          keyFramesNeeded++;
        }
      };
  private final FrameAssembler video =
      new FrameAssembler(Depacketizer.of(Codec.VP8), true, 100 * MILLI, 64, sink);
  private final FrameAssembler audio =
      new FrameAssembler(Depacketizer.of(Codec.OPUS), false, 40 * MILLI, 64, sink);

  /** One frame of two packets: {@code sequence} and the next, at a time of {@code sequence}. */
  private void frame(long sequence, boolean key, long millis) {
    start(sequence, key, millis);
    end(sequence + 1, millis);
  }

  private void start(long sequence, boolean key, long millis) {
    byte[] payload =
        key
            ? new byte[] {0x10, 0, 0, 0, (byte) 0x9D, 1, 0x2A, 16, 0, 16, 0}
            : new byte[] {0x10, 1, 2, 3};
    video.onPacket(sequence, payload, 0, payload.length, sequence, false, key, millis * MILLI);
  }

  private void end(long sequence, long millis) {
    byte[] payload = {0x00, 5, 6};
    video.onPacket(sequence, payload, 0, 3, sequence - 1, true, false, millis * MILLI);
  }

  private void sound(long sequence, long millis) {
    audio.onPacket(sequence, new byte[] {1}, 0, 1, sequence, false, true, millis * MILLI);
  }

  @Test
  void startsAtAKeyFrameAndAsksForOne() {
    frame(100, false, 0);
    assertThat(frames).isEmpty();
    assertThat(keyFramesNeeded).isPositive();
    frame(102, true, 1);
    frame(104, false, 2);
    assertThat(frames).containsExactly(102L, 104L);
  }

  @Test
  void ordersPacketsEvenBeforeTheKeyFramesFirst() {
    end(101, 0);
    frame(102, false, 0);
    start(100, true, 1);
    assertThat(frames).containsExactly(100L, 102L);
  }

  @Test
  void waitsForAHoleAndThenGoesOn() {
    frame(100, true, 0);
    start(102, false, 1);
    frame(104, false, 2);
    assertThat(frames).containsExactly(100L);
    end(103, 50);
    assertThat(frames).containsExactly(100L, 102L, 104L);
    assertThat(video.nextDeadlineNanos()).isEqualTo(FrameAssembler.NEVER);
  }

  @Test
  void afterAHoleThatIsGivenUpOnlyAKeyFrameIsShown() {
    frame(100, true, 0);
    start(102, false, 1);
    frame(104, false, 2);
    video.onGivenUp(103, 60 * MILLI);
    frame(106, false, 61);
    assertThat(frames).containsExactly(100L);
    assertThat(keyFramesNeeded).isPositive();
    frame(108, true, 62);
    frame(110, false, 63);
    assertThat(frames).containsExactly(100L, 108L, 110L);
  }

  @Test
  void goesOnAtAKeyFrameThatIsThereAlready() {
    frame(100, true, 0);
    start(102, false, 1);
    frame(104, true, 2);
    frame(106, false, 3);
    video.onGivenUp(103, 60 * MILLI);
    assertThat(frames).containsExactly(100L, 104L, 106L);
    assertThat(keyFramesNeeded).isZero();
  }

  @Test
  void givesAHoleUpByItselfWhenItsPatienceEnds() {
    frame(100, true, 0);
    frame(104, true, 10);
    assertThat(video.nextDeadlineNanos()).isEqualTo(110 * MILLI);
    video.poll(109 * MILLI);
    assertThat(frames).containsExactly(100L);
    video.poll(110 * MILLI);
    assertThat(frames).containsExactly(100L, 104L);
  }

  @Test
  void aLatePacketOfASkippedFrameIsIgnored() {
    frame(100, true, 0);
    start(102, false, 1);
    frame(104, true, 2);
    video.onGivenUp(103, 60 * MILLI);
    end(103, 70);
    assertThat(frames).containsExactly(100L, 104L);
  }

  @Test
  void probesWithoutPayloadKeepTheNumberingWhole() {
    frame(100, true, 0);
    video.onPacket(102, new byte[0], 0, 0, 100, false, false, MILLI);
    frame(103, false, 2);
    assertThat(frames).containsExactly(100L, 103L);
  }

  @Test
  void aFrameWithoutMarkerEndsWhereTheNextBegins() {
    start(100, true, 0);
    start(101, false, 1);
    assertThat(frames).containsExactly(100L);
  }

  @Test
  void aMalformedFrameIsNotShownNorWhatRefersToIt() {
    frame(100, true, 0);
    video.onPacket(102, new byte[] {0}, 0, 1, 102, true, false, MILLI);
    frame(103, false, 2);
    assertThat(frames).containsExactly(100L);
    assertThat(keyFramesNeeded).isPositive();
    frame(105, true, 3);
    assertThat(frames).containsExactly(100L, 105L);
  }

  @Test
  void aHoleWiderThanItsRoomIsSkipped() {
    frame(100, true, 0);
    frame(1000, false, 1);
    frame(1002, true, 2);
    assertThat(frames).containsExactly(100L, 1002L);
  }

  @Test
  void soundGoesOnAfterAShortWait() {
    sound(100, 0);
    sound(102, 20);
    sound(103, 40);
    assertThat(frames).containsExactly(100L);
    audio.poll(60 * MILLI);
    assertThat(frames).containsExactly(100L, 102L, 103L);
    sound(101, 70);
    assertThat(frames).hasSize(3);
  }

  @Test
  void reorderedSoundIsPutInOrder() {
    sound(100, 0);
    sound(102, 20);
    sound(101, 25);
    assertThat(frames).containsExactly(100L, 101L, 102L);
  }
}
