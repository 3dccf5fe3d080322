package dev.amphi.composer.lettering;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the font for a letter: one of the project's, opened when it is first needed, or else one of
 * the machine's. For one thread at a time.
 */
final class Fonts {
  private static final int EMOJI_STYLE = 0xFE0F;

  private final Map<Face, Font> open = new EnumMap<>(Face.class);
  private @Nullable Font machine;

  /** Opens the fonts that nearly every word needs. */
  Fonts() {
    of(Face.SANS);
    of(Face.SANS_BOLD);
  }

  private Font of(Face face) {
    return open.computeIfAbsent(face, Fonts::load);
  }

  private static Font load(Face face) {
    try {
      return Font.createFont(Font.TRUETYPE_FONT, FontFiles.of(face).toFile());
    } catch (IOException | FontFormatException e) {
      throw new IllegalStateException("The font " + face.file() + " cannot be read", e);
    }
  }

  /**
   * The font that can show all of a grapheme cluster, 1 pixel high; empty when there is none.
   *
   * @param before the font of the cluster before, which punctuation and digits keep
   */
  Optional<Font> find(String cluster, boolean heavy, @Nullable Font before) {
    String seen = withoutInvisible(cluster);
    if (seen.isEmpty()) {
      return Optional.ofNullable(before);
    }
    UnicodeScript script = UnicodeScript.of(seen.codePointAt(0));
    boolean anybodys = script == UnicodeScript.COMMON || script == UnicodeScript.INHERITED;
    if (anybodys && before != null && !isEmoji(cluster) && shows(before, seen)) {
      return Optional.of(before);
    }
    for (Face face : candidates(cluster, script)) {
      if (shows(of(face), seen)) {
        return Optional.of(styled(face, heavy));
      }
    }
    Font last = machine == null ? new Font(Font.SANS_SERIF, Font.PLAIN, 1) : machine;
    machine = last;
    return shows(last, seen) ? Optional.of(last) : Optional.empty();
  }

  /** The font of its own when there is one; all others in turn for what belongs to no script. */
  private static Set<Face> candidates(String cluster, UnicodeScript script) {
    Set<Face> faces = new LinkedHashSet<>();
    if (isEmoji(cluster)) {
      faces.add(Face.EMOJI);
    }
    for (Face face : Face.values()) {
      if (face.isFor(script)) {
        faces.add(face);
      }
    }
    faces.add(Face.SANS);
    faces.add(Face.CJK);
    faces.add(Face.EMOJI);
    return faces;
  }

  private Font styled(Face face, boolean heavy) {
    if (!heavy) {
      return of(face);
    }
    return face == Face.SANS ? of(Face.SANS_BOLD) : of(face).deriveFont(Font.BOLD);
  }

  private static boolean isEmoji(String cluster) {
    return Character.isEmojiPresentation(cluster.codePointAt(0))
        || cluster.indexOf(EMOJI_STYLE) >= 0;
  }

  private static boolean shows(Font font, String text) {
    return font.canDisplayUpTo(text) == -1;
  }

  private static String withoutInvisible(String text) {
    StringBuilder seen = new StringBuilder();
    text.codePoints().filter(point -> !isInvisible(point)).forEach(seen::appendCodePoint);
    return seen.toString();
  }

  private static boolean isInvisible(int point) {
    return Character.getType(point) == Character.FORMAT
        || (point >= 0xFE00 && point <= EMOJI_STYLE)
        || (point >= 0xE0100 && point <= 0xE01EF);
  }
}
