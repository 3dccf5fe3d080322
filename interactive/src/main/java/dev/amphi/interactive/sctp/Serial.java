package dev.amphi.interactive.sctp;

/**
 * Numbers that wrap on the wire (RFC 1982) and never here: a number from the wire becomes the
 * {@code long} nearest to one that is known.
 */
final class Serial {
  private Serial() {}

  /** A TSN or request number of 32 bits. */
  static long near32(long known, long wire) {
    return known + (int) (wire - known);
  }

  /** A stream sequence number of 16 bits. */
  static long near16(long known, int wire) {
    return known + (short) (wire - known);
  }
}
