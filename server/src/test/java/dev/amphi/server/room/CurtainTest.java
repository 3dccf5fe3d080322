package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.Slate;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CurtainTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
  private static final ClassClock CLOCK =
      new ClassClock(() -> NOW, () -> 1_000, ZoneId.of("Europe/Berlin"));
  private static final Curtain UP = Curtain.before(null);

  @Test
  void beforeTheClassTheTimeIsToldInTheSchoolsZone() {
    Curtain curtain = Curtain.before(NOW.plusSeconds(900));
    assertThat(curtain.down()).isFalse();
    assertThat(curtain.slate(CLOCK))
        .isEqualTo(new Slate(Slate.Kind.BEGINS, "10:45", 900_000_001_000L));
    assertThat(UP.slate(CLOCK)).isEqualTo(Slate.of(Slate.Kind.BEGINS));
    assertThat(Curtain.before(NOW.plusSeconds(90_000)).slate(CLOCK).time())
        .isEqualTo("11:30 on Sunday 22 November");
  }

  @Test
  void aDayIsToldInTheSchoolsLanguage() {
    Curtain tomorrow = Curtain.before(NOW.plusSeconds(90_000));
    for (String told :
        List.of(
            "de Sonntag, 22. November, 11:30",
            "fr dimanche 22 novembre, 11:30",
            "es domingo, 22 de noviembre, 11:30",
            "zh 11月22日星期日, 11:30")) {
      Locale language = Locale.forLanguageTag(told.substring(0, 2));
      ClassClock clock = new ClassClock(() -> NOW, () -> 0, CLOCK.zone(), language);
      assertThat(tomorrow.slate(clock).time()).isEqualTo(told.substring(3));
      assertThat(Curtain.before(NOW.plusSeconds(900)).slate(clock).time()).isEqualTo("10:45");
    }
  }

  @Test
  void whoLeavesTheStageEmptyIsRightBack() {
    Curtain curtain = Curtain.before(NOW.plusSeconds(900)).withBegun();
    assertThat(curtain.down()).isFalse();
    assertThat(curtain.slate(CLOCK)).isEqualTo(Slate.of(Slate.Kind.RIGHT_BACK));
  }

  @Test
  void aBreakIsStrongerThanATeacherWhoIsGone() {
    Curtain curtain = UP.withBegun().withTeacherGone(true).withBreak(NOW.plusSeconds(60));
    assertThat(curtain.down()).isTrue();
    assertThat(curtain.slate(CLOCK).kind()).isEqualTo(Slate.Kind.BREAK);
    Curtain over = curtain.withBreak(null);
    assertThat(over.down()).isTrue();
    assertThat(over.slate(CLOCK).kind()).isEqualTo(Slate.Kind.RECONNECTING);
    assertThat(over.withTeacherGone(false).down()).isFalse();
  }

  @Test
  void offTheAirThereIsNoBreak() {
    Curtain off = UP.withBegun().withBreak(NOW.plusSeconds(60)).withInterrupted(true);
    assertThat(off.down()).isTrue();
    assertThat(off.slate(CLOCK)).isEqualTo(Slate.of(Slate.Kind.RIGHT_BACK));
    assertThat(off.withInterrupted(false).down()).isFalse();
  }

  @Test
  void theEndIsTheLastWord() {
    Curtain ended = UP.withBegun().withInterrupted(true).withEnded();
    assertThat(ended.down()).isTrue();
    assertThat(ended.slate(CLOCK)).isEqualTo(Slate.of(Slate.Kind.ENDED));
  }
}
