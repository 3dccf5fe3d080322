package dev.amphi.composer.lettering;

import dev.amphi.composer.api.Corner;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.scene.Content;
import dev.amphi.composer.scene.CornerMark;
import dev.amphi.composer.scene.Label;
import dev.amphi.composer.scene.Lettering;
import dev.amphi.composer.scene.Overlay;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextLayout;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Draws words with Java2D, which shapes and orders the letters of every script. */
public final class Java2dLettering implements Lettering {
  private static final Color GROUND = new Color(0x15, 0x19, 0x21);
  private static final Color ACCENT = new Color(0x4C, 0x9A, 0xFF);
  private static final Color QUIET = new Color(0xB8, 0xC0, 0xCC);
  private static final Color BAND = new Color(0, 0, 0, 165);
  private static final Color STRONG_BAND = new Color(0, 0, 0, 195);

  /** How much of what is below a mark's opaque pixels hide, of 255. */
  private static final int MARK_OPACITY = 200;

  private final Typesetter typesetter = new Typesetter();
  private final @Nullable Logo logo;
  private final Optional<Corner> corner;

  /** With the logo that this process was told of, and the corner where it is a mark. */
  public Java2dLettering() {
    this(Logo.ofThisProcess(), Logo.cornerOfThisProcess());
  }

  Java2dLettering(@Nullable Logo logo) {
    this(logo, Optional.empty());
  }

  private Java2dLettering(@Nullable Logo logo, Optional<Corner> corner) {
    this.logo = logo;
    this.corner = corner;
  }

  /** With that logo as a mark in a corner. */
  public static Java2dLettering withMark(Path logo, Corner corner) {
    return new Java2dLettering(Logo.open(logo), Optional.of(corner));
  }

  /** The school's mark as it is on that canvas; empty when there is none. */
  public Optional<CornerMark> cornerMark(Canvas canvas) {
    int width = CornerMark.mostWidth(canvas);
    int height = CornerMark.mostHeight(canvas);
    Logo known = logo;
    return known == null
        ? Optional.empty()
        : corner.map(
            where ->
                new CornerMark(where, known.widthIn(width, height), known.heightIn(width, height)));
  }

  @Override
  public Overlay mark(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    if (logo != null) {
      Graphics2D graphics = graphics(image);
      logo.draw(graphics, 0, 0, width, height);
      graphics.dispose();
    }
    return YuvImage.overlay(image, MARK_OPACITY);
  }

  @Override
  public Picture slate(int width, int height, Content.Slate slate) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = graphics(image);
    graphics.setColor(GROUND);
    graphics.fillRect(0, 0, width, height);
    int widest = width * 8 / 10;
    boolean counts = !slate.countdown().isEmpty();
    float top = height * (counts ? 0.40f : 0.48f);
    if (logo != null) {
      top += height * 0.06f; // so that the middle of all of it stays where the words' was
      int above = Math.round(top - height * 0.35f);
      logo.draw(graphics, width / 4, above, width / 2, height * 20 / 100);
    }
    graphics.setColor(Color.WHITE);
    drawCentred(graphics, title(slate.title(), height, widest), width, top);
    graphics.setColor(ACCENT);
    int bar = Math.round(top + height * 0.05f);
    graphics.fillRect((width - height / 8) / 2, bar, height / 8, height / 120);
    graphics.setColor(QUIET);
    TextLayout line = typesetter.set(slate.line(), false, height / 22f, widest, height / 11f);
    drawCentred(graphics, line, width, top + height * 0.14f);
    if (counts) {
      graphics.setColor(Color.WHITE);
      TextLayout digits = typesetter.set(slate.countdown(), true, height / 8f, widest, height / 6f);
      drawCentred(graphics, digits, width, top + height * 0.30f);
    }
    graphics.dispose();
    return YuvImage.picture(image);
  }

  @Override
  public Picture initials(int width, int height, Content.Initials initials) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = graphics(image);
    graphics.setColor(new Color(initials.colour()));
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(Color.WHITE);
    float size = height * 0.36f;
    TextLayout letters = typesetter.set(initials.text(), true, size, width * 0.8f, height * 0.6f);
    Rectangle2D ink = letters.getBounds();
    drawCentred(graphics, letters, width, (float) (height / 2f - ink.getCenterY()));
    graphics.dispose();
    return YuvImage.picture(image);
  }

  @Override
  public Overlay label(Label label) {
    return label.isLowerThird() ? lowerThird(label) : band(label);
  }

  /** The name above the role, at the right of an upright bar. */
  private Overlay lowerThird(Label label) {
    int height = label.height();
    int bar = label.bar();
    int padding = height / 4;
    int widest = label.maxWidth() - bar - 2 * padding;
    float nameSize = height * 0.38f;
    float roleSize = height * 0.26f;
    TextLayout name = typesetter.set(label.text(), true, nameSize, widest, height * 0.54f);
    TextLayout role = typesetter.set(label.role(), false, roleSize, widest, height * 0.40f);
    int words = (int) Math.ceil(Math.max(name.getAdvance(), role.getAdvance()));
    int width = Math.min(label.maxWidth(), bar + 2 * padding + words + 1 & ~1);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = graphics(image);
    graphics.setColor(STRONG_BAND);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, bar, height);
    int start = bar + padding;
    name.draw(graphics, start, Typesetter.baseline(name, nameSize, 0, height * 0.66f));
    graphics.setColor(QUIET);
    float below = height * 0.56f;
    role.draw(graphics, start, Typesetter.baseline(role, roleSize, below, height - below));
    graphics.dispose();
    return YuvImage.overlay(image);
  }

  private Overlay band(Label label) {
    int height = label.height();
    int padding = height / 3;
    float size = height * 0.58f;
    int widest = label.maxWidth() - 2 * padding;
    TextLayout text = typesetter.set(label.text(), false, size, widest, height * 0.9f);
    int width = Math.min(label.maxWidth(), (int) text.getAdvance() + 2 * padding + 1 & ~1);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = graphics(image);
    graphics.setColor(BAND);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(Color.WHITE);
    text.draw(graphics, padding, Typesetter.baseline(text, size, 0, height));
    graphics.dispose();
    return YuvImage.overlay(image);
  }

  private static Graphics2D graphics(BufferedImage image) {
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    return graphics;
  }

  private static void drawCentred(Graphics2D graphics, TextLayout text, int width, float baseline) {
    text.draw(graphics, (width - text.getAdvance()) / 2, baseline);
  }

  /** A long title is smaller before it is cut. */
  private TextLayout title(String text, int height, int widest) {
    int length = text.codePointCount(0, text.length());
    float size = length > 50 ? height / 22f : length > 26 ? height / 16f : height / 12f;
    return typesetter.set(text, true, size, widest, 2 * size);
  }
}
