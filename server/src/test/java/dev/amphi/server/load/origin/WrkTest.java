package dev.amphi.server.load.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.server.load.LoadFailed;
import org.junit.jupiter.api.Test;

class WrkTest {
  @Test
  void readsRequestsBytesAndTime() throws Exception {
    Wrk.Sample sample =
        Wrk.parse(
            """
              1 threads and 200 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
              1420042 requests in 10.05s, 2.50GB read
            Requests/sec: 141297.71
            """,
            5);
    assertThat(sample.requestsPerCpuSecond()).isEqualTo(1420042 / 5.0);
    assertThat(sample.requestsPerSecond()).isEqualTo(1420042 / 10.05);
    assertThat(sample.bytes()).isEqualTo(2.5 * (1L << 30));
    assertThat(sample.errors()).isEmpty();
  }

  @Test
  void repeatsWhatWentWrong() throws Exception {
    assertThat(
            Wrk.parse("10 requests in 1.00m, 1.0KB read\n  Non-2xx or 3xx responses: 10\n", 1)
                .errors())
        .isEqualTo("Non-2xx or 3xx responses: 10");
    assertThatThrownBy(() -> Wrk.parse("unable to connect", 1))
        .isInstanceOf(LoadFailed.class)
        .hasMessageContaining("unable to connect");
  }
}
