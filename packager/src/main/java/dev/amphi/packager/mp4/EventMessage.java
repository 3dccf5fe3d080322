package dev.amphi.packager.mp4;

/**
 * Something that happens at a time of the media (ISO 23009-1 §5.10.3.3), in the file itself.
 *
 * @param value what kind of thing it is
 * @param timeTicks when, in {@code timescale} from the media's time zero
 * @param id the same wherever the same thing is told
 * @param text what it is, in UTF-8
 */
public record EventMessage(String value, int timescale, long timeTicks, long id, String text) {
  /** Ours: {@code value} is its type, the data a title. */
  public static final String SCHEME = "urn:amphi:class:2026";

  /** It lasts until the next of its type. */
  static final long UNKNOWN_DURATION = 0xffff_ffffL;
}
