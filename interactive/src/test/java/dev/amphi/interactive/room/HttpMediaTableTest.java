package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.signal.SdpParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A room finds its own, without looking at those of others. */
class HttpMediaTableTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  private final HttpMediaTable table = new HttpMediaTable();
  private final List<String> ended = new ArrayList<>();

  private void keep(String id, String room, String participant, int validSeconds) throws Exception {
    Grant grant =
        new Grant(participant, participant, room, Role.VIEWER, NOON.plusSeconds(validSeconds));
    Credential held = new Credential(grant, Set.of(), new SignalDoor(Decisions.NONE), () -> {});
    HttpMediaIce ice =
        new HttpMediaIce(
            new VirtualLoop(),
            id,
            SdpParser.parse(ClassFixture.offerOf("libdatachannel")),
            remote -> "");
    table.keep(
        new HttpMedia(
            id,
            room,
            held,
            "",
            List.of(),
            "",
            ice,
            () -> {
              ended.add(id);
              table.forget(id);
            }));
  }

  @Test
  void eachRoomEndsItsOwnOnly() throws Exception {
    keep("1", "a", "ben", 0);
    keep("2", "a", "eve", 60);
    keep("3", "b", "ben", 0);
    assertThat(table.of("a")).hasSize(2);
    table.endExpired("a", NOON);
    assertThat(ended).containsExactly("1");
    assertThat(table.endThoseOf("a", "ben")).isFalse();
    assertThat(table.endThoseOf("b", "ben")).isTrue();
    assertThat(table.of("b")).isEmpty();
    assertThat(table.of("a")).extracting(HttpMedia::id).containsExactly("2");
    assertThat(table.find("3")).isEmpty();
  }
}
