package dev.amphi.composer.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.layout.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A class as a list of what happens, one thing a second: who comes ({@code +ada}) and goes ({@code
 * -ada}), starts or stops a share ({@code +s}), speaks ({@code ben}), or nothing ({@code .}); below
 * it the layout that is seen at the end.
 */
class AutoLayoutTest {
  private static final long SECOND = 1_000_000_000L;

  private final AutoLayout auto = new AutoLayout();
  private final List<Member> members = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();
  private long now;

  private void play(String events) {
    for (String event : events.trim().split("\\s+", -1)) {
      if (event.startsWith("+")) {
        members.add(new Member(event.substring(1), event.equals("+s")));
      } else if (event.startsWith("-")) {
        members.removeIf(member -> member.id().equals(event.substring(1)));
      } else if (!event.equals(".")) {
        auto.loudest(event.equals("_") ? "" : event, now);
      }
      for (int frame = 0; frame < 30; frame++, now += SECOND / 30) {
        seen.add(auto.choose(members, false, now).id());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "alone,                      +ada ada . . ., speaker",
    "two who are there at once,  +ada ada . . . . . . . . . ., speaker",
    "somebody comes to her,      +ada ada . . . . . +ben ., side_by_side",
    "and stays silent,           +ada ada . . . . +ben . . . . . . . . ., speaker",
    "a lecture,                  +ada +ben ada . . . . . . . . . . . . . . . . . . . . ., speaker",
    "a cough,                    +ada +ben ada . . . . . . . . ben ada . . . . . . ., speaker",
    "a conversation,             +ada +ben ada . . . . . . . ben . . ada . . ben . ., side_by_side",
    "that has ended,             +ada +ben . . . . . . . . ada . . ben . . ada . . . . . . . . . . . . . . . . . . . . . . . . . ., speaker",
    "a discussion,               +ada +ben +cyd ada . . . . . ben . . cyd . . ada . ., grid",
    "a lecture with three,       +ada +ben +cyd ada . . . . . . . . . . . ., speaker",
    "a share,                    +ada +ben ada . +s, presentation_pip",
    "that has ended again,       +ada ada . . . . +s . . . . . . . . -s, speaker",
  })
  void followsTheTeaching(String name, String events, String layout) {
    play(events);
    assertThat(seen.getLast()).as(name).isEqualTo(layout);
  }

  @Test
  void noShotIsShorterThanSixSeconds() {
    play("+ada +ben . . . . . . . .");
    for (int round = 0; round < 12; round++) {
      play(
          "ada . . ben . . ada . . ben . . +cyd . . . -cyd . . ada . . . . . . . . . . . . . . . .");
    }
    int since = 0;
    for (int i = 1; i < seen.size(); i++) {
      if (!seen.get(i).equals(seen.get(i - 1))) {
        assertThat(i - since).as("frames before %s", i).isGreaterThanOrEqualTo(180);
        since = i;
      }
    }
    assertThat(since).as("it did change").isPositive();
  }

  @Test
  void whoIsUnderTheSpotlightIsSeenLargeAtOnce() {
    members.addAll(Arrays.asList(new Member("ada", false), new Member("ben", false)));
    play("ada . . . . . . . . ben . . ada . . ben . . . . .");
    assertThat(seen.getLast()).isEqualTo("side_by_side");
    assertThat(auto.choose(members, true, now).id()).isEqualTo("speaker");
  }
}
