package dev.amphi.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessUsageTest {
  @Test
  void readsTimeBehindACommandThatHoldsBlanksAndBrackets() {
    String stat = "4711 (a (b) c) S 1 4711 4711 0 -1 4194304 100 0 0 0 250 50 9 9 20 0 30 0 1 2 3";
    String status = "Name:\ta\nVmPeak:\t  999999 kB\nVmRSS:\t  204800 kB\nThreads:\t30\n";

    assertThat(ProcessUsage.parse(stat, status)).isEqualTo(new ProcessUsage(3.0, 200));
  }

  @Test
  void isEmptyForAProcessThatIsGone() {
    assertThat(ProcessUsage.of(Long.MAX_VALUE)).isEmpty();
  }
}
