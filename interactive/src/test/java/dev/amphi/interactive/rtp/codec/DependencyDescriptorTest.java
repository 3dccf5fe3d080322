package dev.amphi.interactive.rtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DependencyDescriptorTest {
  /** Chromium 156, libaom, 320×180: the key frame of L1T3, and the frames behind it. */
  private static final String L1T3 = "c00001800214eaa860414d1410208427013f00b3";

  private final DependencyDescriptor descriptor = new DependencyDescriptor();

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private boolean wrap(String text, @Nullable DependencyStructure known) {
    byte[] bytes = hex(text);
    return descriptor.wrap(bytes, 0, bytes.length, known);
  }

  private DependencyStructure structure(String text) {
    assertThat(wrap(text, null)).isTrue();
    return Objects.requireNonNull(descriptor.attached());
  }

  @Test
  void readsTheStructureThatComesWithAKeyFrame() {
    DependencyStructure structure = structure(L1T3);
    assertThat(descriptor.startsFrame()).isTrue();
    assertThat(descriptor.endsFrame()).isTrue();
    assertThat(descriptor.frameNumber()).isEqualTo(1);
    assertThat(structure.idOffset()).isZero();
    assertThat(structure.targets()).isEqualTo(3);
    assertThat(structure.spatials()).isEqualTo(1);
    assertThat(structure.templates()).isEqualTo(5);
    assertThat(structure.chains()).isEqualTo(1);
    assertThat(structure.targetTemporal(0)).isEqualTo(0);
    assertThat(structure.targetTemporal(2)).isEqualTo(2);
    assertThat(PictureSize.width(structure.size(0))).isEqualTo(320);
    assertThat(PictureSize.height(structure.size(0))).isEqualTo(180);
    assertThat(descriptor.differenceCount()).isZero();
    assertThat(descriptor.indication(2)).isEqualTo(DependencyDescriptor.SWITCH);
  }

  @Test
  void readsFramesByTheirTemplates() {
    DependencyStructure structure = structure(L1T3);
    assertThat(wrap("c30002", structure)).isTrue();
    assertThat(descriptor.temporal()).isEqualTo(2);
    assertThat(descriptor.indication(0)).isEqualTo(DependencyDescriptor.NOT_PRESENT);
    assertThat(descriptor.indication(2)).isEqualTo(DependencyDescriptor.DISCARDABLE);
    assertThat(descriptor.differenceCount()).isEqualTo(1);
    assertThat(descriptor.difference(0)).isEqualTo(1);
    assertThat(wrap("c20003", structure)).isTrue();
    assertThat(descriptor.temporal()).isEqualTo(1);
    assertThat(descriptor.difference(0)).isEqualTo(2);
    assertThat(wrap("c10005", structure)).isTrue();
    assertThat(descriptor.temporal()).isZero();
    assertThat(descriptor.chainDifference(0)).isEqualTo(4);
  }

  @Test
  void refusesWhatItCannotKnow() {
    assertThat(wrap("c30002", null)).as("no structure").isFalse();
    DependencyStructure structure = structure(L1T3);
    assertThat(wrap("c50002", structure)).as("no such template").isFalse();
    assertThat(wrap("c300", structure)).as("cut short").isFalse();
    byte[] key = hex(L1T3);
    for (int length = 3; length < key.length - 1; length++) {
      assertThat(descriptor.wrap(key, 0, length, null)).as("%d bytes", length).isFalse();
    }
  }

  @Test
  void readsWhatOneFrameHasOfItsOwn() {
    DependencyStructure structure = structure(L1T3);
    // active targets 0 and 1; indications 3 2 1; references 5 (4 bits) and 300 (12 bits); chain 9
    assertThat(wrap("c10009 7be54c4ac090", structure)).isTrue();
    assertThat(descriptor.tellsActive()).isTrue();
    assertThat(descriptor.active()).isEqualTo(0b011);
    assertThat(descriptor.indication(0)).isEqualTo(DependencyDescriptor.REQUIRED);
    assertThat(descriptor.indication(2)).isEqualTo(DependencyDescriptor.DISCARDABLE);
    assertThat(descriptor.differenceCount()).isEqualTo(2);
    assertThat(descriptor.difference(0)).isEqualTo(5);
    assertThat(descriptor.difference(1)).isEqualTo(300);
    assertThat(descriptor.chainDifference(0)).isEqualTo(9);
  }

  @Test
  void mutatedDescriptorsNeverThrow() {
    long seed = 5;
    Random random = new Random(seed);
    byte[] key = hex(L1T3);
    DependencyStructure known = structure(L1T3);
    for (int round = 0; round < 100_000; round++) {
      byte[] bytes = random.nextBoolean() ? key.clone() : new byte[random.nextInt(60)];
      if (bytes.length != key.length) {
        random.nextBytes(bytes);
      }
      for (int i = 0; i < 3 && bytes.length > 0; i++) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      if (!descriptor.wrap(bytes, 0, bytes.length, random.nextBoolean() ? known : null)) {
        continue;
      }
      assertThat(descriptor.spatial()).isBetween(0, 3);
      assertThat(descriptor.temporal()).isBetween(0, 7);
      for (int i = 0; i < DependencyStructure.MAX_TARGETS; i++) {
        assertThat(descriptor.indication(i)).isBetween(0, 3);
        assertThat(descriptor.chainDifference(i)).isBetween(0, 255);
      }
      for (int i = 0; i < descriptor.differenceCount(); i++) {
        assertThat(descriptor.difference(i)).isBetween(1, 4096);
      }
    }
  }
}
