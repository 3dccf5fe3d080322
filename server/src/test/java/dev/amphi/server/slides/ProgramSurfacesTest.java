package dev.amphi.server.slides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.ShownScene;
import dev.amphi.interactive.api.BoardChange;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.SlidesUp;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ProgramSurfacesTest {
  private final List<String> told = new ArrayList<>();
  private final List<String> pages = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();
  private final ProgramSurfaces surfaces = new ProgramSurfaces(Runnable::run);

  private Composition composition() {
    return (Composition)
        Proxy.newProxyInstance(
            Composition.class.getClassLoader(),
            new Class<?>[] {Composition.class},
            (proxy, method, arguments) -> {
              Object first = arguments == null ? "" : arguments[0];
              if (method.getName().equals("still")) {
                pages.add((String) arguments[1]);
                widths.add((Integer) arguments[2]);
              }
              told.add(
                  switch (first) {
                    case dev.amphi.composer.api.SourceSpec source -> "put " + source.id();
                    case dev.amphi.composer.api.InkChange.Grown grown -> "ink " + grown.id();
                    case dev.amphi.composer.api.InkChange.On on -> "over " + on.sourceId();
                    case dev.amphi.composer.api.InkChange.Cleared cleared -> "cleared";
                    default -> method.getName() + " " + first;
                  });
              return null;
            });
  }

  private static Optional<ProgramSurfaces.Up> page(int number) {
    return Optional.of(
        new ProgramSurfaces.Up(
            new SlidesUp("d", number, 9, "a.pdf", "", 1280, 720),
            new PagePicture(1280, 720, new byte[] {1, 2}),
            Fitting.NONE));
  }

  private final List<Consumer<PagePicture>> asked = new ArrayList<>();
  private final List<String> sizes = new ArrayList<>();

  private Optional<ProgramSurfaces.Up> fittedPage(int number) {
    Fitting fitting =
        (width, height, then) -> {
          sizes.add(width + "x" + height);
          asked.add(then);
        };
    return page(number).map(up -> new ProgramSurfaces.Up(up.view(), up.picture(), fitting));
  }

  private static ShownScene scene(String layout, int width, int height) {
    return new ShownScene(
        0,
        layout,
        List.of(
            new ShownScene.Tile(ShownScene.Kind.SHARE, "~slides", 8, 8, width, height),
            new ShownScene.Tile(ShownScene.Kind.CAMERA, "ada", 1040, 294, 232, 130)));
  }

  private static PagePicture picture(int width) {
    return new PagePicture(width, width * 9 / 16, new byte[] {3});
  }

  @Test
  void asksForThePageAsLargeAsItsTileAndShowsItWhenItIsDrawn() {
    surfaces.attach(composition());
    surfaces.show(fittedPage(1));
    told();
    surfaces.scene(scene("presentation_side", 1024, 704));
    surfaces.scene(scene("presentation_side", 1024, 704));
    assertThat(sizes).containsExactly("1024x704");
    assertThat(told()).as("the old one is scaled").isEmpty();
    asked.getFirst().accept(picture(1024));
    assertThat(told()).containsExactly("still ~slides");
    surfaces.show(fittedPage(2));
    assertThat(sizes).containsExactly("1024x704", "1024x704");
    assertThat(told()).containsExactly("still ~slides");
    asked.getFirst().accept(picture(1024));
    assertThat(told()).as("the page before").isEmpty();
    surfaces.scene(scene("grid", 628, 352));
    asked.get(1).accept(picture(1024));
    assertThat(told()).as("the tile before").isEmpty();
    asked.get(2).accept(picture(628));
    assertThat(told()).containsExactly("still ~slides");
    asked.get(2).accept(picture(628));
    assertThat(told()).as("it is there").isEmpty();
  }

  @Test
  void aCompositionThatIsStartedAgainHasTheSharpPage() {
    surfaces.show(fittedPage(1));
    surfaces.attach(composition());
    surfaces.scene(scene("presentation_side", 1024, 704));
    asked.getFirst().accept(picture(1024));
    told.clear();
    surfaces.detach();
    surfaces.attach(composition());
    assertThat(widths).containsExactly(1280, 1024, 1024);
    assertThat(pages).as("the same page in every size").containsOnly("d/1");
  }

  private static BoardChange stroke(String id) {
    return new BoardChange.Grown("ada", id, List.of(0.1, 0.2), true);
  }

  private static ParticipantView person(String id, Role role, TrackView.Source... sources) {
    List<TrackView> tracks = new ArrayList<>();
    for (TrackView.Source source : sources) {
      tracks.add(
          new TrackView(
              id + "/" + source.wireName(),
              id,
              TrackView.Kind.VIDEO,
              source,
              TrackView.Codec.VP8,
              false));
    }
    return new ParticipantView(id, id, role, StageState.ON_STAGE, tracks);
  }

  private List<String> told() {
    List<String> all = List.copyOf(told);
    told.clear();
    return all;
  }

  @Test
  void aPageThatWasUpBeforeTheProgramIsInIt() {
    surfaces.show(page(1));
    surfaces.drawn(stroke("s"));
    surfaces.attach(composition());
    assertThat(told())
        .containsExactly("cleared", "ink s", "put ~slides", "still ~slides", "over ~slides");
  }

  @Test
  void aTurnTakesTheInkAndTheSamePageAgainDoesNot() {
    surfaces.attach(composition());
    surfaces.show(page(1));
    surfaces.drawn(stroke("s"));
    told();
    surfaces.show(page(1));
    assertThat(told()).containsExactly("still ~slides");
    surfaces.show(page(2));
    assertThat(told()).containsExactly("cleared", "still ~slides");
    surfaces.show(Optional.empty());
    assertThat(told()).containsExactly("removeSource ~slides", "over ~sheet");
  }

  @Test
  void theSheetComesWithItsFirstStrokeAndGoesWithTheLast() {
    surfaces.attach(composition());
    assertThat(told()).containsExactly("cleared", "over ~sheet");
    surfaces.drawn(stroke("s"));
    assertThat(told()).containsExactly("ink s", "put ~sheet", "still ~sheet");
    surfaces.drawn(new BoardChange.Whole(List.of()));
    assertThat(told()).containsExactly("cleared", "removeSource ~sheet");
  }

  @Test
  void theInkFollowsWhatTheClassLooksAt() {
    surfaces.attach(composition());
    told();
    surfaces.participant(person("ben", Role.STUDENT, TrackView.Source.CAMERA));
    assertThat(told()).isEmpty();
    surfaces.participant(person("ada", Role.INSTRUCTOR, TrackView.Source.CAMERA));
    assertThat(told()).containsExactly("over ada/camera");
    surfaces.participant(
        person("ben", Role.STUDENT, TrackView.Source.CAMERA, TrackView.Source.SCREEN));
    assertThat(told()).containsExactly("over ben/screen");
    surfaces.show(page(1));
    assertThat(told()).contains("over ~slides");
    surfaces.hidden(true);
    assertThat(told()).containsExactly("restSource ~slides");
    surfaces.hidden(false);
    assertThat(told()).containsExactly("put ~slides", "still ~slides");
    surfaces.left("ben");
    assertThat(told()).isEmpty();
  }

  @Test
  void penColoursAreThoseOfThePages() {
    // As web-player/src/core/board/ink.ts has it.
    assertThat(Integer.toHexString(Inks.of("ada"))).isEqualTo("ff7ac0");
    assertThat(Integer.toHexString(Inks.of("Ünïcödé-😀"))).isEqualTo("c86bff");
  }
}
