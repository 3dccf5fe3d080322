package dev.amphi.composer.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.composer.api.Slate;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void everyLanguageSaysEverything() {
    for (String language : Words.LANGUAGES) {
      Words words = Words.in(language);
      assertThat(words.keys()).as(language).isEqualTo(Words.ENGLISH.keys());
      for (String key : words.keys()) {
        assertThat(words.of(key)).as("%s in %s", key, language).isNotBlank();
        assertThat(words.of(key).contains("{time}"))
            .as("%s in %s", key, language)
            .isEqualTo(key.endsWith(".at") || key.endsWith(".until"));
      }
      assertThat(words.slide(3)).as(language).contains("3").doesNotContain("{");
    }
  }

  @Test
  void everySlateHasItsWords() {
    for (Slate.Kind kind : EnumSet.complementOf(EnumSet.of(Slate.Kind.PLAIN))) {
      Slates slates = new Slates("Optik", Words.in("de"));
      slates.tell(new Slate(kind, "10:45", 5));
      assertThat(slates.at(0).line()).isNotBlank();
      assertThat(slates.at(9).line()).isNotBlank().doesNotContain("{");
    }
    Slates plain = new Slates("Optik", Words.in("de"));
    plain.tell(Slate.of(Slate.Kind.PLAIN));
    assertThat(plain.at(0).line()).isEmpty();
    Slates slates = new Slates("Optik", Words.in("de"));
    slates.tell(new Slate(Slate.Kind.BREAK, "10:45", 5));
    assertThat(slates.at(0).line()).isEqualTo("Pause bis 10:45");
  }

  @Test
  void whoHasAnotherRoleIsAGuest() {
    assertThat(Words.in("fr").role("instructor")).isEqualTo("Enseignant·e");
    assertThat(Words.in("fr").role("viewer")).isEqualTo("Invité·e");
  }

  @Test
  void whatIsDrawnOnHasAName() {
    Words german = Words.in("de");
    assertThat(german.slide(12)).isEqualTo("Folie 12");
    assertThat(german.sheet()).isEqualTo("Blatt");
    assertThat(german.drawing()).isEqualTo("Zeichnung");
  }

  @Test
  void saysWhichLanguageThereIsNot() {
    assertThatThrownBy(() -> Words.in("tlh")).hasMessageContaining("tlh");
  }
}
