package dev.amphi.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.Right;
import dev.amphi.server.token.RoomToken;
import dev.amphi.server.web.Access.Verb;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
  private static final String ALL =
      "MAKE_ROOM SEE_ROOM DELETE_ROOM MINT_TOKEN SWITCH_LIVE TAKE_BREAK END_CLASS CHOOSE_LAYOUT SWITCH_RECORDING"
          + " CAPTION PUSH TURN_SLIDES SEE_SLIDES SEE_RECORDINGS GET_TRACKS SEE_UNPUBLISHED LABEL_RECORDING VERIFY_RECORDING ERASE_RECORDING TRIM_RECORDING COMPOSE_RECORDING SEE_PARTICIPANTS KEEP_THE_DOOR REMOVE_PARTICIPANT SEE_PIPELINE";

  @ParameterizedTest
  @CsvSource({
    "admin, '', open, HOLD_RECORDING SEE_CATALOGUE RUN_WEBHOOKS " + ALL,
    "admin, '', token, HOLD_RECORDING SEE_CATALOGUE RUN_WEBHOOKS " + ALL,
    "instructor, maths, token, " + ALL,
    "moderator, maths, token, SEE_ROOM MINT_TOKEN SWITCH_LIVE TAKE_BREAK END_CLASS CHOOSE_LAYOUT SWITCH_RECORDING CAPTION TURN_SLIDES SEE_SLIDES SEE_RECORDINGS GET_TRACKS SEE_UNPUBLISHED VERIFY_RECORDING TRIM_RECORDING COMPOSE_RECORDING SEE_PARTICIPANTS KEEP_THE_DOOR REMOVE_PARTICIPANT SEE_PIPELINE",
    "student, maths, token, SEE_ROOM SEE_SLIDES SEE_RECORDINGS SEE_PARTICIPANTS",
    "viewer, maths, token, SEE_ROOM SEE_SLIDES SEE_RECORDINGS",
    "instructor, physics, open, SEE_ROOM",
    "instructor, physics, token, ''",
    "viewer, physics, open, SEE_ROOM",
  })
  void everyRoleMayDoExactlyWhatIsDocumented(
      String role, String room, String audience, String allowed) {
    RoomToken token = new RoomToken("k", "ada", "Ada", room, role, Instant.MAX);

    assertThat(allowed(Optional.of(token), audience.equals("open"))).isEqualTo(verbs(allowed));
  }

  @Test
  void withoutATokenAnOpenRoomCanBeSeenAndNothingElse() {
    assertThat(allowed(Optional.empty(), true)).containsExactly(Verb.SEE_ROOM);
    assertThat(allowed(Optional.empty(), false)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "admin, instructor moderator student viewer",
    "instructor, instructor moderator student viewer",
    "moderator, moderator student viewer",
  })
  void nobodyGivesMoreThanTheOwnRole(String role, String allowed) {
    RoomToken bearer = new RoomToken("k", "ada", "Ada", "maths", role, Instant.MAX);

    for (String wanted : new String[] {"instructor", "moderator", "student", "viewer", "admin"}) {
      assertThat(Access.mayGrant(bearer, wanted))
          .as(wanted)
          .isEqualTo(Arrays.asList(allowed.split(" ")).contains(wanted));
    }
  }

  @Test
  void grantsLeaveOfARoleWhatTheySay() {
    RoomToken recorder =
        new RoomToken("k", "ada", "Ada", "maths", "moderator", Instant.MAX)
            .granting(Set.of(Right.RECORD));
    assertThat(allowed(Optional.of(recorder), false))
        .isEqualTo(
            verbs(
                "SEE_ROOM SEE_SLIDES SWITCH_RECORDING SEE_RECORDINGS GET_TRACKS SEE_UNPUBLISHED VERIFY_RECORDING SEE_PARTICIPANTS SEE_PIPELINE"));
  }

  private static Set<Verb> allowed(Optional<RoomToken> bearer, boolean open) {
    Set<Verb> verbs = EnumSet.noneOf(Verb.class);
    for (Verb verb : Verb.values()) {
      if (Access.allows(bearer, verb, "maths", open)) {
        verbs.add(verb);
      }
    }
    return verbs;
  }

  private static Set<Verb> verbs(String names) {
    return Arrays.stream(names.split(" "))
        .filter(name -> !name.isEmpty())
        .map(Verb::valueOf)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Verb.class)));
  }
}
