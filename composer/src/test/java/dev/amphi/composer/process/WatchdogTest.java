package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.Shed;
import dev.amphi.composer.composition.Handling.Work;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a clock of its own; the child is looked at four times a second, as it is by its node. */
class WatchdogTest {
  private static final long MS = 1_000_000;
  private static final long LOOK = 250 * MS;
  private static final long MOST_BYTES = 900L << 20;

  private final Watchdog watchdog = new Watchdog();
  private final Fake child = new Fake();
  private long nowNanos = 77_000 * MS;

  /** What its one thread does all the time. */
  private enum Doing {
    SLEEPS,
    RUNS,
    WAITS,
    /** Seven eighths of its time it waits. */
    STARVES,
    /** It was stopped by a signal. */
    STOPPED,
    /** The system does not say. */
    UNKNOWN
  }

  private static final class Fake implements Watched {
    private Doing doing = Doing.SLEEPS;
    private final Map<Work, NotePage.Note> notes = new HashMap<>();
    private long bytes;
    private String reason = "";
    private Map<Work, NotePage.Note> evidence = Map.of();
    private long ran = MS;
    private long waited;
    private long turns = 1;
    private int asked;

    void live(long nanos) {
      switch (doing) {
        case RUNS -> ran += nanos;
        case STARVES -> {
          ran += nanos / 8;
          waited += nanos - nanos / 8;
          turns += 3;
        }
        case SLEEPS, STOPPED, WAITS, UNKNOWN -> {}
      }
    }

    @Override
    public boolean isAlive() {
      return reason.isEmpty();
    }

    @Override
    public boolean isStopped() {
      return doing == Doing.STOPPED;
    }

    @Override
    public Map<Work, NotePage.Note> notes() {
      return Map.copyOf(notes);
    }

    @Override
    public List<ThreadTime> threads() {
      asked++;
      boolean runnable = doing == Doing.RUNS || doing == Doing.WAITS || doing == Doing.STARVES;
      return doing == Doing.UNKNOWN
          ? List.of()
          : List.of(new ThreadTime(42, runnable, ran, waited, turns));
    }

    @Override
    public long residentBytes() {
      return bytes;
    }

    @Override
    public void kill(String reason, Map<Work, NotePage.Note> evidence) {
      this.reason = reason;
      this.evidence = evidence;
    }
  }

  @BeforeEach
  void begins() {
    watchdog.born(nowNanos);
  }

  private void reaches() {
    watchdog.reached(nowNanos, Shed.NOTHING, nowNanos);
  }

  private void look() {
    nowNanos += LOOK;
    child.live(LOOK);
    watchdog.look(child, nowNanos, MOST_BYTES);
  }

  /** Looks until the child is killed; returns the milliseconds until then, or those that it may. */
  private long livesFor(long mostMillis) {
    long fromNanos = nowNanos;
    while (child.isAlive() && nowNanos - fromNanos < mostMillis * MS) {
      look();
    }
    return (nowNanos - fromNanos) / MS;
  }

  private NotePage.Note begins(Work work, String sourceId) {
    NotePage.Note note = new NotePage.Note(sourceId, nowNanos, 42);
    child.notes.put(work, note);
    return note;
  }

  @Test
  void whoSleepsRunsOrIsStoppedWithoutASampleForThreeSecondsHangs() {
    for (Doing doing : List.of(Doing.SLEEPS, Doing.RUNS, Doing.STOPPED, Doing.UNKNOWN)) {
      reaches();
      child.doing = doing;
      child.reason = "";
      assertThat(livesFor(60_000)).as(doing.name()).isEqualTo(3_250); // the first look after it
      assertThat(child.reason).as(doing.name()).isEqualTo("the composer process hangs");
    }
  }

  @Test
  void whoWaitsForAProcessorDoesNotHang() {
    reaches();
    child.doing = Doing.WAITS;
    assertThat(livesFor(11_000)).isEqualTo(11_000);
    reaches();
    assertThat(livesFor(11_000)).isEqualTo(11_000);
    assertThat(child.isAlive()).isTrue();
  }

  @Test
  void nobodyWaitsForEver() {
    reaches();
    child.doing = Doing.WAITS;
    begins(Work.PICTURE, "camera");
    assertThat(livesFor(60_000)).isEqualTo(10_250);
    assertThat(child.reason).isEqualTo("the composer process waited too long for a processor");
    assertThat(child.evidence).as("it had no chance to come to an end").isEmpty();
  }

  @Test
  void silenceAloneEndsAfterTwelveSeconds() {
    reaches();
    child.doing = Doing.WAITS;
    assertThat(livesFor(60_000)).isEqualTo(12_250);
    assertThat(child.reason).isEqualTo("the composer process waited too long for a processor");
  }

