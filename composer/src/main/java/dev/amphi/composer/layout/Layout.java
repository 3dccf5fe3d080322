package dev.amphi.composer.layout;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A rule that gives each member a rectangle of the canvas; exact geometry in layouts.md. */
public sealed interface Layout permits Speaker, Grid, PresentationPip {
  /**
   * Places the members.
   *
   * @param members in their stable order; those that find no place are left out
   * @param leader id of the member who leads, or "" for the first
   */
  List<Place> arrange(Canvas canvas, List<Member> members, String leader);

  /** The name by which the layout is chosen. */
  String id();

  /** The layout of that name. */
  static Optional<Layout> named(String id) {
    return Stream.<Layout>of(new Speaker(), new Grid(), new PresentationPip())
        .filter(layout -> layout.id().equals(id))
        .findFirst();
  }
}
