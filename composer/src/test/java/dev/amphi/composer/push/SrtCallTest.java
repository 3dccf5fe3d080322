package dev.amphi.composer.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SrtCallTest {
  private static final SrtCall CALL =
      new SrtCall(
          "2001:db8::7",
          9_000,
          Map.of("streamid", "#!::r=s3cret", "passphrase", "päss wörd s3cret"),
          640,
          360,
          new byte[] {1, 2, 3},
          new byte[] {4, 5});

  @Test
  void comesThroughThePipeAsItWasAndShowsNoSecret() throws Exception {
    ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(pipe);
    SrtWire.write(out, SrtWire.CALL, CALL.encoded());
    SrtWire.sample(out, true, true, 5_000_000_000L, new byte[] {7});
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(pipe.toByteArray()));

    SrtWire.Message first = SrtWire.read(in);
    assertThat(first.type()).isEqualTo(SrtWire.CALL);
    assertThat(SrtCall.decoded(first.body())).usingRecursiveComparison().isEqualTo(CALL);
    SrtWire.Message second = SrtWire.read(in);
    assertThat(second.type()).isEqualTo(SrtWire.PICTURE);
    assertThat(second.body().getLong()).isEqualTo(5_000_000_000L);
    assertThat(CALL).hasToString("SrtCall[2001:db8::7:9000]");
  }

  @Test
  void aLengthThatIsALieIsRefused() {
    byte[] lie = {0x7f, 0, 0, 0, 'V'};
    assertThatThrownBy(() -> SrtWire.read(new DataInputStream(new ByteArrayInputStream(lie))))
        .hasMessageContaining("claims a length");
  }
}
