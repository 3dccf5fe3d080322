package dev.amphi.cluster.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomLeaseTest {
  private static final long SECOND = 1_000_000_000L;
  // The monotonic clock may start anywhere, also just before it wraps.
  private static final long START = Long.MAX_VALUE - SECOND;

  private final RoomLease lease = new RoomLease("algebra", 4, START);

  private static long at(long seconds) {
    return START + seconds * SECOND;
  }

  @Test
  void isValidForSixSecondsFromTheRequest() {
    assertThat(lease.isValid(at(6) - 1)).isTrue();
    assertThat(lease.isValid(at(6))).isFalse();
  }

  @Test
  void asksForARenewalEveryTwoSecondsAndOnlyOnce() {
    assertThat(lease.renewalDue(at(1))).isFalse();
    assertThat(lease.renewalDue(at(2))).isTrue();
    assertThat(lease.renewalDue(at(3))).isFalse();
    assertThat(lease.renewalDue(at(4))).isTrue();
  }

  @Test
  void aRenewalCountsFromWhenItWasSentNotFromWhenItWasAnswered() {
    lease.renewed(at(2));

    assertThat(lease.isValid(at(8) - 1)).isTrue();
    assertThat(lease.isValid(at(8))).isFalse();
  }

  @Test
  void aNodeThatWasPausedWakesWithoutTheRight() {
    assertThat(lease.isValid(at(90))).isFalse();
  }

  @Test
  void aRefusalEndsItAtOnce() {
    lease.lost(at(1));

    assertThat(lease.isValid(at(1))).isFalse();
  }
}
