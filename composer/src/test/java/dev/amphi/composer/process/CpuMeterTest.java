package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuMeterTest {
  private static final long SECOND = 1_000_000_000L;

  private final Map<Long, Long> used = new HashMap<>();
  private final CpuMeter meter = new CpuMeter(pid -> used.getOrDefault(pid, 0L), 1);

  @Test
  void measuresEachFiveSecondsWhatWasThereAllTheTime() {
    used.putAll(Map.of(1L, 7 * SECOND, 2L, SECOND, 3L, 0L));
    meter.sample(0, List.of(2L));
    used.putAll(Map.of(1L, 8 * SECOND, 2L, 3 * SECOND, 3L, SECOND));
    meter.sample(4 * SECOND, List.of(2L, 3L));
    assertThat(meter.usage()).as("too early").isEqualTo(new CpuMeter.Usage(0, Map.of()));
    meter.sample(5 * SECOND, List.of(2L, 3L));
    assertThat(meter.usage()).isEqualTo(new CpuMeter.Usage(0.2, Map.of(2L, 0.4)));
    meter.sample(10 * SECOND, List.of(2L, 3L));
    assertThat(meter.usage()).isEqualTo(new CpuMeter.Usage(0, Map.of(2L, 0.0, 3L, 0.0)));
    used.putAll(Map.of(2L, 4 * SECOND, 3L, 3 * SECOND));
    meter.sample(15 * SECOND, List.of(2L, 3L));
    assertThat(meter.usage().measured()).isEqualTo(2);
    assertThat(meter.usage().programs()).isCloseTo(0.6, within(1e-9));
  }
}
