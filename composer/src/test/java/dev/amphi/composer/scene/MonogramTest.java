package dev.amphi.composer.scene;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonogramTest {
  @ParameterizedTest
  @CsvSource({
    "Ada Augusta Byron, AB",
    "zoë, Z",
    "'  «дмитрий» ', Д",
    "Jean-Luc O’Neill, JN",
    "E\u0301ric, E\u0301",
    "श्रीमती लक्ष्मी, श्रील",
    "किरण, कि",
    "ক্ষমা, ক্ষ",
    "小明, 小",
    "김 민준, 김민",
    "3A, 3",
    "🙂, ?",
    "'', ?",
    "'\u0300\u0301', ?",
  })
  void isWhatAReaderCallsTheFirstLetters(String name, String letters) {
    assertThat(Monogram.of(name)).isEqualTo(letters);
  }

  @Test
  void keepsArabicLettersApart() {
    assertThat(Monogram.of("محمد علي")).isEqualTo("م ع");
  }
}
