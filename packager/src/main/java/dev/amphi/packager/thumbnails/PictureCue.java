package dev.amphi.packager.thumbnails;

/**
 * For which time a small picture stands.
 *
 * @param startMs from the file's beginning
 * @param endMs later than {@code startMs}
 * @param uri of the picture, without a fragment
 * @param width pixels, as {@code height}
 */
public record PictureCue(long startMs, long endMs, String uri, int width, int height) {
  /** A picture stands for no more than that: what came later nobody has looked at. */
  public static final long LONGEST_MS = 30_000;

  /** The same picture for another time. */
  public PictureCue at(long newStartMs, long newEndMs) {
    return new PictureCue(newStartMs, newEndMs, uri, width, height);
  }
}
