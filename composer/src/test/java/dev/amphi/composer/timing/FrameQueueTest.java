package dev.amphi.composer.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
  private final List<String> released = new ArrayList<>();
  private final FrameQueue<String> queue = new FrameQueue<>(3, released::add);

  @Test
  void showsTheNewestThatIsNotLaterThanNow() {
    queue.offer(10, "a");
    queue.offer(20, "b");
    queue.offer(30, "c");
    assertThat(queue.at(9)).isNull();
    assertThat(queue.at(25)).isEqualTo("b");
    assertThat(queue.at(29)).isEqualTo("b");
    assertThat(queue.changes()).isEqualTo(2);
    assertThat(queue.at(29)).isEqualTo("b");
    assertThat(queue.changes()).isEqualTo(2);
    assertThat(queue.at(300)).isEqualTo("c");
    assertThat(released).containsExactly("a", "b");
  }

  @Test
  void dropsTheOldestWhenItIsFull() {
    for (int i = 0; i < 5; i++) {
      queue.offer(i, "p" + i);
    }
    assertThat(released).containsExactly("p0", "p1");
    assertThat(queue.dropped()).isEqualTo(2);
    assertThat(queue.at(4)).isEqualTo("p4");
  }

  @Test
  void startsAfreshWhenTimeRunsBackwards() {
    queue.offer(1_000, "a");
    queue.offer(5, "b");
    assertThat(queue.at(5)).isEqualTo("b");
    assertThat(released).containsExactly("a");
  }

  @Test
  void releasesEachPictureOnce() {
    queue.offer(1, "a");
    queue.offer(2, "b");
    queue.at(1);
    queue.clear();
    queue.clear();
    assertThat(released).containsExactlyInAnyOrder("a", "b");
    assertThat(queue.at(9)).isNull();
  }
}
