package dev.amphi.interactive.rtp.codec;

/**
 * The newest sequence parameter set and the picture parameter sets that followed it, in Annex B
 * form, for senders that do not repeat them with each IDR.
 */
final class ParameterSets {
  private static final int CAPACITY = 2048;
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
