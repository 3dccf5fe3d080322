package dev.amphi.composer.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.layout.Layout;
import dev.amphi.composer.layout.Member;
import dev.amphi.composer.layout.Place;
import dev.amphi.composer.layout.Rect;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static final Canvas HD = new Canvas(1280, 720);
  private final Names names = new Names(HD);

  /** As layouts.md has it: the tile, and where the lower third stands on the canvas. */
  @ParameterizedTest
  @CsvSource({
    "0 0 1280 720,    64 594 1152 90",
    "8 72 1024 576,   64 530 940 90",
    "8 124 628 470,   64 494 550 78",
    "644 10 618 346,  660 284 556 56",
    "1056 588 208 116, 1060 646 156 38",
    "1040 294 232 130, 1046 370 170 48",
  })
  void standWhereTheyAreWritten(String tile, String third) {
    Rect rect = rect(tile);
    Label label = names.lowerThird("Ada", "Teacher", rect).orElseThrow();
    assertThat(placed(rect, label)).isEqualTo(rect(third));
  }

  private static Rect rect(String numbers) {
    String[] n = numbers.split(" ", -1);
    return new Rect(
        Integer.parseInt(n[0]),
        Integer.parseInt(n[1]),
        Integer.parseInt(n[2]),
        Integer.parseInt(n[3]));
  }

  private static Rect placed(Rect tile, Label label) {
    int y = tile.y() + tile.height() - label.above() - label.height();
    return new Rect(tile.x() + label.left(), y, label.maxWidth(), label.height());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1280 720", "1920 1080", "640 360", "854 480"})
  void areTitleSafeInEveryLayout(String size) {
    String[] sides = size.split(" ", -1);
    Canvas canvas = new Canvas(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    for (String id :
        List.of("grid", "speaker", "side_by_side", "presentation_pip", "presentation_side")) {
      List<Member> members = new ArrayList<>();
      int told = 0;
      for (int people = 1; people <= 12; people++) {
        members.add(0, new Member("p" + people, false));
        if (people == 1 && id.startsWith("pres")) {
          members.add(new Member("s", true));
        }
        for (Place place : Layout.named(id).orElseThrow().arrange(canvas, members, "")) {
          told += isTitleSafe(canvas, place.rect()) ? 1 : 0;
        }
      }
      assertThat(told).as(id).isGreaterThan(30);
    }
  }

  private static boolean isTitleSafe(Canvas canvas, Rect tile) {
    return new Names(canvas)
        .lowerThird("Ada", "Teacher", tile)
        .map(
            label -> {
              Rect r = placed(tile, label);
              assertThat(new int[] {r.x() % 2, r.y() % 2, r.width() % 2, r.height() % 2})
                  .containsOnly(0);
              assertThat(r.x())
                  .isGreaterThanOrEqualTo(Math.max(tile.x(), canvas.width() / 20 & ~1));
              assertThat(r.x() + r.width()).isLessThanOrEqualTo(tile.x() + tile.width());
              assertThat(r.x() + r.width()).isLessThanOrEqualTo(canvas.width() * 19 / 20 + 1);
              assertThat(r.y())
                  .as("the upper half is free")
                  .isGreaterThanOrEqualTo(tile.y() + tile.height() / 2);
              assertThat(r.y() + r.height()).isLessThanOrEqualTo(canvas.height() * 19 / 20 + 1);
              return true;
            })
        .orElse(false);
  }
}
