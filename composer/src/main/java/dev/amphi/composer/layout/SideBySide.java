package dev.amphi.composer.layout;

import static dev.amphi.composer.layout.Rect.even;

import java.util.ArrayList;
import java.util.List;

/**
 * Two of equal size beside each other, as for a conversation: the newest share and the leader, or
 * the leader and the first of the others; the rest in a row below them.
 */
record SideBySide() implements Layout {
  private static final int MOST_OTHERS = 10;

  @Override
  public String id() {
    return "side_by_side";
  }

  @Override
  public List<Place> arrange(Canvas canvas, List<Member> members, String leader) {
    List<Member> order = order(members, leader);
    if (order.size() < 2) {
      return new Speaker().arrange(canvas, members, leader);
    }
    int gap = canvas.gap();
    int w = even((canvas.width() - 3 * gap) / 2);
    int h = even(w * 3 / 4);
    int below = 0;
    List<Member> others = order.subList(2, Math.min(2 + MOST_OTHERS, order.size()));
    int small = even(Math.min(canvas.width() * 13 / 80, fitting(canvas, others.size())));
    if (!others.isEmpty()) {
      below = even(small * 9 / 16) + gap;
    }
    int top = even((canvas.height() - h - below) / 2);
    List<Place> places = new ArrayList<>();
    places.add(Place.of(order.get(0), new Rect(gap, top, w, h)));
    places.add(Place.of(order.get(1), new Rect(canvas.width() - gap - w, top, w, h)));
    addRow(canvas, others, top + h + gap, small, places);
    return places;
  }

  /** A share before the leader, whoever leads. */
  private static List<Member> order(List<Member> members, String leader) {
    List<Member> order = new ArrayList<>();
    if (members.stream().anyMatch(Member::share)) {
      order.add(Layout.newestShare(members));
    }
    List<Member> people = Layout.people(members);
    if (!people.isEmpty()) {
      Member first = Layout.leader(people, leader);
      order.add(first);
      people.stream().filter(member -> !member.equals(first)).forEach(order::add);
    }
    return order;
  }

  private static int fitting(Canvas canvas, int count) {
    int gap = canvas.gap();
    return count == 0 ? 0 : (canvas.width() - (count + 1) * gap) / count;
  }

  private static void addRow(
      Canvas canvas, List<Member> members, int y, int w, List<Place> places) {
    int gap = canvas.gap();
    int count = members.size();
    int h = even(w * 9 / 16);
    int left = even((canvas.width() - count * w - (count - 1) * gap) / 2);
    for (int i = 0; i < count; i++) {
      places.add(Place.of(members.get(i), new Rect(left + i * (w + gap), y, w, h)));
    }
  }
}
