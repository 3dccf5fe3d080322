package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.Slate;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlateCommandTest {
  private static Command sent(byte[] message) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(message));
    return CommandCodec.decode(Objects.requireNonNull(Wire.read(in)));
  }

  @ParameterizedTest
  @EnumSource
  void comesAcrossAsItIs(Slate.Kind kind) throws IOException {
    Command command = new Command.Words(new Slate(kind, "Mon 10:45", -5));
    assertThat(sent(CommandCodec.encode(command))).isEqualTo(command);
  }

  @Test
  void isRefusedWhenItsKindIsUnknown() {
    byte[] message = CommandCodec.encode(new Command.Words(Slate.of(Slate.Kind.BREAK)));
    int at = new String(message, StandardCharsets.ISO_8859_1).indexOf("BREAK");
    message[at] = 'F';
    assertThatThrownBy(() -> sent(message)).isInstanceOf(BrokenWire.class);
  }

  @Test
  void isToldAgainToAnotherChild() {
    Declared declared = new Declared(CompositionSpec.standard("room", "Optics"));
    assertThat(declared.farewellNanos()).isZero();
    declared.slate(Slate.of(Slate.Kind.ENDED));
    assertThat(declared.commands(0)).contains(new Command.Words(Slate.of(Slate.Kind.ENDED)));
    assertThat(declared.farewellNanos()).isEqualTo(Slate.FAREWELL_NANOS);
  }
}
