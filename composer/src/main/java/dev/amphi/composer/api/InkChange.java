package dev.amphi.composer.api;

/** What happens to the strokes over a source's picture. */
public sealed interface InkChange {
  /** All that is drawn lies over this source from now on; "" is over none. */
  record On(String sourceId) implements InkChange {}

  /**
   * A stroke begins or grows.
   *
   * @param author with the id names the stroke
   * @param colour 0xRRGGBB
   * @param points x and y in turn, from 0 to 1 over the picture's width and height
   * @param done whether it has no more
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Grown(String author, String id, int colour, float[] points, boolean done)
      implements InkChange {}

  /** A stroke is taken back; an unknown one is no fault. */
  record Taken(String author, String id) implements InkChange {}

  /** All strokes go. */
  record Cleared() implements InkChange {}
}
