package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.layout.Rect;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Where two pictures of one size differ, byte for byte: of each band of rows the columns from the
 * first to the last that differ. Of a page that stands still nothing is left.
 */
final class Differences {
  private static final int BAND = 64;
  private static final int COLUMNS = 8;

  private final AvPicture before;
  private final AvPicture after;
  private final int cell;
  private int left;
  private int right;

  private Differences(AvPicture before, AvPicture after) {
    this.before = before;
    this.after = after;
    this.cell = Math.max(2, (after.width() + COLUMNS - 1) / COLUMNS + 1 & ~1);
  }

  /** The places, even but at the picture's edge; the whole when the sizes differ. */
  static List<Rect> between(AvPicture before, AvPicture after) {
    Rect whole = new Rect(0, 0, after.width(), after.height());
    boolean alike =
        before.width() == after.width()
            && before.height() == after.height()
            && before.limitedRange() == after.limitedRange();
    return alike ? new Differences(before, after).bands(whole) : List.of(whole);
  }

  private List<Rect> bands(Rect whole) {
    List<Rect> found = new ArrayList<>();
    for (int top = 0; top < whole.height(); top += BAND) {
      int height = Math.min(BAND, whole.height() - top);
      left = COLUMNS;
      right = -1;
      for (int plane = 0; plane < 3 && !everywhere(); plane++) {
        look(plane, top, height);
      }
      if (right >= 0) {
        int x = left * cell;
        add(found, new Rect(x, top, Math.min(whole.width(), (right + 1) * cell) - x, height));
      }
    }
    return found;
  }

  /** Joins what lies straight below another. */
  private static void add(List<Rect> found, Rect rect) {
    Rect above = found.isEmpty() ? null : found.getLast();
    if (above != null
        && above.x() == rect.x()
        && above.width() == rect.width()
        && above.y() + above.height() == rect.y()) {
      found.removeLast();
      int height = above.height() + rect.height();
      found.add(new Rect(above.x(), above.y(), above.width(), height));
    } else {
      found.add(rect);
    }
  }

  private boolean everywhere() {
    return left == 0 && right == COLUMNS - 1;
  }

  private void look(int plane, int top, int height) {
    int shift = plane == 0 ? 0 : 1;
    int width = (after.width() + shift) >> shift;
    int end = (top + height + shift) >> shift;
    int columns = cell >> shift;
    try (BytePointer one = before.at(plane, 0);
        BytePointer other = after.at(plane, 0)) {
      for (int row = top >> shift; row < end && !everywhere(); row++) {
        long oneAt = (long) row * before.stride(plane);
        long otherAt = (long) row * after.stride(plane);
        if (!same(one.position(oneAt), other.position(otherAt), width)) {
          narrow(one, oneAt, other, otherAt, columns, width);
        }
      }
    }
  }

  /** Widens the columns that differ by those of a row. */
  private void narrow(
      BytePointer one, long oneAt, BytePointer other, long otherAt, int columns, int width) {
    for (int column = 0; column < COLUMNS && column * columns < width; column++) {
      if (column < left || column > right) {
        int from = column * columns;
        int bytes = Math.min(columns, width - from);
        if (!same(one.position(oneAt + from), other.position(otherAt + from), bytes)) {
          left = Math.min(left, column);
          right = Math.max(right, column);
        }
      }
    }
  }

  private static boolean same(Pointer one, Pointer other, long bytes) {
    return Pointer.memcmp(one, other, bytes) == 0;
  }
}
