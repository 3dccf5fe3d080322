package dev.amphi.packager.playlist;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A complete segment with the tags that belong to it (RFC 8216bis §4.4.4).
 *
 * @param map the header, where it differs from the segment's before
 * @param dateTime EXT-X-PROGRAM-DATE-TIME
 * @param firstBytes EXT-X-BYTERANGE: only so many bytes of it from its beginning; 0 for all
 * @param gap EXT-X-GAP: there is nothing to fetch
 */
public record MediaSegment(
    String uri,
    int firstBytes,
    double durationS,
    @Nullable Instant dateTime,
    boolean discontinuity,
    boolean gap,
    @Nullable InitMap map,
    List<MediaPart> parts) {}