  @Test
  void whoHangsAfterItHasWaitedIsFoundThreeSecondsLater() {
    reaches();
    child.doing = Doing.WAITS;
    livesFor(5_000);
    child.doing = Doing.SLEEPS;
    assertThat(livesFor(60_000)).isBetween(2_500L, 3_500L);
    assertThat(child.reason).isEqualTo("the composer process hangs");
  }

  @Test
  void aBirthMayTakeTenSecondsOfItsOwn() {
    assertThat(livesFor(60_000)).isEqualTo(10_250);
  }

  @Test
  void aBirthOnAStarvingMachineMayTakeFourTimesAsLong() {
    child.doing = Doing.STARVES;
    assertThat(livesFor(60_000)).isEqualTo(40_250);
  }

  @Test
  void tellsWhoseMediaDoNotComeToAnEnd() {
    reaches();
    child.doing = Doing.RUNS;
    NotePage.Note noted = begins(Work.PICTURE, "camera");
    for (int i = 0; child.isAlive() && i < 100; i++) {
      reaches(); // the program goes on
      look();
    }
    assertThat((nowNanos - noted.sinceNanos()) / MS).isEqualTo(2_750);
    assertThat(child.reason).isEqualTo("the composer process hangs in what a source sent");
    assertThat(child.evidence).containsExactly(Map.entry(Work.PICTURE, noted));
  }

  @Test
  void aDecoderThatStarvesIsNotHeldAgainstItsSource() {
    reaches();
    child.doing = Doing.STARVES;
    begins(Work.PICTURE, "camera");
    for (int i = 0; i < 24; i++) {
      reaches();
      look();
    }
    assertThat(child.isAlive()).isTrue();
    child.notes.clear();
    begins(Work.PICTURE, "camera");
    for (int i = 0; i < 24; i++) { // each begun has its own time
      reaches();
      look();
    }
    assertThat(child.isAlive()).isTrue();
  }

  @Test
  void aDecoderThatRanForLongEnoughIsHeldAgainstItsSourceHoweverItStarves() {
    reaches();
    child.doing = Doing.STARVES;
    NotePage.Note noted = begins(Work.PICTURE, "camera");
    for (int i = 0; child.isAlive() && i < 100; i++) {
      reaches();
      look();
    }
    assertThat((nowNanos - noted.sinceNanos()) / MS).isEqualTo(10_250);
    assertThat(child.reason).isEqualTo("the composer process hangs in what a source sent");
    assertThat(child.evidence).containsExactly(Map.entry(Work.PICTURE, noted));
  }

  @Test
  void asksForThreadsOnlyWhileTheChildIsSilent() {
    child.doing = Doing.RUNS;
    for (int i = 0; i < 40; i++) {
      reaches();
      look();
    }
    assertThat(child.asked).isZero();
  }

  @Test
  void itsNodesOwnPauseIsNotTheChilds() {
    reaches();
    nowNanos += 9_000 * MS;
    watchdog.excuse(nowNanos, 9_000 * MS);
    assertThat(livesFor(60_000)).isEqualTo(3_250);
  }

  /** A node that often pauses a little would otherwise never notice. */
  @Test
  void whatNeverEndsIsSeenBetweenThePausesOfItsNode() {
    reaches();
    NotePage.Note noted = begins(Work.PICTURE, "ada");
    long fromNanos = nowNanos;
    int pauses = 0;
    while (child.isAlive() && nowNanos - fromNanos < 60_000 * MS) {
      for (int i = 0; i < 4 && child.isAlive(); i++) {
        reaches(); // the program goes on without that source
        child.doing = Doing.RUNS;
        look();
      }
      nowNanos += 600 * MS;
      watchdog.excuse(nowNanos, 600 * MS);
      pauses++;
    }
    assertThat(child.evidence).containsExactly(Map.entry(Work.PICTURE, noted));
    assertThat(pauses).isLessThan(6);
  }

  @Test
  void whatWasBegunInAPauseOfItsNodeCountsFromItsEnd() {
    reaches();
    begins(Work.PICTURE, "ada");
    nowNanos += 9_000 * MS;
    watchdog.excuse(nowNanos, 9_000 * MS);
    reaches();
    look();
    assertThat(child.isAlive()).isTrue();
  }

  @Test
  void mayTakeItsTimeToSayFarewell() {
    reaches();
    watchdog.closing(nowNanos, 4_000 * MS);
    assertThat(livesFor(60_000)).isEqualTo(7_250);
    assertThat(child.reason).isEqualTo("the composer process did not end");
  }

  @Test
  void endsWhoTakesTooMuchMemory() {
    reaches();
    child.bytes = MOST_BYTES + 1;
    look();
    assertThat(child.reason).isEqualTo("the composer process took more than 900 MiB");
  }
}
