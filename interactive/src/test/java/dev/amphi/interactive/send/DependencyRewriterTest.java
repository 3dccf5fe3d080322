package dev.amphi.interactive.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.rtp.codec.DependencyDescriptor;
import dev.amphi.interactive.rtp.codec.DependencyStructure;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DependencyRewriterTest {
  private static final byte[] L1T3 =
      HexFormat.of().parseHex("c00001800214eaa860414d1410208427013f00b3");

  private final DependencyRewriter rewriter = new DependencyRewriter(new DependencyDescriptor());
  private final DependencyDescriptor before = new DependencyDescriptor();
  private final DependencyDescriptor after = new DependencyDescriptor();

  private byte[] rewrite(byte[] source, long given) {
    int length = rewriter.rewrite(source, 0, source.length, given);
    return Arrays.copyOf(rewriter.rewritten(), length);
  }

  @Test
  void movesFrameNumbersAndTemplateIdsOnly() {
    byte[] key = rewrite(L1T3, DependencyRewriter.give(0xABCD, 60, 12, 0, 3));
    assertThat(key).hasSameSizeAs(L1T3);
    assertThat(after.wrap(key, 0, key.length, null)).isTrue();
    DependencyStructure structure = Objects.requireNonNull(after.attached());
    assertThat(after.frameNumber()).isEqualTo(0xABCD);
    assertThat(structure.idOffset()).isEqualTo(60);
    assertThat(structure.targets()).isEqualTo(3);
    assertThat(after.indication(1)).isEqualTo(DependencyDescriptor.SWITCH);
    byte[] delta =
        rewrite(new byte[] {(byte) 0xC4, 0, 4}, DependencyRewriter.give(7, 60, 12, 0, 3));
    assertThat(delta).containsExactly(0xC0, 0, 7);
    assertThat(after.wrap(delta, 0, 3, structure)).isTrue();
    assertThat(after.temporal()).isEqualTo(2);
    assertThat(DependencyRewriter.sourceId(DependencyRewriter.give(7, 60, 12, 0, 3))).isEqualTo(12);
  }

  @Test
  void tellsWhichTargetsAreActive() {
    byte[] key = rewrite(L1T3, DependencyRewriter.give(1, 0, 12, 0b001, 3));
    assertThat(after.wrap(key, 0, key.length, null)).isTrue();
    assertThat(after.tellsActive()).isTrue();
    assertThat(after.active()).isEqualTo(0b001);
    DependencyStructure structure = Objects.requireNonNull(after.attached());
    assertThat(structure.size(0)).isEqualTo(320 << 16 | 180);
    byte[] delta = rewrite(new byte[] {(byte) 0xC1, 0, 4}, DependencyRewriter.give(7, 0, 12, 3, 3));
    assertThat(delta).hasSize(4);
    assertThat(after.wrap(delta, 0, delta.length, structure)).isTrue();
    assertThat(after.active()).isEqualTo(3);
    assertThat(after.frameNumber()).isEqualTo(7);
    byte[] again = rewrite(delta, DependencyRewriter.give(9, 0, 12, 1, 3));
    assertThat(again).hasSameSizeAs(delta);
    assertThat(after.wrap(again, 0, again.length, structure)).isTrue();
    assertThat(after.active()).as("instead of what its sender said").isEqualTo(1);
  }

  @Test
  void whatIsReadableStaysTheSame() {
    long seed = 9;
    Random random = new Random(seed);
    assertThat(before.wrap(L1T3, 0, L1T3.length, null)).isTrue();
    DependencyStructure known = Objects.requireNonNull(before.attached());
    int readable = 0;
    for (int round = 0; round < 50_000; round++) {
      byte[] source = new byte[3 + random.nextInt(12)];
      random.nextBytes(source);
      source[0] &= (byte) 0xC7;
      if (source.length > 3) {
        source[3] &= 0x7F;
      }
      int active = random.nextInt(8);
      byte[] out = rewrite(source, DependencyRewriter.give(round, 0, 5, active, 3));
      if (!before.wrap(source, 0, source.length, known)) {
        continue;
      }
      readable++;
      assertThat(after.wrap(out, 0, out.length, known)).isTrue();
      assertThat(after.frameNumber()).isEqualTo(round & 0xFFFF);
      assertThat(after.startsFrame()).isEqualTo(before.startsFrame());
      assertThat(after.differenceCount()).isEqualTo(before.differenceCount());
      for (int i = 0; i < before.differenceCount(); i++) {
        assertThat(after.difference(i)).isEqualTo(before.difference(i));
      }
      for (int target = 0; target < 3; target++) {
        assertThat(after.indication(target)).isEqualTo(before.indication(target));
      }
      assertThat(after.chainDifference(0)).isEqualTo(before.chainDifference(0));
    }
    assertThat(readable).isGreaterThan(1000);
  }
}
