package dev.amphi.server.load.composer;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.lettering.Java2dLettering;
import dev.amphi.composer.scene.Label;
import dev.amphi.composer.scene.Overlay;
import java.nio.ByteBuffer;

/** A shared page full of text that nobody scrolls. */
final class StillPage {
  private static final String[] LINES = {
    "The derivative of a product",
    "Let u and v be differentiable at x. Then so is their product, and",
    "(u v)'(x) = u'(x) v(x) + u(x) v'(x).",
    "Proof. Write the difference quotient of u v at x as the sum",
    "u(x + h) (v(x + h) - v(x)) / h + v(x) (u(x + h) - u(x)) / h",
    "and let h go to 0; u is continuous at x since it is differentiable there.",
    "Exercise 1. Differentiate x^2 sin x, and (1 + x) e^x.",
    "Exercise 2. What is the derivative of u v w?",
    "Exercise 3. Show the rule for a quotient from the rule for a product.",
  };

  private StillPage() {}

  static Picture draw(int width, int height) {
    return draw(width, height, 0);
  }

  /** The same with its lines moved on by so many: another page. */
  static Picture draw(int width, int height, int turned) {
    PlanarPicture page = new PlanarPicture(width, height);
    page.fill(0, 0, width, height, 225, 128, 128);
    Java2dLettering lettering = new Java2dLettering();
    int step = height / (LINES.length + 2) & ~1;
    for (int i = 0; i < LINES.length; i++) {
      lay(
          page,
          lettering.label(new Label(LINES[(i + turned) % LINES.length], step * 2 / 3 & ~1, width)),
          (i + 1) * step);
    }
    return page;
  }

  private static void lay(PlanarPicture page, Overlay text, int y) {
    ByteBuffer luma = page.plane(0);
    for (int row = 0; row < text.height(); row++) {
      for (int x = 0; x < Math.min(text.width(), page.width() - 32); x++) {
        int from = row * text.width() + x;
        luma.put(
            (y + row) * page.stride(0) + 32 + x, (byte) (235 - (text.luma()[from] & 0xff) * 4 / 5));
      }
    }
  }
}
