package dev.amphi.packager.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a player, and what is passed over. */
final class CmcdTest {
  private static final ViewerReport NOTHING = new ViewerReport(-1, -1, false);

  @ParameterizedTest
  @CsvSource({
    "'bl=21300,mtp=48100,bs', 21300, 48100000, true",
    "'bl=21300 , mtp=25400,su', 21300, 25400000, false",
    "'bs,rtp=15000,sid=\"6e2fb550-c457\"', -1, -1, true",
    "'cid=\"a,bs,bl=1\",bl=200', 200, -1, false",
    "'cid=\"a\\\",bs\",bl=200', 200, -1, false",
    "'bl=99999999', 600000, -1, false",
    "'mtp=999999999', -1, 10000000000, false",
    "'bl=-5,mtp=x,bs=false', -1, -1, false",
    "'bl=,mtp=12.5', -1, -1, false",
    "'bl=9999999999999999999', -1, -1, false",
    "'bl=(1200;v 900;a)', -1, -1, false",
    "'cid=\"never closed,bs', -1, -1, false",
    "'', -1, -1, false",
  })
  void threeKeysAreRead(String text, int bufferMs, long throughputBps, boolean starved) {
    assertThat(Cmcd.add(NOTHING, text))
        .isEqualTo(new ViewerReport(bufferMs, throughputBps, starved));
  }

  @Test
  void whatStandsInTwoPlacesIsAddedUp() {
    assertThat(Cmcd.add(Cmcd.add(NOTHING, "bl=400"), "bs"))
        .isEqualTo(new ViewerReport(400, -1, true));
    assertThat(Cmcd.add(NOTHING, null)).isEqualTo(NOTHING);
  }

  @Test
  void aTextThatIsTooLongIsNotRead() {
    assertThat(Cmcd.add(NOTHING, "bs," + "x".repeat(2_000))).isEqualTo(NOTHING);
  }

  @Test
  void whateverSomebodySendsStaysWithinBounds() {
    long seed = 7;
    Random random = new Random(seed);
    String letters = "bslmtp=,\"\\0123456789 ;()-";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      ViewerReport told = Cmcd.add(NOTHING, text.toString());
      assertThat(told.bufferMs()).as("%s (seed %d)", text, seed).isBetween(-1, 600_000);
      assertThat(told.throughputBps()).isBetween(-1L, 10_000_000_000L);
    }
  }
}
