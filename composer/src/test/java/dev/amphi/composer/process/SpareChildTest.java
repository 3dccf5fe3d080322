package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a clock of its own, looked after four times a second. */
class SpareChildTest {
  private static final long LOOK = 250_000_000L;
  private static final long SECOND = 1_000_000_000L;

  private final List<Newborn> born = new ArrayList<>();
  private final SpareChild spare = new SpareChild(this::bear);
  private long nowNanos;

  private Newborn bear() throws IOException {
    Newborn child = new FakeChild().born();
    born.add(child);
    return child;
  }

  private void pass(int seconds) {
    for (long until = nowNanos + seconds * SECOND; nowNanos < until; nowNanos += LOOK) {
      spare.tend(nowNanos);
    }
  }

  @AfterEach
  void close() {
    spare.close();
    born.forEach(child -> child.note().unlink());
  }

  @Test
  void nobodyExpectsAProgramAtFirst() {
    spare.wanted();
    pass(60);
    assertThat(born).isEmpty();
  }

  @Test
  void isThereForTheFirstProgramWhenThatIsExpected() throws IOException {
    spare.wanted();
    spare.expect();
    pass(10);
    assertThat(born).hasSize(1);
    assertThat(spare.take()).isSameAs(born.getFirst());
    pass(10);
    assertThat(born).as("and another after it").hasSize(2);
  }

  @Test
  void aProgramThatComesAtOnceWaitsForNoSpareChild() throws IOException {
    spare.wanted();
    spare.expect();
    pass(1);
    assertThat(spare.take()).isSameAs(born.getFirst());
    pass(1);
    assertThat(born).as("first the program has the processors").hasSize(1);
    pass(2);
    assertThat(born).hasSize(2);
  }

  @Test
  void nobodyKeepsOneWhoDoesNotWantTo() throws IOException {
    spare.expect();
    spare.take();
    pass(60);
    assertThat(born).hasSize(1);
  }

  @Test
  void aSpareChildThatDiedIsReplaced() throws IOException {
    spare.wanted();
    spare.expect();
    pass(10);
    born.getFirst().process().destroyForcibly();
    pass(10);
    assertThat(born).hasSize(2);
    assertThat(spare.take()).isSameAs(born.getLast());
  }
}
