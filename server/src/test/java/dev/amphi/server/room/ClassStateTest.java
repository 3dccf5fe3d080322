package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassStateTest {
  @ParameterizedTest
  @CsvSource({
    "SCHEDULED,   OPEN=LOBBY CANCEL=CANCELLED",
    "LOBBY,       GO_LIVE=LIVE END=ENDED CANCEL=CANCELLED",
    "LIVE,        INTERRUPT=INTERRUPTED END=ENDED",
    "INTERRUPTED, GO_LIVE=LIVE END=ENDED",
    "ENDED,       PROCESS=PROCESSING PUBLISH=PUBLISHED",
    "PROCESSING,  PUBLISH=PUBLISHED",
    "PUBLISHED,   ''",
    "CANCELLED,   ''",
  })
  void goesExactlyWhereTheTableSays(ClassState from, String allowed) {
    for (ClassEvent event : ClassEvent.values()) {
      String row = from.after(event).map(next -> event + "=" + next).orElse("no " + event);

      if (allowed.contains(event + "=")) {
        assertThat(allowed.split(" ")).contains(row);
      } else {
        assertThat(row).isEqualTo("no " + event);
      }
    }
  }

  @Test
  void neverComesBackToAnEarlierStateButFromAnInterruption() {
    for (ClassState state : ClassState.values()) {
      for (ClassEvent event : ClassEvent.values()) {
        state
            .after(event)
            .filter(next -> !(state == ClassState.INTERRUPTED && next == ClassState.LIVE))
            .ifPresent(next -> assertThat(next).isGreaterThan(state));
      }
    }
  }

  @Test
  void peopleMayBeInTheRoomFromTheLobbyToTheEnd() {
    Set<ClassState> open = EnumSet.noneOf(ClassState.class);
    for (ClassState state : ClassState.values()) {
      if (state.isOpen()) {
        open.add(state);
      }
    }

    assertThat(open).containsOnly(ClassState.LOBBY, ClassState.LIVE, ClassState.INTERRUPTED);
  }

  @Test
  void wireNamesAreTheDocumentedWords() {
    assertThat(ClassState.values())
        .extracting(ClassState::wireName)
        .containsExactly(
            "scheduled",
            "lobby",
            "live",
            "interrupted",
            "ended",
            "processing",
            "published",
            "cancelled")
        .allSatisfy(name -> assertThat(name).isEqualTo(name.toLowerCase(Locale.ROOT)));
  }
}
