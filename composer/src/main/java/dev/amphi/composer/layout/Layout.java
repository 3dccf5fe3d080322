package dev.amphi.composer.layout;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A rule that gives each member a rectangle of the canvas; exact geometry in layouts.md. */
public sealed interface Layout
    permits Speaker, Grid, PresentationPip, PresentationSide, SideBySide, Presentation {
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
    return Stream.<Layout>of(
            new Speaker(),
            new PresentationPip(),
            new PresentationSide(),
            new SideBySide(),
            new Grid(),
            new Presentation())
        .filter(layout -> layout.id().equals(id))
        .findFirst();
  }

  /** The member of that id, or the first. */
  static Member leader(List<Member> members, String leader) {
    return members.stream()
        .filter(member -> member.id().equals(leader))
        .findFirst()
        .orElse(members.get(0));
  }

  /** Those who are no share. */
  static List<Member> people(List<Member> members) {
    return members.stream().filter(member -> !member.share()).toList();
  }

  /** The share that came last; there is one. */
  static Member newestShare(List<Member> members) {
    return members.stream().filter(Member::share).reduce((older, newer) -> newer).orElseThrow();
  }
}
