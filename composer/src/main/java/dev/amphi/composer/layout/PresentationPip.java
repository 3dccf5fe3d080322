package dev.amphi.composer.layout;

import static dev.amphi.composer.layout.Rect.even;

import java.util.ArrayList;
import java.util.List;

/**
 * The shared screen over the whole canvas, people small above it, from the lower right corner to
 * the left. Without a share it is {@code speaker}.
 */
record PresentationPip() implements Layout {
  private static final int MOST_PEOPLE = 10;

  @Override
  public String id() {
    return "presentation_pip";
  }

  @Override
  public List<Place> arrange(Canvas canvas, List<Member> members, String leader) {
    if (members.stream().noneMatch(Member::share)) {
      return new Speaker().arrange(canvas, members, leader);
    }
    List<Place> places = new ArrayList<>();
    places.add(Place.of(Layout.newestShare(members), canvas.whole()));
    List<Member> people = Layout.people(members).stream().limit(MOST_PEOPLE).toList();
    if (!people.isEmpty()) {
      addPeople(canvas, people, places);
    }
    return places;
  }

  private static void addPeople(Canvas canvas, List<Member> people, List<Place> places) {
    int gap = canvas.gap();
    int margin = 2 * gap;
    int count = people.size();
    int room = (canvas.width() - 2 * margin - (count - 1) * gap) / count;
    int w = even(Math.min(canvas.width() * 13 / 80, room));
    int h = even(w * 9 / 16);
    int y = canvas.height() - margin - h;
    for (int i = 0; i < count; i++) {
      int x = canvas.width() - margin - w - i * (w + gap);
      places.add(Place.of(people.get(i), new Rect(x, y, w, h)));
    }
  }
}
