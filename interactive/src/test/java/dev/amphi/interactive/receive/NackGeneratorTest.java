package dev.amphi.interactive.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NackGeneratorTest {
  private static final long MILLI = 1_000_000;
  private static final long ROUND_TRIP = 100 * MILLI;

  private final NackGenerator nack = new NackGenerator(ROUND_TRIP, 1000 * MILLI);
  private final List<List<Integer>> asked = new ArrayList<>();
  private final List<Long> givenUp = new ArrayList<>();
  private final NackHandler out =
      new NackHandler() {
        @Override
        public void nack(int[] sequences, int count) {
          asked.add(Arrays.stream(sequences, 0, count).boxed().toList());
        }

        @Override
        public void givenUp(long sequence) {
          givenUp.add(sequence);
        }
      };

  private void first(long sequence, long millis) {
    nack.onPacket(sequence, false, millis * MILLI, out);
  }

  private void again(long sequence, long millis) {
    nack.onPacket(sequence, true, millis * MILLI, out);
  }

  private void poll(long millis) {
    nack.poll(millis * MILLI, out);
  }

  @Test
  void nacksOnceThenWaitsOneRoundTrip() {
    first(100, 0);
    first(102, 0);
    poll(9);
    assertThat(asked).isEmpty();
    poll(10);
    assertThat(asked).containsExactly(List.of(101));
    poll(100);
    poll(134);
    assertThat(asked).hasSize(1);
    poll(135); // a round trip and a quarter later
    assertThat(asked).hasSize(2);
  }

  @Test
  void doesNotAskForAPacketThatIsMerelyReordered() {
    first(100, 0);
    first(102, 0);
    first(101, 5);
    poll(50);
    assertThat(asked).isEmpty();
    assertThat(nack.nextDeadlineNanos()).isEqualTo(NackGenerator.NEVER);
  }

  @Test
  void waitsLongerOnceReorderingIsSeen() {
    first(100, 0);
    first(102, 0);
    poll(10);
    first(101, 40); // it came by itself
    asked.clear();
    first(104, 100);
    poll(140);
    assertThat(asked).isEmpty();
    poll(150);
    assertThat(asked).containsExactly(List.of(103));
  }

  @Test
  void asksForNeighboursInOneMessageAcrossTheWrap() {
    first(65_534, 0);
    first(65_539, 0);
    poll(10);
    assertThat(asked).containsExactly(List.of(65_535, 0, 1, 2));
  }

  @Test
  void adaptsToTheMeasuredRoundTrip() {
    for (int i = 0; i < 40; i++) {
      long at = 200L * i;
      first(100 + 2L * i, at);
      first(102 + 2L * i, at);
      poll(at + 10);
      again(101 + 2L * i, at + 40);
    }
    assertThat(nack.roundTripNanos()).isBetween(29 * MILLI, 31 * MILLI);
  }

  /** Before the first sample everything is asked for twice, which tells nothing by Karn's rule. */
  @Test
  void learnsARoundTripThatIsLongerThanItThought() {
    long at = 0;
    for (int i = 0; i < 40; i++) {
      at = 1000L * i;
      first(100 + 2L * i, at);
      first(102 + 2L * i, at);
      for (int late = 0; late < 310; late += 5) {
        poll(at + late);
      }
      again(101 + 2L * i, at + 310); // answers the question at 10 ms
    }
    assertThat(nack.roundTripNanos()).isBetween(285 * MILLI, 301 * MILLI);
    asked.clear();
    first(1000, at + 500);
    first(1002, at + 500);
    for (int late = 0; late < 310; late += 5) {
      poll(at + 500 + late);
    }
    assertThat(asked).as("now once only").hasSize(1);
  }

  @Test
  void asksEverMoreRarely() {
    List<Integer> times = new ArrayList<>();
    first(100, 0);
    first(102, 0);
    for (int millis = 0; millis < 1000; millis++) {
      int before = asked.size();
      poll(millis);
      if (asked.size() > before) {
        times.add(millis);
      }
    }
    assertThat(times).containsExactly(10, 135, 260, 410, 585, 785);
  }

  @Test
  void asksSoonAgainWhenReorderingIsLongAgo() {
    first(100, 0);
    first(102, 0);
    first(101, 200);
    first(104, 210);
    poll(400);
    assertThat(asked).as("reordered by 200 ms before").isEmpty();
    again(103, 410);
    first(106, 6000);
    poll(6010);
    assertThat(asked).containsExactly(List.of(105));
  }

  @Test
  void givesUpAfterAWhile() {
    first(100, 0);
    first(102, 0);
    for (long millis = 0; millis <= 1000; millis += 5) {
      poll(millis);
    }
    assertThat(givenUp).containsExactly(101L);
    assertThat(asked.size()).isEqualTo(6);
    assertThat(nack.nextDeadlineNanos()).isEqualTo(NackGenerator.NEVER);
  }

  @Test
  void givesUpAHoleThatIsTooLarge() {
    first(100, 0);
    first(102, 0);
    first(100 + 5000, 1);
    assertThat(givenUp).containsExactly(102L, 5100L - NackGenerator.MAX_MISSING - 1);
    assertThat(nack.missing()).isEqualTo(NackGenerator.MAX_MISSING);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void asksOnlyForWhatIsMissingAndForgetsWhatComes(long seed) {
    Random random = new Random(seed);
    boolean[] came = new boolean[3000];
    for (int s = 0; s < came.length; s++) {
      came[s] = s == 0 || random.nextInt(10) > 0;
      if (came[s]) {
        nack.onPacket(70_000 + s, false, s * MILLI, out);
      }
      asked.clear();
      nack.poll(s * MILLI, out);
      for (List<Integer> sequences : asked) {
        for (int sequence : sequences) {
          int index = (sequence - 70_000) & 0xFFFF;
          assertThat(came[index]).as("seed %d, packet %d", seed, index).isFalse();
          came[index] = random.nextBoolean();
          if (came[index]) {
            nack.onPacket(70_000 + index, true, s * MILLI, out);
          }
        }
      }
    }
    assertThat(nack.missing()).isLessThan(NackGenerator.MAX_MISSING);
  }
}
