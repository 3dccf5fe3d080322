package dev.amphi.packager.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushQueueTest {
  private static final CodedFormat PICTURE = new CodedFormat(true, 640, 360, 1, new byte[] {1});
  private static final CodedFormat SOUND = new CodedFormat(false, 0, 0, 1, new byte[] {2});
  private static final long MILLI = 1_000_000;

  private final PushQueue queue = new PushQueue(1_000, 4_000 * MILLI);

  private void picture(long millis, boolean sync, int bytes) {
    queue.add(new CodedSample(PICTURE, millis * MILLI, sync, new byte[bytes]));
  }

  private void sound(long millis) {
    queue.add(new CodedSample(SOUND, millis * MILLI, false, new byte[1]));
  }

  private List<String> drain() {
    List<String> seen = new ArrayList<>();
    for (CodedSample next = queue.poll(); next != null; next = queue.poll()) {
      String kind = next.format().video() ? next.sync() ? "I" : "P" : "a";
      seen.add(kind + next.timeNanos() / MILLI);
    }
    return seen;
  }

  @Test
  void beginsAtAnIdrAndOrdersPictureAndSound() {
    sound(0);
    picture(0, false, 1);
    picture(100, true, 1);
    sound(90);
    sound(110);
    picture(133, false, 1);
    assertThat(drain()).containsExactly("I100", "a110");
    sound(140);
    assertThat(drain()).containsExactly("P133");
  }

  @Test
  void whoIsAloneForASecondIsLetGo() {
    picture(0, true, 1);
    for (int millis = 100; millis < 1_000; millis += 100) {
      picture(millis, false, 1);
    }
    assertThat(drain()).isEmpty();
    picture(1_000, false, 1);
    assertThat(drain()).containsExactly("I0");
  }

  @Test
  void whenItIsFullWholeGroupsGoUpToTheNewestIdr() {
    for (long group = 0; group < 3; group++) {
      picture(group * 1_000, true, 200);
      sound(group * 1_000);
      picture(group * 1_000 + 500, false, 150);
      sound(group * 1_000 + 500);
    }
    // 200 + 150 and two sounds each: the third group's last picture was one too many.
    assertThat(drain()).containsExactly("I2000", "a2000", "P2500");
    assertThat(queue.droppedGroups()).isEqualTo(2);
  }

  @Test
  void theRestOfAGroupThatWasBegunIsDroppedWithIt() {
    picture(0, true, 1);
    sound(0);
    sound(10);
    assertThat(drain()).containsExactly("I0");
    picture(33, false, 900);
    picture(1_000, true, 200);
    sound(1_000);
    assertThat(drain()).containsExactly("I1000");
    assertThat(queue.droppedGroups()).isEqualTo(1);
  }

  @Test
  void aGroupThatIsTooLargeByItselfGoesAndTheNextIdrIsWaitedFor() {
    picture(0, true, 600);
    picture(33, false, 600);
    sound(40);
    picture(66, false, 1);
    assertThat(drain()).isEmpty();
    assertThat(queue.droppedGroups()).isEqualTo(1);
    picture(1_600, true, 1);
    sound(1_600);
    assertThat(drain()).containsExactly("I1600");
  }

  @Test
  void isBoundedInTimeToo() {
    picture(0, true, 1);
    picture(2_000, true, 1);
    picture(4_001, false, 1);
    sound(4_001);
    assertThat(drain()).containsExactly("I2000", "P4001");
  }

  @Test
  void beginsAnewAtAnIdrForAnotherConnectionAndGivesTheRestAtTheEnd() {
    picture(0, true, 1);
    queue.begin();
    picture(33, false, 1);
    picture(66, true, 1);
    picture(99, false, 1);
    assertThat(drain()).isEmpty();
    assertThat(queue.rest()).matches(sample -> sample != null && sample.sync());
    assertThat(queue.rest()).isNotNull();
    assertThat(queue.rest()).isNull();
  }
}
