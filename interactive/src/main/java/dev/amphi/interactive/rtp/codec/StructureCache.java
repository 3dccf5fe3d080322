package dev.amphi.interactive.rtp.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The structure that was read last, and the bytes that it was read from: whoever repeats it in each
 * packet, or sends one that is malformed again and again, costs a comparison. A structure begins
 * five bits behind the descriptor's mandatory bytes.
 */
final class StructureCache {
  private static final int FLAGS = 5;

  private byte[] bytes = {};
  private int bits; // from the flags on; of a malformed one all that there were
  private @Nullable DependencyStructure structure;

  /**
   * The structure from the reader's position on, which is moved behind it; null when malformed.
   *
   * @param from the byte with the flags
   * @param to the byte behind the descriptor
   */
  @Nullable DependencyStructure read(BitReader in, byte[] b, int from, int to) {
    if (same(b, from, to)) {
      in.skip(bits - FLAGS);
      return structure;
    }
    structure = DependencyStructure.read(in);
    bits = structure == null ? 8 * (to - from) : in.position() - 8 * from;
    bytes = Arrays.copyOfRange(b, from, to);
    return structure;
  }

  private boolean same(byte[] b, int from, int to) {
    int available = 8 * (to - from);
    if (structure == null ? available != bits : available < bits) {
      return false;
    }
    int whole = bits >> 3;
    int rest = bits & 7;
    return ((b[from] ^ bytes[0]) & 0xFF >> FLAGS) == 0
        && Arrays.equals(b, from + 1, from + whole, bytes, 1, whole)
        && (rest == 0 || ((b[from + whole] ^ bytes[whole]) & 0xFF00 >> rest & 0xFF) == 0);
  }
}
