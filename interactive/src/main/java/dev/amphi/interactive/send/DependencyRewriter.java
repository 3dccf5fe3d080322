package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.codec.DependencyDescriptor;
import java.util.Arrays;

/**
 * Writes dependency descriptors anew (AOM "RTP Payload Format For AV1" 1.0, §A.8.2) with another
 * frame number, other template ids and other active decode targets. What has to be known of a
 * packet for that fits into one number, so that it can be done again at any time:
 *
 * <pre>
 *   active targets (32 bits, 0: as they are) | how many targets - 1 (5) | template shift (6)
 *   | id of the source's extension (4) | frame number (16)
 * </pre>
 */
final class DependencyRewriter {
  /** Extension ids are told in four bits. */
  static final int MAX_SOURCE_ID = 14;

  private static final int MAX_LENGTH = 255;
  private static final int IDS = 64;
  private static final int FLAGS_AT = 24;
  private static final int FLAGS = 5;
  private static final int STRUCTURE = 0x10;
  private static final int ACTIVE = 0x08;
  private static final int ID_OFFSET_AT = FLAGS_AT + FLAGS;
  private static final int ID_BITS = 6;

  private final DependencyDescriptor descriptor;
  private final byte[] out = new byte[MAX_LENGTH + 8];
  private int at;

  /**
   * A writer of the descriptors of a slot.
   *
   * @param descriptor the view that read them: it knows where their structure ends
   */
  DependencyRewriter(DependencyDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  /** Everything in one number. */
  static long give(int frameNumber, int templateShift, int sourceId, int active, int targets) {
    return (active & 0xFFFF_FFFFL) << 31
        | (long) ((targets - 1) & 0x1F) << 26
        | (long) (templateShift & (IDS - 1)) << 20
        | (long) sourceId << 16
        | (frameNumber & 0xFFFF);
  }

  /** The id of the source's extension; 0 when there is nothing to write. */
  static int sourceId(long given) {
    return (int) (given >> 16) & 0xF;
  }

  /** What was written last. */
  byte[] rewritten() {
    return out;
  }

  /** Writes a descriptor of at least three bytes; returns how many there are now. */
  int rewrite(byte[] source, int offset, int length, long given) {
    int shift = (int) (given >> 20);
    int flags = length > DependencyDescriptor.MANDATORY ? source[offset + 3] >> 3 & 0x1F : 0;
    int active = (int) (given >>> 31);
    int targets = ((int) (given >> 26) & 0x1F) + 1;
    boolean withStructure = (flags & STRUCTURE) != 0;
    boolean room = length + (targets + FLAGS + 7) / 8 <= MAX_LENGTH;
    if (active != 0 && room && (!withStructure || ends(source, offset, length))) {
      limit(source, offset * 8, (offset + length) * 8, flags, active, targets);
    } else {
      System.arraycopy(source, offset, out, 0, length);
      at = length * 8;
    }
    out[0] = (byte) ((source[offset] & 0xC0) | ((source[offset] + shift) & (IDS - 1)));
    out[1] = (byte) (given >> 8);
    out[2] = (byte) given;
    int end = at;
    if (withStructure && end >= ID_OFFSET_AT + ID_BITS) {
      shiftOffset(shift);
    }
    return (end + 7) / 8;
  }

  private boolean ends(byte[] source, int offset, int length) {
    return descriptor.wrap(source, offset, length, null) && descriptor.attached() != null;
  }

  private void limit(byte[] b, int from, int end, int flags, int active, int targets) {
    Arrays.fill(out, (byte) 0);
    at = FLAGS_AT;
    put(flags | ACTIVE, FLAGS);
    int next = from + ID_OFFSET_AT;
    if ((flags & STRUCTURE) != 0) {
      copy(b, next, descriptor.structureEnd());
      next = descriptor.structureEnd();
    }
    put(active, targets);
    next += (flags & ACTIVE) != 0 ? targets : 0;
    copy(b, next, end);
  }

  private void shiftOffset(int shift) {
    int offset = 0;
    for (int i = ID_OFFSET_AT; i < ID_OFFSET_AT + ID_BITS; i++) {
      offset = offset << 1 | bit(out, i);
      out[i >> 3] &= (byte) ~(0x80 >> (i & 7));
    }
    at = ID_OFFSET_AT;
    put((offset + shift) & (IDS - 1), ID_BITS);
  }

  private void put(int value, int bits) {
    for (int left = bits; left > 0; ) {
      int room = 8 - (at & 7);
      int taken = Math.min(room, left);
      int part = value >>> (left - taken) & (1 << taken) - 1;
      out[at >> 3] |= (byte) (part << (room - taken));
      at += taken;
      left -= taken;
    }
  }

  private void copy(byte[] b, int from, int to) {
    for (int i = from; i < to; ) {
      int taken = Math.min(8 - (i & 7), to - i);
      put(b[i >> 3] >> (8 - (i & 7) - taken) & (1 << taken) - 1, taken);
      i += taken;
    }
  }

  private static int bit(byte[] b, int i) {
    return b[i >> 3] >> (7 - (i & 7)) & 1;
  }
}
