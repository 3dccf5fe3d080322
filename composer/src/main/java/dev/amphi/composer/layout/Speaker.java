package dev.amphi.composer.layout;

import static dev.amphi.composer.layout.Rect.even;

import java.util.ArrayList;
import java.util.List;

/** One large leader, the others in a column at the right. */
record Speaker() implements Layout {
  @Override
  public String id() {
    return "speaker";
  }

  @Override
  public List<Place> arrange(Canvas canvas, List<Member> members, String leader) {
    if (members.isEmpty()) {
      return List.of();
    }
    Member first = Layout.leader(members, leader);
    List<Member> others = members.stream().filter(member -> !member.equals(first)).toList();
    if (others.isEmpty()) {
      return List.of(Place.of(first, canvas.whole()));
    }
    List<Place> places = new ArrayList<>();
    int w = Column.beside(canvas);
    int h = even(w * 9 / 16);
    places.add(Place.of(first, new Rect(canvas.gap(), even((canvas.height() - h) / 2), w, h)));
    Column.add(canvas, others, places);
    return places;
  }
}
