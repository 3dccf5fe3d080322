package dev.amphi.interactive.rtp.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest sequence parameter set and the picture parameter sets that followed it, in Annex B
 * form, for senders that do not repeat them with each IDR.
 */
final class ParameterSets {
  private static final int CAPACITY = 1024;
  private static final int START_CODE = 4;

  private final byte[] bytes = new byte[CAPACITY];
  private int length;
  private boolean complete;

  /** Remembers a NAL unit when it is a parameter set; one that does not fit is not kept. */
  void observe(int type, byte[] nal, int offset, int count) {
    if (type == NalUnit.SPS) {
      length = 0;
      complete = false;
      append(nal, offset, count);
    } else if (type == NalUnit.PPS && length > 0) {
      complete |= append(nal, offset, count);
    }
  }

  /**
   * Remembers the parameter sets in a payload of single units or an aggregate (RFC 6184 §5.7.1).
   */
  void observePayload(byte[] b, int offset, int count) {
    if (count < 2) {
      return;
    }
    int type = NalUnit.type(b[offset]);
    if (type != NalUnit.STAP_A) {
      observe(type, b, offset, count);
      return;
    }
    int end = offset + count;
    int at = offset + 1;
    while (at + 2 < end) {
      int size = NalUnit.size(b, at);
      at += 2;
      if (size == 0 || at + size > end) {
        return;
      }
      observe(NalUnit.type(b[at]), b, at, size);
      at += size;
    }
  }

  /** The sets as one STAP-A (RFC 6184 §5.7.1); null when they are not complete. Allocates. */
  byte @Nullable [] aggregate() {
    if (!complete) {
      return null;
    }
    ByteBuffer out = ByteBuffer.allocate(1 + length);
    out.put((byte) (NalUnit.HIGHEST_IMPORTANCE | NalUnit.STAP_A));
    int at = START_CODE;
    while (at < length) {
      int next = at;
      while (next < length && !startCodeAt(next)) {
        next++;
      }
      out.putShort((short) (next - at)).put(bytes, at, next - at);
      at = next + START_CODE;
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private boolean startCodeAt(int at) {
    return at + START_CODE <= length
        && bytes[at] == 0
        && bytes[at + 1] == 0
        && bytes[at + 2] == 0
        && bytes[at + 3] == 1;
  }

  private boolean append(byte[] nal, int offset, int count) {
    if (length + START_CODE + count > CAPACITY) {
      return false;
    }
    bytes[length] = 0;
    bytes[length + 1] = 0;
    bytes[length + 2] = 0;
    bytes[length + 3] = 1;
    System.arraycopy(nal, offset, bytes, length + START_CODE, count);
    length += START_CODE + count;
    return true;
  }

  /** Whether a sequence and a picture parameter set are known. */
  boolean complete() {
    return complete;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}
