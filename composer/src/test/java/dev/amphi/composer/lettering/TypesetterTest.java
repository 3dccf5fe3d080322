package dev.amphi.composer.lettering;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Font;
import java.awt.font.TextLayout;
import java.text.BreakIterator;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypesetterTest {
  private static final float WIDE = 10_000;

  private final Typesetter typesetter = new Typesetter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Zoë Łukasiewicz-Þórsdóttir",
        "Ελένη Παπαδοπούλου",
        "Дмитрий Їжак",
        "Արամ Խաչատրյան",
        "შოთა რუსთაველი",
        "محمد عبد الله",
        "נעמי שפירא",
        "श्रीमती लक्ष्मी",
        "রবীন্দ্রনাথ",
        "ਗੁਰਪ੍ਰੀਤ",
        "ગુજરાતી",
        "ଓଡ଼ିଆ",
        "ஸ்ரீனிவாச",
        "తెలుగు",
        "ಕನ್ನಡ",
        "മലയാളം",
        "සිංහල",
        "สมศักดิ์",
        "ສົມສັກ",
        "ខ្មែរ",
        "မြန်မာ",
        "አማርኛ",
        "王小明 歐陽",
        "𠮷田さくら",
        "김민준",
        "🎓⭐👩‍🔬 ★ → ①",
        "Nguyễn Thị Ánh",
      })
  void theProjectsFontsShowAllOfIt(String name) {
    Fonts fonts = new Fonts();
    BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
    clusters.setText(name);
    int from = 0;
    for (int to = clusters.next(); to != BreakIterator.DONE; to = clusters.next()) {
      Font font = fonts.find(name.substring(from, to), false, null).orElseThrow();
      assertThat(font.getFontName(Locale.ROOT)).startsWith("Noto");
      from = to;
    }
    assertThat(typesetter.shown(name, 40, WIDE)).isEqualTo(Typesetter.printable(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Maximiliane von Hohenstaufen",
        "محمد بن موسى الخوارزمي القطربلي",
        "श्रीमती लक्ष्मी त्रिपाठी",
        "王小明王小明王小明王小明",
        "👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬",
      })
  void cutsBetweenLettersAndEndsWithAnEllipsis(String name) {
    TextLayout line = typesetter.set(name, false, 40, 200, 200);
    String shown = typesetter.shown(name, 40, 200);
    assertThat(line.getAdvance()).isBetween(60f, 200f);
    assertThat(shown).endsWith("…").hasSizeLessThan(name.length());
    String kept = shown.substring(0, shown.length() - 1);
    assertThat(name).startsWith(kept);
    BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
    clusters.setText(name);
    assertThat(clusters.isBoundary(kept.length())).isTrue();
  }

  @Test
  void takesTheDirectionOfTheFirstLetter() {
    assertThat(typesetter.set("محمد Smith (3A)", false, 40, WIDE, WIDE).isLeftToRight()).isFalse();
    assertThat(typesetter.set("Smith محمد (3A)", false, 40, WIDE, WIDE).isLeftToRight()).isTrue();
  }

  @Test
  void joinsArabicLetters() {
    float word = typesetter.set("محمد", false, 40, WIDE, WIDE).getAdvance();
    float apart = typesetter.set("م\u200Cح\u200Cم\u200Cد", false, 40, WIDE, WIDE).getAdvance();
    assertThat(Math.abs(word - apart)).isGreaterThan(5);
  }

  @Test
  void letsNobodyTurnOrBreakALine() {
    assertThat(Typesetter.printable("a\u202Eb\u2066c\nd\u2028e\u0000")).isEqualTo("abc d e");
    assertThat(Typesetter.printable("\uD800\uE000\u0378")).isEmpty();
    assertThat(Typesetter.printable("می\u200Cخواهم")).contains("\u200C");
  }

  @Test
  void isNeverHigherThanItsBand() {
    String pile = "Z" + "\u0351\u033E".repeat(2_000) + "algo";
    TextLayout line = typesetter.set(pile, false, 40, WIDE, 50);
    assertThat(line.getBounds().getHeight()).isLessThanOrEqualTo(51);
    float baseline = Typesetter.baseline(line, 40, 0, 60);
    assertThat(baseline + line.getBounds().getMinY()).isGreaterThanOrEqualTo(0);
    assertThat(baseline + line.getBounds().getMaxY()).isLessThanOrEqualTo(60);
  }

  @Test
  void setsALineOfNothing() {
    assertThat(typesetter.set("", false, 40, WIDE, WIDE).getAdvance()).isPositive();
    assertThat(typesetter.set("\u202E\u0000", true, 40, 1, 1).getAdvance()).isPositive();
  }
}
