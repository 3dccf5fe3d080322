package dev.amphi.packager.node;

/**
 * What one node gives to its audience at most.
 *
 * @param parkedPerClient requests that one address may park; a school shares one address
 * @param parked requests that all may park
 * @param heapBytesPerRoom media kept on the heap for a room's rewind
 * @param spoolBytesPerRoom disk for the rest of it, encrypted and nameless
 * @param lingerS how long a broadcast can be watched after its end, seconds
 */
public record PackagerLimits(
    int parkedPerClient, int parked, long heapBytesPerRoom, long spoolBytesPerRoom, int lingerS) {
  /** For a node of ordinary size. */
  public static PackagerLimits standard() {
    return new PackagerLimits(16_384, 65_536, 512L << 20, 16L << 30, 600);
  }
}
