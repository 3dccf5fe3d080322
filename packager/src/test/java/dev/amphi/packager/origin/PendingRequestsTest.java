package dev.amphi.packager.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PendingRequestsTest {
  private final PendingRequests<String> pending = new PendingRequests<>(3, 5);

  @Test
  void whoWaitsForAPartIsReleasedByItOrAnythingLater() {
    pending.park("v", new Position(4, 2), "a", 100, "part 4.2");
    pending.park("v", new Position(4, 3), "a", 100, "part 4.3");
    pending.park("v", Position.whole(4), "b", 100, "segment 4");
    assertThat(pending.published("v", new Position(4, 1))).isEmpty();
    assertThat(pending.published("v", new Position(4, 2))).containsExactly("part 4.2");
    assertThat(pending.published("v", Position.whole(4))).containsExactly("part 4.3", "segment 4");
    assertThat(pending.size()).isZero();
  }

  @Test
  void anotherStreamReleasesNobody() {
    pending.park("v", new Position(4, 2), "a", 100, "w");
    assertThat(pending.published("a", Position.whole(9))).isEmpty();
    assertThat(pending.size()).isEqualTo(1);
  }

  @Test
  void timeIsUpAtTheDeadlineAndNotBefore() {
    pending.park("v", Position.whole(4), "a", 100, "first");
    pending.park("v", Position.whole(4), "a", 200, "second");
    assertThat(pending.nextDeadlineNanos()).isEqualTo(100);
    assertThat(pending.expired(99)).isEmpty();
    assertThat(pending.expired(100)).containsExactly("first");
    assertThat(pending.expired(1000)).containsExactly("second");
    assertThat(pending.nextDeadlineNanos()).isEqualTo(PendingRequests.NEVER);
    assertThat(pending.published("v", Position.whole(9))).isEmpty();
  }

  @Test
  void oneClientCannotTakeAllPlaces() {
    for (int i = 0; i < 3; i++) {
      assertThat(pending.park("v", Position.whole(i), "greedy", 100, "w")).isNotNull();
    }
    assertThat(pending.park("v", Position.whole(9), "greedy", 100, "w")).isNull();
    assertThat(pending.park("v", Position.whole(9), "other", 100, "w")).isNotNull();
    assertThat(pending.refused()).isEqualTo(1);
    pending.published("v", Position.whole(0));
    assertThat(pending.park("v", Position.whole(9), "greedy", 100, "w")).isNotNull();
  }

  @Test
  void allTogetherHaveALimit() {
    for (int i = 0; i < 5; i++) {
      assertThat(pending.park("v", Position.whole(i), "client" + i, 100, "w")).isNotNull();
    }
    assertThat(pending.park("v", Position.whole(9), "one more", 100, "w")).isNull();
  }

  @Test
  void whoLeavesGivesItsPlaceBack() {
    PendingRequests.Ticket<String> ticket = pending.park("v", Position.whole(1), "a", 100, "w");
    assertThat(ticket).isNotNull();
    if (ticket != null) {
      assertThat(pending.cancel(ticket)).isTrue();
      assertThat(pending.cancel(ticket)).isFalse();
    }
    assertThat(pending.published("v", Position.whole(1))).isEmpty();
    assertThat(pending.size()).isZero();
  }

  @Test
  void anEndedStreamReleasesEverybody() {
    pending.park("v", Position.whole(100), "a", 100, "v");
    pending.park("a", Position.whole(100), "a", 100, "a");
    assertThat(pending.ended("v")).containsExactly("v");
    assertThat(pending.size()).isEqualTo(1);
  }

  @Test
  void everybodyIsReleasedExactlyOnceWhateverHappens() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    PendingRequests<Integer> table = new PendingRequests<>(1000, 1000);
    List<PendingRequests.Ticket<Integer>> tickets = new ArrayList<>();
    List<Integer> out = new ArrayList<>();
    int parked = 0;
    for (int step = 0; step < 5000; step++) {
      String stream = random.nextBoolean() ? "v" : "a";
      Position position = new Position(step / 100 + random.nextInt(3), random.nextInt(6));
      switch (random.nextInt(6)) {
        case 0 -> out.addAll(table.published(stream, position));
        case 1 -> out.addAll(table.expired(step - 500));
        case 2 -> {
          if (!tickets.isEmpty()) {
            PendingRequests.Ticket<Integer> ticket = tickets.get(random.nextInt(tickets.size()));
            if (table.cancel(ticket)) {
              out.add(ticket.waiter());
            }
          }
        }
        default -> {
          PendingRequests.Ticket<Integer> ticket =
              table.park(stream, position, "c" + random.nextInt(4), step, parked);
          if (ticket != null) {
            tickets.add(ticket);
            parked++;
          }
        }
      }
    }
    out.addAll(table.expired(Long.MAX_VALUE));
    assertThat(out).as("seed %d", seed).hasSize(parked).doesNotHaveDuplicates();
    assertThat(table.size()).isZero();
  }
}
