package dev.amphi.cluster.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every list of removals promises, seen from two nodes of one cluster. */
@Timeout(60)
public abstract class RemovalListContract {
  protected abstract RemovalList first();

  protected abstract RemovalList second();

  private static void until(java.util.function.BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static final Duration HOUR = Duration.ofHours(1);

  private static Removal out(String id, long until) {
    return new Removal("maths", id, until, false);
  }

  private static Removal back(String id, long until) {
    return new Removal("maths", id, until, true);
  }

  @Test
  void whoIsRemovedAtOneNodeIsKnownAtTheOther() {
    first().put(out("ben", 100), HOUR);
    until(() -> second().contains("maths", "ben"));
    assertThat(second().contains("maths", "eve")).isFalse();
    assertThat(second().contains("physics", "ben")).isFalse();
    assertThat(second().all()).contains(out("ben", 100));
  }

  @Test
  void aRemovalEndsWithTheLongestLifeOfAToken() {
    first().put(out("ada", 100), Duration.ofSeconds(1));
    until(() -> !first().contains("maths", "ada"));
  }

  @Test
  void aRemovalThatIsTakenBackAtOneNodeHoldsAtNone() {
    first().put(out("fay", 100), HOUR);
    until(() -> second().contains("maths", "fay"));
    second().put(back("fay", 101), HOUR);
    until(() -> !first().contains("maths", "fay"));
    assertThat(first().last("maths", "fay")).contains(back("fay", 101));

    first().put(out("fay", 102), HOUR);
    until(() -> second().contains("maths", "fay"));
  }

  @Test
  void aNodeThatComesWithAnOldRemovalDoesNotOverruleWhatWasTakenBack() {
    first().put(back("gus", 101), HOUR);
    until(() -> second().last("maths", "gus").isPresent());
    second().put(out("gus", 100), HOUR);
    second().put(out("hal", 100), HOUR);
    until(() -> first().contains("maths", "hal"));
    assertThat(first().contains("maths", "gus")).isFalse();
    assertThat(second().contains("maths", "gus")).isFalse();
  }

  @Test
  void eachNodeHearsWhatTheOtherDecided() {
    List<Removal> heard = new CopyOnWriteArrayList<>();
    second().watch(heard::add);
    first().put(out("ida", 100), HOUR);
    until(() -> heard.contains(out("ida", 100)));
    first().put(back("ida", 101), HOUR);
    until(() -> heard.contains(back("ida", 101)));
  }
}
