package dev.amphi.composer.layout;

import static dev.amphi.composer.layout.Rect.even;

import java.util.List;

/** A column of small tiles at the right edge, beside something large. */
final class Column {
  private static final int MOST = 10;

  private Column() {}

  /** The width of the column; what stands beside it is three gaps narrower than the rest. */
  static int width(Canvas canvas) {
    return even(canvas.width() * 29 / 160);
  }

  /** The width of what stands beside it. */
  static int beside(Canvas canvas) {
    return even(canvas.width() - 3 * canvas.gap() - width(canvas));
  }

  /** Places members from the top, in the middle of the height; those that are too many are left. */
  static void add(Canvas canvas, List<Member> members, List<Place> places) {
    List<Member> shown = members.subList(0, Math.min(MOST, members.size()));
    int count = shown.size();
    if (count == 0) {
      return;
    }
    int gap = canvas.gap();
    int column = width(canvas);
    int byHeight = (canvas.height() - (count + 1) * gap) / count;
    int w = even(Math.min(column, byHeight * 16 / 9));
    int h = even(w * 9 / 16);
    int x = canvas.width() - gap - column + even((column - w) / 2);
    int top = even((canvas.height() - count * h - (count - 1) * gap) / 2);
    for (int i = 0; i < count; i++) {
      places.add(Place.of(shown.get(i), new Rect(x, top + i * (h + gap), w, h)));
    }
  }
}
