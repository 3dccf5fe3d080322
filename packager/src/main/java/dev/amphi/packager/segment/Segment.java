package dev.amphi.packager.segment;

import java.time.Instant;
import java.util.List;

/**
 * A complete segment as a playlist lists it; its bytes are in the store.
 *
 * @param msn media sequence number
 * @param start media time of its first sample in its period
 * @param startsAt wall clock of its first sample (EXT-X-PROGRAM-DATE-TIME)
 * @param initIndex which header it needs (EXT-X-MAP)
 * @param discontinuity whether its coding or times do not continue those of the one before
 * @param gap whether nothing was made in this time, so that there is nothing to fetch (EXT-X-GAP)
 * @param keyBytes so many of its first bytes hold its first picture, when that needs no other; else
 *     0
 * @param samples pictures or sound frames
 * @param sizeBytes all its parts together
 */
public record Segment(
    long msn,
    MediaTime start,
    Instant startsAt,
    MediaTime duration,
    int initIndex,
    boolean discontinuity,
    boolean gap,
    List<Part.Listing> parts,
    int keyBytes,
    int samples,
    long sizeBytes) {
  /** One that holds media, begins at media time zero and has no picture of its own. */
  public Segment(
      long msn,
      Instant startsAt,
      MediaTime duration,
      int initIndex,
      boolean discontinuity,
      List<Part.Listing> parts,
      int samples,
      long sizeBytes) {
    this(
        msn,
        new MediaTime(0, duration.timescale()),
        startsAt,
        duration,
        initIndex,
        discontinuity,
        false,
        parts,
        0,
        samples,
        sizeBytes);
  }
}
