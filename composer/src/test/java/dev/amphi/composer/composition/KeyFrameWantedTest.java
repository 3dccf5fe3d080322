package dev.amphi.composer.composition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** When a publisher is asked for a key frame. */
class KeyFrameWantedTest extends VirtualProgram {
  @Test
  void asksForAKeyFrameOnceASecondWhenADecoderIsLost() {
    camera("ada");
    byte[] rubbish = new byte[400];
    for (int i = 0; i < 90; i++) {
      stage.frame(
          "ada-CAMERA", ByteBuffer.wrap(rubbish), i * 3_000L, i * 33L * MS, -1, i % 2 == 0, false);
    }
    assertThat(keyFramesWanted).containsExactly("ada-CAMERA", "ada-CAMERA", "ada-CAMERA");
  }

  @Test
  void asksForAKeyFrameAfterAGap() {
    camera("ada");
    see("ada", 640, 360, 100, 128, 128);
    nowNanos += 33 * MS;
    see("ada", 640, 360, 100, 128, 128);
    assertThat(keyFramesWanted).isEmpty();
    stage.frame("ada-CAMERA", ByteBuffer.allocate(9), 9_000, nowNanos, -1, false, true);
    assertThat(keyFramesWanted).containsExactly("ada-CAMERA");
  }

  @Test
  void refusesAPictureThatIsTooLarge() {
    camera("ada");
    ByteBuffer huge = ByteBuffer.allocate(60);
    huge.put(0, (byte) 0x10).put(3, (byte) 0x9d).put(4, (byte) 1).put(5, (byte) 0x2a);
    huge.put(6, (byte) 0xff).put(7, (byte) 0x3f).put(8, (byte) 0xff).put(9, (byte) 0x3f);
    stage.frame("ada-CAMERA", huge, 0, 0, -1, true, false);
    assertThat(keyFramesWanted).containsExactly("ada-CAMERA");
  }
}
