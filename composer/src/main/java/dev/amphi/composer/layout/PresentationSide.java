package dev.amphi.composer.layout;

import static dev.amphi.composer.layout.Rect.even;

import java.util.ArrayList;
import java.util.List;

/**
 * The shared screen large at the left, people in a column at the right: nothing covers anything.
 * Without a share it is {@code speaker}.
 */
record PresentationSide() implements Layout {
  @Override
  public String id() {
    return "presentation_side";
  }

  @Override
  public List<Place> arrange(Canvas canvas, List<Member> members, String leader) {
    List<Member> people = Layout.people(members);
    if (people.isEmpty() || people.size() == members.size()) {
      return new Presentation().arrange(canvas, members, leader);
    }
    int gap = canvas.gap();
    List<Place> places = new ArrayList<>();
    // As high as the canvas allows: a slide of 4:3 is larger then.
    places.add(
        Place.of(
            Layout.newestShare(members),
            new Rect(gap, gap, Column.beside(canvas), even(canvas.height() - 2 * gap))));
    Column.add(canvas, people, places);
    return places;
  }
}
