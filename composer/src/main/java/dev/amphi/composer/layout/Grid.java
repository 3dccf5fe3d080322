package dev.amphi.composer.layout;

import static dev.amphi.composer.layout.Rect.even;

import java.util.ArrayList;
import java.util.List;

/** Equal tiles of 16:9, as large as they can be, the last row in the middle. */
record Grid() implements Layout {
  private static final int MOST = 25;

  @Override
  public String id() {
    return "grid";
  }

  @Override
  public List<Place> arrange(Canvas canvas, List<Member> members, String leader) {
    List<Member> shown = members.subList(0, Math.min(MOST, members.size()));
    if (shown.size() == 1) {
      return List.of(Place.of(shown.get(0), canvas.whole()));
    }
    int count = shown.size();
    int columns = 1;
    for (int candidate = 2; candidate <= count; candidate++) {
      if (tileWidth(canvas, count, candidate) > tileWidth(canvas, count, columns)) {
        columns = candidate;
      }
    }
    return tiles(canvas, shown, columns);
  }

  private static int rows(int count, int columns) {
    return (count + columns - 1) / columns;
  }

  private static int tileWidth(Canvas canvas, int count, int columns) {
    int gap = canvas.gap();
    int rows = rows(count, columns);
    int byWidth = (canvas.width() - (columns + 1) * gap) / columns;
    int byHeight = (canvas.height() - (rows + 1) * gap) / rows;
    return even(Math.min(byWidth, byHeight * 16 / 9));
  }

  private static List<Place> tiles(Canvas canvas, List<Member> members, int columns) {
    int gap = canvas.gap();
    int count = members.size();
    int rows = rows(count, columns);
    int w = tileWidth(canvas, count, columns);
    int h = even(w * 9 / 16);
    int top = even((canvas.height() - rows * h - (rows - 1) * gap) / 2);
    List<Place> places = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int row = i / columns;
      int inRow = Math.min(columns, count - row * columns);
      int left = even((canvas.width() - inRow * w - (inRow - 1) * gap) / 2);
      int x = left + (i % columns) * (w + gap);
      places.add(Place.of(members.get(i), new Rect(x, top + row * (h + gap), w, h)));
    }
    return places;
  }
}
