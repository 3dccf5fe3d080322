package dev.amphi.packager.segment;

import dev.amphi.packager.mp4.Bytes;

/**
 * A piece of a segment that is published before the segment is whole (EXT-X-PART).
 *
 * @param msn media sequence number of its segment
 * @param index position in its segment, from 0
 * @param start media time of its first sample
 * @param durationTicks in the timescale of {@code start}
 * @param independent whether it starts with a sync sample
 * @param data one CMAF chunk
 */
public record Part(
    long msn, int index, MediaTime start, long durationTicks, boolean independent, Bytes data) {
  /** What stays known of a part when its bytes are gone. */
  public record Listing(MediaTime duration, boolean independent) {}

  /** The part without its bytes. */
  public Listing listing() {
    return new Listing(new MediaTime(durationTicks, start.timescale()), independent);
  }
}
