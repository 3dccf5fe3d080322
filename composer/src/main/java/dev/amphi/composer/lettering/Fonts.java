package dev.amphi.composer.lettering;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.TextAttribute;
import java.io.IOException;
import java.io.InputStream;
import java.text.AttributedString;

/**
 * The font that comes with the project, and the machine's own for letters that it lacks.
 *
 * <p>DejaVu Sans has Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian and Georgian letters; others
 * are drawn with whatever the machine has installed.
 */
final class Fonts {
  private static final String FOLDER = "/net/sf/jasperreports/fonts/dejavu/";

  private final Font regular;
  private final Font bold;
  private final Font fallback = new Font(Font.SANS_SERIF, Font.PLAIN, 1);

  Fonts() {
    regular = load("DejaVuSans.ttf");
    bold = load("DejaVuSans-Bold.ttf");
  }

  private static Font load(String name) {
    try (InputStream in = Fonts.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException(
            "The font "
                + name
                + " is not on the class path: it comes in net.sf.jasperreports:jasperreports-fonts.");
      }
      return Font.createFont(Font.TRUETYPE_FONT, in);
    } catch (IOException | FontFormatException e) {
      throw new IllegalStateException("The font " + name + " cannot be read", e);
    }
  }

  /** The text with a font for each run of letters; control characters become spaces. */
  AttributedString styled(String text, boolean heavy, float size) {
    String shown = printable(text);
    AttributedString styled = new AttributedString(shown);
    Font main = (heavy ? bold : regular).deriveFont(size);
    Font other = fallback.deriveFont(heavy ? Font.BOLD : Font.PLAIN, size);
    int at = 0;
    while (at < shown.length()) {
      boolean known = main.canDisplay(shown.codePointAt(at));
      int end = at;
      while (end < shown.length() && main.canDisplay(shown.codePointAt(end)) == known) {
        end += Character.charCount(shown.codePointAt(end));
      }
      styled.addAttribute(TextAttribute.FONT, known ? main : other, at, end);
      at = end;
    }
    return styled;
  }

  /** Never empty, one line, nothing that is not a character. */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().map(point -> isControl(point) ? ' ' : point).forEach(shown::appendCodePoint);
    return shown.isEmpty() ? " " : shown.toString();
  }

  private static boolean isControl(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          true;
      default -> false;
    };
  }
}
