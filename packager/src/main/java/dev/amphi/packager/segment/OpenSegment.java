package dev.amphi.packager.segment;

import java.time.Instant;

/** The segment that is being made; see {@link Segment} for the fields. */
public record OpenSegment(
    long msn, MediaTime start, Instant startsAt, int initIndex, boolean discontinuity) {}
