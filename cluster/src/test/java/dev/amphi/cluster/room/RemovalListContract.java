package dev.amphi.cluster.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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

  @Test
  void whoIsRemovedAtOneNodeIsKnownAtTheOther() {
    first().add("maths", "ben", Duration.ofHours(1));
    until(() -> second().contains("maths", "ben"));
    assertThat(second().contains("maths", "eve")).isFalse();
    assertThat(second().contains("physics", "ben")).isFalse();
  }

  @Test
  void aRemovalEndsWithTheLongestLifeOfAToken() {
    first().add("maths", "ada", Duration.ofSeconds(1));
    until(() -> !first().contains("maths", "ada"));
  }
}
