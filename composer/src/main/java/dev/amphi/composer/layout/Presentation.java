package dev.amphi.composer.layout;

import java.util.List;

/** The shared screen alone, over the whole canvas. Without a share it is {@code speaker}. */
record Presentation() implements Layout {
  @Override
  public String id() {
    return "presentation";
  }

  @Override
  public List<Place> arrange(Canvas canvas, List<Member> members, String leader) {
    return members.stream().noneMatch(Member::share)
        ? new Speaker().arrange(canvas, members, leader)
        : List.of(Place.of(Layout.newestShare(members), canvas.whole()));
  }
}
