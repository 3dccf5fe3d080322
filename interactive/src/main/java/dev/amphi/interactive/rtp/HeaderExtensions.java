package dev.amphi.interactive.rtp;

import java.util.EnumMap;
import java.util.Map;

/** The negotiated mapping of header extensions to local ids (RFC 8285 §5). Immutable. */
public final class HeaderExtensions {
  /** Nothing was negotiated. */
  public static final HeaderExtensions NONE = new HeaderExtensions(Map.of());

  private static final int MAX_ID = 255;

  private final Map<HeaderExtension, Integer> ids;

  private HeaderExtensions(Map<HeaderExtension, Integer> negotiated) {
    ids = negotiated;
  }

  /** A mapping; ids run from 1 to 255 (15 is reserved in the one-byte form and refused). */
  public static HeaderExtensions of(Map<HeaderExtension, Integer> negotiated) {
    Map<HeaderExtension, Integer> copy = new EnumMap<>(HeaderExtension.class);
    negotiated.forEach(
        (extension, id) -> {
          if (id < 1 || id > MAX_ID || id == 15) {
            throw new IllegalArgumentException(
                "An extmap id must be 1 to 14 or 16 to 255: " + extension + " has " + id);
          }
          copy.put(extension, id);
        });
    return new HeaderExtensions(copy);
  }

  /** The id of an extension, or 0 when it was not negotiated. */
  public int id(HeaderExtension extension) {
    return ids.getOrDefault(extension, 0);
  }
}
