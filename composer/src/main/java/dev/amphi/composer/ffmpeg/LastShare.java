package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.layout.Rect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last picture of a share, to be compared with the next: most of them are the same. */
final class LastShare implements AutoCloseable {
  private @Nullable AvPicture last;

  /**
   * Another picture has come; it is the last one from now on, unless both are the same.
   *
   * @param picture stays the caller's; null for what is no share
   * @param compared whether the one before is still what is to be seen
   * @return where they differ, in pixels of the picture, or null when that is not known
   */
  @Nullable List<Rect> next(@Nullable AvPicture picture, boolean compared) {
    AvPicture before = last;
    List<Rect> found = null;
    if (compared && before != null && picture != null && isOfSize(before, picture)) {
      found = Differences.between(before, picture);
      if (found.isEmpty()) {
        return found; // the one from before may stay
      }
    }
    close();
    last = picture == null ? null : picture.share();
    return found;
  }

  private static boolean isOfSize(AvPicture a, AvPicture b) {
    return a.width() == b.width() && a.height() == b.height();
  }

  @Override
  public void close() {
    if (last != null) {
      last.close();
      last = null;
    }
  }
}
