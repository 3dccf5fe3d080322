package dev.amphi.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayNameTest {
  @ParameterizedTest
  @CsvSource({
    "Ada Lovelace, ada-lovelace",
    "  Zoë Müller , zoe-muller",
    "a/../b, a-b",
    "O'Neil 3rd, o-neil-3rd",
  })
  void aNameGivesAReadableId(String name, String id) {
    assertThat(DisplayName.id(name)).isEqualTo(id);
  }

  @Test
  void aNameWithoutLatinLettersStillGivesAStableId() {
    assertThat(DisplayName.id("李明")).matches("p-[0-9a-f]{8}").isEqualTo(DisplayName.id("李明"));
    assertThat(DisplayName.id("李明")).isNotEqualTo(DisplayName.id("王芳"));
  }

  @Test
  void controlAndDirectionCharactersAreTakenOut() {
    assertThat(DisplayName.clean(" \u0007Ada\u202E\u2028 Love\u200Blace\r\n"))
        .isEqualTo("Ada Lovelace");
  }

  @Test
  void joinedEmojiStayWhole() {
    assertThat(DisplayName.clean("\uD83D\uDC69\u200D\uD83C\uDFEB Ada"))
        .isEqualTo("\uD83D\uDC69\u200D\uD83C\uDFEB Ada");
  }

  @Test
  void aLongNameIsCutBetweenCharacters() {
    String cut = DisplayName.clean("\uD83D\uDE00".repeat(70));

    assertThat(cut.codePointCount(0, cut.length())).isEqualTo(60);
  }
}
