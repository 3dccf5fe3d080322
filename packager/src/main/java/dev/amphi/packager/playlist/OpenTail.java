package dev.amphi.packager.playlist;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a segment that is not complete yet; see {@link MediaSegment} for the fields.
 *
 * @param hint what comes next
 */
public record OpenTail(
    @Nullable Instant dateTime,
    boolean discontinuity,
    @Nullable InitMap map,
    List<MediaPart> parts,
    @Nullable PreloadHint hint) {
  /** Nothing follows. */
  public static final OpenTail NONE = new OpenTail(null, false, null, List.of(), null);
}
