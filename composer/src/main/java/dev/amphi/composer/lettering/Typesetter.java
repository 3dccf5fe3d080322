package dev.amphi.composer.lettering;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.awt.geom.Rectangle2D;
import java.text.AttributedString;
import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Sets a line of any script: shaped and ordered by Java2D (HarfBuzz, Unicode bidirectional
 * algorithm with the direction of the first letter), cut between grapheme clusters (UAX #29). What
 * no font can show is left out, so that there is never a box. For one thread at a time.
 */
final class Typesetter {
  private static final int MOST_CLUSTERS = 120;
  private static final int MOST_CHARS = 4_000;
  private static final int LONGEST_CLUSTER =
      24; // A family is eleven chars, a pile of accents more.
  private static final String ELLIPSIS = "\u2026";
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  /** The height of a capital letter, of Noto Sans, in parts of the font's size. */
  private static final float CAPITAL = 0.714f;

  /** A grapheme cluster with the font that can show it. */
  private record Piece(String text, Font font) {}

  private final Fonts fonts = new Fonts();

  /**
   * Lays a line out; what is too wide is cut and ends with an ellipsis.
   *
   * @param size of the font in pixels; smaller where the line would be higher than {@code highest}
   */
  TextLayout set(String text, boolean heavy, float size, float widest, float highest) {
    List<Piece> pieces = pieces(text, heavy);
    TextLayout line = layout(fit(pieces, heavy, size, widest), size);
    double height = line.getBounds().getHeight();
    if (height <= highest) {
      return line;
    }
    float smaller = (float) (size * highest / height);
    return layout(fit(pieces, heavy, smaller, widest), smaller);
  }

  /** What of a text is shown in that width. */
  String shown(String text, float size, float widest) {
    return text(fit(pieces(text, false), false, size, widest));
  }

  private List<Piece> fit(List<Piece> pieces, boolean heavy, float size, float widest) {
    if (layout(pieces, size).getAdvance() <= widest) {
      return pieces;
    }
    int fits = 0;
    int tooMany = pieces.size();
    while (tooMany - fits > 1) {
      int middle = (fits + tooMany) / 2;
      if (layout(cut(pieces, middle, heavy), size).getAdvance() <= widest) {
        fits = middle;
      } else {
        tooMany = middle;
      }
    }
    return cut(pieces, fits, heavy);
  }

  private List<Piece> cut(List<Piece> pieces, int kept, boolean heavy) {
    List<Piece> all = new ArrayList<>(pieces.subList(0, kept));
    while (!all.isEmpty() && all.getLast().text().isBlank()) {
      all.removeLast();
    }
    add(all, ELLIPSIS, heavy);
    return all;
  }

  private List<Piece> pieces(String text, boolean heavy) {
    String shown = printable(text);
    BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
    clusters.setText(shown);
    List<Piece> pieces = new ArrayList<>();
    int from = clusters.first();
    for (int to = clusters.next();
        to != BreakIterator.DONE && pieces.size() < MOST_CLUSTERS;
        to = clusters.next()) {
      add(pieces, shown.substring(from, Math.min(to, from + LONGEST_CLUSTER)), heavy);
      from = to;
    }
    return pieces;
  }

  private void add(List<Piece> pieces, String cluster, boolean heavy) {
    @Nullable Font before = pieces.isEmpty() ? null : pieces.getLast().font();
    fonts.find(cluster, heavy, before).ifPresent(font -> pieces.add(new Piece(cluster, font)));
  }

  private static String text(List<Piece> pieces) {
    StringBuilder text = new StringBuilder();
    pieces.forEach(piece -> text.append(piece.text()));
    return text.toString();
  }

  private TextLayout layout(List<Piece> pieces, float size) {
    String text = text(pieces);
    if (text.isEmpty()) {
      return new TextLayout(" ", fonts.find(" ", false, null).orElseThrow(), CONTEXT);
    }
    AttributedString styled = new AttributedString(text);
    int from = 0;
    for (Piece piece : pieces) {
      int to = from + piece.text().length();
      styled.addAttribute(TextAttribute.FONT, piece.font().deriveFont(size), from, to);
      from = to;
    }
    return new TextLayout(styled.getIterator(), CONTEXT);
  }

  /**
   * The baseline that puts capitals in the middle of a band, and all of the line inside it where
   * that is possible.
   */
  static float baseline(TextLayout line, float size, float top, float height) {
    float baseline = top + (height + CAPITAL * size) / 2;
    Rectangle2D ink = line.getBounds();
    double above = Math.max(0, top + 1 - (baseline + ink.getMinY()));
    double below = Math.max(0, baseline + ink.getMaxY() - (top + height - 1));
    return (float) (baseline + (above > 0 && below > 0 ? (above - below) / 2 : above - below));
  }

  /** One line in composed characters, without what turns the direction of others. */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MOST_CHARS)
        .filter(point -> !isDropped(point))
        .map(point -> isSpace(point) ? ' ' : point)
        .forEach(shown::appendCodePoint);
    return Normalizer.normalize(shown, Normalizer.Form.NFC).strip();
  }

  private static boolean isSpace(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static boolean isDropped(int point) {
    return switch (Character.getType(point)) {
      // Joiners and marks of direction shape the letters beside them; all else of this kind cheats.
      case Character.FORMAT ->
          !(point >= 0x200C && point <= 0x200F) && point != 0x061C && !isTag(point);
      case Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> true;
      default -> false;
    };
  }

  /** The letters of a region's flag, behind the black one. */
  private static boolean isTag(int point) {
    return point >= 0xE0020 && point <= 0xE007F;
  }
}
