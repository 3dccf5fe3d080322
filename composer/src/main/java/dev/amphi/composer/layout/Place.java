package dev.amphi.composer.layout;

/**
 * A member's place. Later places lie above earlier ones.
 *
 * @param contain whether the whole picture is shown with bars, instead of a part that fills
 */
public record Place(Member member, Rect rect, boolean contain) {
  static Place of(Member member, Rect rect) {
    return new Place(member, rect, member.share());
  }
}
