package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DiskRoomTest {
  private static final long RATE = 400_000;
  private static final long DISK = 4_000_000_000L;

  @Test
  void aDiskThatFillsIsToldHalfAnHourAheadAndTheMp4StillFits() {
    DiskRoom room = new DiskRoom();
    List<Integer> news = new ArrayList<>();
    long firstSaid = -1;
    long end = DISK / (2 * RATE);
    for (int second = 1; second < end; second++) {
      long written = second * RATE;
      String said = room.judge(DISK - written, all(written, second), second);
      if (!said.isEmpty() && firstSaid < 0) {
        firstSaid = second;
        assertThat(said).contains("about 30 more minutes");
      }
      if (room.isNews(DISK - written, all(written, second), second)) {
        news.add((int) (end - second + 59) / 60);
      }
    }
    assertThat(end - firstSaid).isBetween(29 * 60L, 30 * 60L);
    assertThat(news).containsExactly(30, 15, 5, 1);
  }

  @Test
  void whereThereIsRoomOrNothingIsKnownYetNothingIsSaid() {
    DiskRoom room = new DiskRoom();
    assertThat(room.judge(0, all(0, 0), 0)).isEmpty();
    assertThat(room.judge(1, all(1_000_000, 3), 3)).isEmpty();
    assertThat(room.judge(DISK, all(60 * RATE, 60), 60)).isEmpty();
    assertThat(room.judge(0, all(60 * RATE, 60), 60)).contains("about 0 more minutes");
  }

  @Test
  void afterRoomWasMadeItIsToldAnew() {
    DiskRoom room = new DiskRoom();
    long written = 600 * RATE;
    assertThat(room.isNews(written + 1000 * RATE, all(written, 600), 600)).isTrue();
    assertThat(room.isNews(written + 1000 * RATE, all(written, 600), 600)).isFalse();
    assertThat(room.isNews(written + 10_000 * RATE, all(written, 600), 600)).isFalse();
    assertThat(room.isNews(written + 1000 * RATE, all(written, 600), 600)).isTrue();
  }

  @Test
  void recordingsThatRunTogetherShareTheDisk() {
    DiskUse disk = new DiskUse();
    disk.report("maths", 600 * RATE, 600);
    DiskUse.Total both = disk.report("art", 60 * RATE, 60);
    assertThat(both).isEqualTo(new DiskUse.Total(660 * RATE, 2.0 * RATE));
    // Alone it has 40 minutes, and 20 beside the other.
    long usable = 660 * RATE + 4 * 20 * 60 * RATE;
    assertThat(new DiskRoom().judge(usable, both, 60)).contains("about 20 more minutes");
    disk.ended("maths");
    DiskUse.Total alone = disk.report("art", 60 * RATE, 60);
    assertThat(new DiskRoom().judge(usable, alone, 60)).isEmpty();
  }

  private static DiskUse.Total all(long bytes, double seconds) {
    return new DiskUse().report("one", bytes, seconds);
  }
}
