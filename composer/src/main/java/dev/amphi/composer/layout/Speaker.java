package dev.amphi.composer.layout;

import static dev.amphi.composer.layout.Rect.even;

import java.util.ArrayList;
import java.util.List;

/** One large leader, the others in a column at the right. */
record Speaker() implements Layout {
  private static final int MOST_OTHERS = 10;

  @Override
  public String id() {
    return "speaker";
  }

  @Override
  public List<Place> arrange(Canvas canvas, List<Member> members, String leader) {
    if (members.isEmpty()) {
      return List.of();
    }
    Member first =
        members.stream()
            .filter(member -> member.id().equals(leader))
            .findFirst()
            .orElse(members.get(0));
    List<Member> others =
        members.stream().filter(member -> !member.equals(first)).limit(MOST_OTHERS).toList();
    if (others.isEmpty()) {
      return List.of(Place.of(first, canvas.whole()));
    }
    List<Place> places = new ArrayList<>();
    int gap = canvas.gap();
    int strip = even(canvas.width() * 29 / 160);
    int w = even(canvas.width() - 3 * gap - strip);
    int h = even(w * 9 / 16);
    places.add(Place.of(first, new Rect(gap, even((canvas.height() - h) / 2), w, h)));
    addStrip(canvas, others, strip, places);
    return places;
  }

  private static void addStrip(Canvas canvas, List<Member> others, int strip, List<Place> places) {
    int gap = canvas.gap();
    int count = others.size();
    int byHeight = (canvas.height() - (count + 1) * gap) / count;
    int w = even(Math.min(strip, byHeight * 16 / 9));
    int h = even(w * 9 / 16);
    int x = canvas.width() - gap - strip + even((strip - w) / 2);
    int top = even((canvas.height() - count * h - (count - 1) * gap) / 2);
    for (int i = 0; i < count; i++) {
      places.add(Place.of(others.get(i), new Rect(x, top + i * (h + gap), w, h)));
    }
  }
}
