package dev.amphi.composer.slides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.InkChange;
import dev.amphi.composer.api.InkSheet;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;
import org.junit.jupiter.api.Test;

class InkTest {
  private static final int RED = 0xFF0000;

  private final InkSheet sheet = new InkSheet();
  private final Java2dInk inking = new Java2dInk();
  private final PlanarPicture paper = new PlanarPicture(640, 360);

  private void grow(String id, boolean done, float... points) {
    sheet.apply(new InkChange.Grown("ada", id, RED, points, done));
  }

  private static int cr(Picture picture, double x, double y) {
    int at = ((int) (y * 180)) * picture.stride(2) + (int) (x * 320);
    return picture.plane(2).get(at) & 0xff;
  }

  @Test
  void aStrokeIsWhereItsPointsAreAndNowhereElse() {
    grow("a", true, 0.25f, 0.5f, 0.75f, 0.5f);
    Picture inked = inking.over(paper, sheet);
    assertThat(cr(inked, 0.5, 0.5)).isGreaterThan(200);
    assertThat(cr(inked, 0.5, 0.7)).isEqualTo(128);
    assertThat(cr(inked, 0.9, 0.5)).isEqualTo(128);
    assertThat(cr(paper, 0.5, 0.5)).isEqualTo(128);
  }

  @Test
  void aStrokeGrowsAndGoes() {
    grow("a", false, 0.1f, 0.2f, 0.4f, 0.2f);
    assertThat(cr(inking.over(paper, sheet), 0.7, 0.2)).isEqualTo(128);
    grow("a", true, 0.9f, 0.2f);
    grow("b", true, 0.1f, 0.8f, 0.9f, 0.8f);
    assertThat(cr(inking.over(paper, sheet), 0.7, 0.2)).isGreaterThan(200);
    sheet.apply(new InkChange.Taken("ada", "a"));
    Picture left = inking.over(paper, sheet);
    assertThat(cr(left, 0.7, 0.2)).isEqualTo(128);
    assertThat(cr(left, 0.7, 0.8)).isGreaterThan(200);
    sheet.apply(new InkChange.Cleared());
    assertThat(cr(inking.over(paper, sheet), 0.7, 0.8)).isEqualTo(128);
  }

  @Test
  void whatHasNotChangedIsTheSamePicture() {
    grow("a", true, 0.1f, 0.2f, 0.4f, 0.2f);
    Picture first = inking.over(paper, sheet);
    assertThat(inking.over(paper, sheet)).isSameAs(first);
    grow("b", true, 0.5f, 0.5f);
    Picture second = inking.over(paper, sheet);
    assertThat(second).isNotSameAs(first);
    assertThat(cr(second, 0.5, 0.5)).isGreaterThan(180);
    // The last one stays whole while the next is made.
    assertThat(cr(first, 0.5, 0.5)).isEqualTo(128);
  }

  @Test
  void aSheetTakesNoMoreThanABoardHolds() {
    for (int i = 0; i < InkSheet.MOST_STROKES + 10; i++) {
      grow("s" + i, true, 0.1f, 0.1f);
    }
    assertThat(sheet.strokes()).hasSize(InkSheet.MOST_STROKES);
    grow("s0", true, new float[2 * InkSheet.MOST_POINTS]);
    assertThat(sheet.strokes().stream().mapToInt(InkSheet.Stroke::count).sum())
        .isEqualTo(InkSheet.MOST_POINTS);
  }

  @Test
  void itsChangesMakeAnotherSheetTheSame() {
    sheet.apply(new InkChange.On("slides"));
    grow("a", true, 0.1f, 0.2f, 7f, -3f);
    grow("b", false, 0.5f, 0.5f);
    InkSheet copy = new InkSheet();
    sheet.changes().forEach(copy::apply);
    assertThat(copy.sourceId()).isEqualTo("slides");
    assertThat(copy.strokes()).hasSize(2);
    InkSheet.Stroke first = copy.strokes().iterator().next();
    assertThat(first.x(1)).isEqualTo(1f);
    assertThat(first.y(1)).isEqualTo(0f);
    assertThat(first.done()).isTrue();
  }
}
