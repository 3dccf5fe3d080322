package dev.amphi.packager.crypt;

/**
 * Where the bytes of a plain stream are in its sealed file, which is a header and segments of 64
 * KiB, each with its tag; the first one shares its 64 KiB with the header. Pure arithmetic.
 *
 * @param storedBytes of the sealed file
 */
record StreamLayout(long storedBytes) {
  static final int SEGMENT_BYTES = 64 << 10;
  static final int SALT_BYTES = 32;
  static final int PREFIX_BYTES = 7;
  static final int HEADER_BYTES = 1 + SALT_BYTES + PREFIX_BYTES;
  static final int PLAIN_BYTES = SEGMENT_BYTES - AesGcm.TAG_BYTES;

  /** Whether a file of this length can be a sealed stream. */
  boolean isPossible() {
    return storedBytes >= HEADER_BYTES + AesGcm.TAG_BYTES
        && storedBytes - storedStart(segments() - 1) >= AesGcm.TAG_BYTES;
  }

  long segments() {
    return (storedBytes + SEGMENT_BYTES - 1) / SEGMENT_BYTES;
  }

  long plainBytes() {
    return storedBytes - HEADER_BYTES - segments() * AesGcm.TAG_BYTES;
  }

  /** The segment that a plain byte is in. */
  static long segmentOf(long plainAt) {
    return (plainAt + HEADER_BYTES) / PLAIN_BYTES;
  }

  /** The first plain byte of a segment. */
  static long plainStart(long segment) {
    return segment == 0 ? 0 : segment * PLAIN_BYTES - HEADER_BYTES;
  }

  /** Where a segment begins in the file. */
  static long storedStart(long segment) {
    return segment == 0 ? HEADER_BYTES : segment * SEGMENT_BYTES;
  }

  /** How long a segment is in the file. */
  int storedLength(long segment) {
    long end = Math.min((segment + 1) * SEGMENT_BYTES, storedBytes);
    return (int) (end - storedStart(segment));
  }

  /** How much plain text a segment takes at most. */
  static int room(long segment) {
    return segment == 0 ? PLAIN_BYTES - HEADER_BYTES : PLAIN_BYTES;
  }
}
