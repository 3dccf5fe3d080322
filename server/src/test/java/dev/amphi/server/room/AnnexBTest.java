package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnnexBTest {
  private static final String AVCC = "0142c01fffe1000467640102" + "0100026801";

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  private static String hex(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void parameterSetsComeBehindStartCodes() {
    assertThat(hex(AnnexB.parameterSets(bytes(AVCC)))).isEqualTo("0000000167640102000000016801");
  }

  @Test
  void lengthsBecomeStartCodesBehindWhatComesBefore() {
    ByteBuffer sets = AnnexB.parameterSets(bytes(AVCC));
    assertThat(hex(AnnexB.accessUnit(sets, bytes("00000003650102" + "000000020607"))))
        .isEqualTo("0000000167640102000000016801" + "00000001650102" + "000000010607");
  }

  @Test
  void whatIsCutOffOrLiesGivesNothing() {
    ByteBuffer none = ByteBuffer.allocate(0);
    assertThat(hex(AnnexB.accessUnit(none, bytes("00000004650102")))).isEmpty();
    assertThat(hex(AnnexB.accessUnit(none, bytes("00000000")))).isEmpty();
    assertThat(hex(AnnexB.accessUnit(none, bytes("ffffffff6501")))).isEmpty();
    assertThat(hex(AnnexB.accessUnit(none, bytes("000000")))).isEmpty();
    for (int end = 0; end < AVCC.length() / 2; end++) {
      assertThat(hex(AnnexB.parameterSets(bytes(AVCC.substring(0, 2 * end))))).isEmpty();
    }
    long seed = 20_261_121;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      AnnexB.parameterSets(ByteBuffer.wrap(noise));
      assertThat(AnnexB.accessUnit(none, ByteBuffer.wrap(noise)).remaining())
          .isLessThanOrEqualTo(noise.length);
    }
  }
}
