package dev.amphi.composer.scene;

import java.lang.Character.UnicodeScript;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The first letters of a name, whatever script it is in. */
final class Monogram {
  private static final String SPACE = " ";

  private Monogram() {}

  /** The first letters of the first and the last word; "?" when there is no letter. */
  static String of(String name) {
    List<String> words = words(name);
    if (words.isEmpty()) {
      return "?";
    }
    String first = firstLetter(words.getFirst());
    return words.size() == 1 ? first : beside(first, firstLetter(words.getLast()));
  }

  private static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    name.codePoints()
        .forEach(
            point -> {
              if (Character.isLetterOrDigit(point) || (!word.isEmpty() && belongs(point))) {
                word.appendCodePoint(point);
              } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
              }
            });
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  /** Vowel signs, accents and joiners are a part of the letter before. */
  private static boolean belongs(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT ->
          true;
      default -> false;
    };
  }

  /** What a reader calls a letter: a grapheme cluster, with what a virama joins to it. */
  private static String firstLetter(String word) {
    BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
    clusters.setText(word);
    int end = clusters.next();
    while (end < word.length() && isVirama(word.codePointBefore(end))) {
      end = clusters.next();
    }
    return word.substring(0, end).toUpperCase(Locale.ROOT);
  }

  /** The blocks of the scripts of India are laid out alike; Sinhala's differs. */
  private static boolean isVirama(int point) {
    boolean indic = point >= 0x0900 && point < 0x0D80;
    return (indic && (point & 0x7F) == 0x4D) || point == 0x0DCA;
  }

  /** Arabic letters would join to a word that nobody is called, or lie over each other. */
  private static String beside(String first, String last) {
    boolean joins = UnicodeScript.of(first.codePointAt(0)) == UnicodeScript.ARABIC;
    return joins ? first + SPACE + last : first + last;
  }
}
