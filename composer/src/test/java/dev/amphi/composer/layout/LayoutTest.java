package dev.amphi.composer.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.composer.api.Composition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutTest {
  private static final Canvas HD = new Canvas(1280, 720);

  private static List<Member> people(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Member("p" + i, false)).toList();
  }

  private static List<Member> withShare(int count) {
    List<Member> members = new ArrayList<>(people(count));
    members.add(new Member("p0/screen", true));
    return members;
  }

  private static Layout layout(String id) {
    return Layout.named(id).orElseThrow();
  }

  private static List<Rect> rects(String id, List<Member> members, String leader) {
    return layout(id).arrange(HD, members, leader).stream().map(Place::rect).toList();
  }

  @Test
  void givesOnePersonTheWholeCanvas() {
    assertThat(rects("grid", people(1), "")).containsExactly(new Rect(0, 0, 1280, 720));
    assertThat(rects("speaker", people(1), "")).containsExactly(new Rect(0, 0, 1280, 720));
  }

  @Test
  void placesTwoInAGridSideBySide() {
    assertThat(rects("grid", people(2), ""))
        .containsExactly(new Rect(8, 184, 628, 352), new Rect(644, 184, 628, 352));
  }

  @Test
  void putsTheThirdOfAGridInTheMiddleOfTheSecondRow() {
    assertThat(rects("grid", people(3), ""))
        .containsExactly(
            new Rect(18, 10, 618, 346), new Rect(644, 10, 618, 346), new Rect(330, 364, 618, 346));
  }

  @Test
  void putsTheSpeakerLeftAndTheOthersInAColumn() {
    assertThat(rects("speaker", people(3), "p1"))
        .containsExactly(
            new Rect(8, 72, 1024, 576),
            new Rect(1040, 226, 232, 130),
            new Rect(1040, 364, 232, 130));
    assertThat(layout("speaker").arrange(HD, people(3), "p1"))
        .extracting(place -> place.member().id())
        .containsExactly("p1", "p0", "p2");
  }

  @Test
  void putsPeopleAboveTheLowerRightOfAWholeShare() {
    List<Place> places = layout("presentation_pip").arrange(HD, withShare(2), "");
    assertThat(places)
        .containsExactly(
            new Place(new Member("p0/screen", true), new Rect(0, 0, 1280, 720), true),
            new Place(new Member("p0", false), new Rect(1056, 588, 208, 116), false),
            new Place(new Member("p1", false), new Rect(840, 588, 208, 116), false));
  }

  @Test
  void isSpeakerWhenNothingIsShared() {
    assertThat(layout("presentation_pip").arrange(HD, people(4), "p2"))
        .isEqualTo(layout("speaker").arrange(HD, people(4), "p2"));
  }

  @Test
  void showsAShareAlone() {
    assertThat(layout("presentation").arrange(HD, withShare(3), ""))
        .containsExactly(new Place(new Member("p0/screen", true), new Rect(0, 0, 1280, 720), true));
    assertThat(layout("presentation").arrange(HD, people(3), "p2"))
        .isEqualTo(layout("speaker").arrange(HD, people(3), "p2"));
  }

  @Test
  void putsPeopleBesideAShareWithoutCoveringIt() {
    assertThat(layout("presentation_side").arrange(HD, withShare(1), ""))
        .containsExactly(
            new Place(new Member("p0/screen", true), new Rect(8, 8, 1024, 704), true),
            new Place(new Member("p0", false), new Rect(1040, 294, 232, 130), false));
    assertThat(layout("presentation_side").arrange(HD, people(3), "p2"))
        .isEqualTo(layout("speaker").arrange(HD, people(3), "p2"));
  }

  @Test
  void putsTwoBesideEachOtherAndTheShareFirst() {
    assertThat(layout("side_by_side").arrange(HD, people(2), "p1"))
        .containsExactly(
            new Place(new Member("p1", false), new Rect(8, 124, 628, 470), false),
            new Place(new Member("p0", false), new Rect(644, 124, 628, 470), false));
    assertThat(layout("side_by_side").arrange(HD, withShare(3), "p2"))
        .extracting(place -> place.member().id())
        .containsExactly("p0/screen", "p2", "p0", "p1");
    assertThat(layout("side_by_side").arrange(HD, people(1), ""))
        .isEqualTo(layout("speaker").arrange(HD, people(1), ""));
  }

  static Stream<List<Object>> everyCase() {
    return Stream.of(
            "speaker",
            "grid",
            "presentation_pip",
            "presentation_side",
            "side_by_side",
            "presentation")
        .flatMap(
            id ->
                Stream.of(HD, new Canvas(640, 360), new Canvas(1920, 1080), new Canvas(854, 480))
                    .flatMap(
                        canvas ->
                            IntStream.rangeClosed(1, 30)
                                .boxed()
                                .flatMap(
                                    n ->
                                        Stream.of(
                                            List.<Object>of(id, canvas, people(n)),
                                            List.<Object>of(id, canvas, withShare(n))))));
  }

  @ParameterizedTest
  @MethodSource("everyCase")
  @SuppressWarnings("unchecked") // the case is a plain list
  void keepsEverybodyOnTheCanvasEvenAndApart(List<Object> example) {
    Canvas canvas = (Canvas) example.get(1);
    List<Member> members = (List<Member>) example.get(2);
    List<Place> places = layout((String) example.get(0)).arrange(canvas, members, "");
    assertThat(places).isNotEmpty();
    assertThat(places.stream().map(Place::member)).doesNotHaveDuplicates();
    for (Place place : places) {
      Rect rect = place.rect();
      assertThat(List.of(rect.x(), rect.y(), rect.width(), rect.height()))
          .allMatch(value -> value % 2 == 0 && value >= 0);
      assertThat(rect.width()).isGreaterThanOrEqualTo(16);
      assertThat(rect.x() + rect.width()).isLessThanOrEqualTo(canvas.width());
      assertThat(rect.y() + rect.height()).isLessThanOrEqualTo(canvas.height());
      assertThat(place.contain()).isEqualTo(place.member().share());
      for (Place other : places) {
        boolean above = !place.member().share() && other.member().share();
        boolean below = place.member().share() && !other.member().share();
        if (!other.equals(place)
            && !(example.get(0).equals("presentation_pip") && (above || below))) {
          assertThat(rect.overlaps(other.rect())).isFalse();
        }
      }
    }
  }

  @Test
  void letterboxesAShareWithoutCropping() {
    Rect tile = new Rect(0, 0, 1280, 720);
    assertThat(tile.contain(1024, 768)).isEqualTo(new Rect(160, 0, 960, 720));
    assertThat(tile.contain(2560, 720)).isEqualTo(new Rect(0, 180, 1280, 360));
    assertThat(tile.contain(1920, 1080)).isEqualTo(tile);
  }

  @Test
  void cropsACameraInTheMiddle() {
    assertThat(new Rect(8, 72, 1024, 576).cover(640, 360)).isEqualTo(new Rect(0, 0, 640, 360));
    assertThat(new Rect(0, 0, 1280, 720).cover(640, 480)).isEqualTo(new Rect(0, 60, 640, 360));
    assertThat(new Rect(0, 0, 1280, 720).cover(360, 640)).isEqualTo(new Rect(0, 218, 360, 202));
    assertThat(new Rect(0, 0, 400, 400).cover(640, 360)).isEqualTo(new Rect(140, 0, 360, 360));
  }

  @Test
  void knowsWhenCroppingWouldLeaveLessThanHalf() {
    Rect tile = new Rect(0, 0, 1280, 720);
    assertThat(tile.coverWastes(640, 360)).isFalse();
    assertThat(tile.coverWastes(640, 480)).isFalse();
    assertThat(tile.coverWastes(480, 480)).isFalse();
    assertThat(tile.coverWastes(360, 640)).isTrue();
  }

  @Test
  void knowsItsNamesAndRefusesOddCanvases() {
    assertThat(Composition.LAYOUTS)
        .allMatch(name -> Layout.named(name).isPresent() != name.equals(Composition.AUTO));
    assertThatThrownBy(() -> new Canvas(1281, 720)).hasMessageContaining("1281×720");
  }
}
