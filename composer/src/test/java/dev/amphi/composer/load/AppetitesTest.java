package dev.amphi.composer.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppetitesTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  private final Appetites appetites = new Appetites();
  private final List<String> rests = new ArrayList<>();

  /** One source's pictures for a while, each of which takes so much. */
  private void feed(String id, long fromNanos, long toNanos, int perSecond, long cpuNanos) {
    for (long at = fromNanos; at < toNanos; at += SECOND / perSecond) {
      one(id, at, cpuNanos);
    }
  }

  private void one(String id, long atNanos, long cpuNanos) {
    if (appetites.allows(id, atNanos)) {
      long rest = appetites.spent(id, atNanos, cpuNanos);
      if (rest > 0) {
        rests.add(id + " " + rest / SECOND);
      }
    }
  }

  @Test
  void letsUsualCamerasBe() {
    for (long at = 0; at < 60 * SECOND; at += SECOND / 30) {
      for (int camera = 0; camera < 9; camera++) {
        one("camera" + camera, at, 2 * MS); // 0.54 of a processor together
      }
      one("share", at, 8 * MS); // a large share that scrolls
    }
    assertThat(rests).isEmpty();
  }

  @Test
  void whoAsksForMoreThanThereIsRestsAtOnceAndLongerEachTime() {
    feed("huge", 0, 90 * SECOND, 60, 30 * MS);
    assertThat(rests)
        .containsExactly("huge 2", "huge 4", "huge 8", "huge 16", "huge 32", "huge 32");
    assertThat(appetites.allows("other", 50 * SECOND)).isTrue();
  }

  @Test
  void isCaughtBeforeAThirdOfASecondIsLost() {
    long spent = 0;
    for (long at = 0; rests.isEmpty(); at += SECOND / 60) {
      one("huge", at, 30 * MS);
      spent = at;
    }
    assertThat(spent).isLessThan(SECOND / 3);
  }

  @Test
  void halfAProcessorIsTooMuchForLong() {
    feed("large", 0, 3 * SECOND, 30, 20 * MS); // 0.6
    assertThat(rests).containsExactly("large 2");
  }

  @Test
  void amongManyTheHungriestRests() {
    for (long at = 0; at < 2 * SECOND; at += SECOND / 30) {
      one("a", at, 7 * MS);
      one("b", at, 13 * MS);
      one("c", at, 9 * MS); // 0.87 of a processor together
    }
    assertThat(rests).containsExactly("b 2");
  }

  /** The teacher's share asks for most, and the students' cameras for little. */
  @Test
  void theTeachersSourceIsTheLastToRest() {
    appetites.leads("share", true);
    for (long at = 0; at < 2 * SECOND; at += SECOND / 30) {
      one("share", at, 20 * MS); // 0.6
      one("ben", at, 5 * MS);
      one("eve", at, 4 * MS);
      one("lea", at, 2 * MS); // 0.93 of a processor together
    }
    assertThat(rests).containsExactly("ben 2");
  }

  @Test
  void asManyOthersRestAsItTakes() {
    appetites.leads("share", true);
    for (long at = 0; at < 2 * SECOND; at += SECOND / 30) {
      one("share", at, 25 * MS); // 0.75
      one("ben", at, 8 * MS);
      one("eve", at, 7 * MS);
      one("lea", at, 1 * MS); // 1.23 of a processor together
    }
    assertThat(rests).containsExactly("ben 2", "eve 2");
  }

  @Test
  void nobodyRestsInVainForATeacherWhoAsksForTooMuchAlone() {
    appetites.leads("huge", true);
    for (long at = 0; at < SECOND; at += SECOND / 60) {
      one("ben", at, 2 * MS);
      one("huge", at, 30 * MS); // 1.8
    }
    assertThat(rests).containsExactly("huge 2");
  }

  @Test
  void whoTeachesNoMoreIsLikeEverybody() {
    appetites.leads("large", true);
    feed("large", 0, 3 * SECOND, 30, 20 * MS); // 0.6
    assertThat(rests).isEmpty();
    appetites.leads("large", false);
    feed("large", 3 * SECOND, 5 * SECOND, 30, 20 * MS);
    assertThat(rests).containsExactly("large 2");
  }

  @Test
  void aBacklogThatIsWorkedOffIsNobodysFault() {
    // Arrived within three seconds, decoded within one: what counts is when it arrived.
    feed("camera", 0, 3 * SECOND, 30, 9 * MS);
    assertThat(rests).isEmpty();
  }

  @Test
  void aSingleCostlyPictureIsForgiven() {
    one("share", 0, 400 * MS);
    feed("share", SECOND, 5 * SECOND, 5, 20 * MS);
    assertThat(rests).isEmpty();
  }

  @Test
  void whoBehavesForAMinuteBeginsAnew() {
    feed("huge", 0, SECOND, 60, 30 * MS);
    feed("huge", 3 * SECOND, 70 * SECOND, 30, 2 * MS);
    feed("huge", 70 * SECOND, 71 * SECOND, 60, 30 * MS);
    assertThat(rests).containsExactly("huge 2", "huge 2");
  }

  @Test
  void whoComesBackBeginsAnew() {
    feed("huge", 0, SECOND, 60, 30 * MS);
    appetites.left("huge");
    assertThat(appetites.allows("huge", SECOND)).isTrue();
  }
}
