package dev.amphi.interactive.fec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.rtp.ReportBlock;
import org.junit.jupiter.api.Test;

class LinkLossTest {
  private final LinkLoss loss = new LinkLoss();

  private int report(int fraction, int lost, long highest) {
    return loss.onReport(new ReportBlock(1, fraction, lost, highest, 0, 0, 0));
  }

  @Test
  void whatOnlyComesLateIsNotLost() {
    report(0, 0, 1000);
    report(0, 0, 1100);
    // Each report finds five of a hundred on their way, which come before the next.
    for (int i = 2; i < 20; i++) {
      assertThat(report(13, 5, 1000 + 100L * i)).isLessThan(Redundancy.ON);
    }
  }

  @Test
  void whatIsLostForGoodCounts() {
    report(0, 0, 1000);
    report(0, 0, 1100);
    assertThat(report(26, 10, 1200)).isEqualTo(256 * 10 / 200);
    assertThat(report(26, 20, 1300)).isEqualTo(256 * 20 / 200);
  }

  @Test
  void theFirstReportIsBelieved() {
    assertThat(report(26, 10, 1100)).isEqualTo(26);
  }

  @Test
  void aReceiverThatStartsOverIsBelievedAnew() {
    report(0, 0, 90_000);
    report(0, 0, 90_100);
    assertThat(report(30, 5, 100)).isEqualTo(30);
    assertThat(report(0, -7, 200)).isZero();
    assertThat(report(0, -7, 200)).as("nothing came meanwhile").isZero();
  }
}
