package dev.amphi.interactive.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ValidatedSourcesTest {
  private final ValidatedSources sources = new ValidatedSources();

  private static InetSocketAddress port(int number) {
    return new InetSocketAddress("192.0.2.1", number);
  }

  @Test
  void aSourceThatIsHeardAgainOutlivesAnyNumberOfOthers() {
    for (int i = 1; i <= 10 * ValidatedSources.KEPT; i++) {
      sources.add(port(10_000));
      sources.add(port(i));
    }
    assertThat(sources.contains(port(10_000))).isTrue();
    assertThat(sources.contains(port(10 * ValidatedSources.KEPT))).isTrue();
    assertThat(sources.contains(port(1))).isFalse();
  }
}
