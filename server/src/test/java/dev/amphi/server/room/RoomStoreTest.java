package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomStoreTest {
  private static final Decisions DECIDED =
      new Decisions(
          true,
          true,
          Map.of("ben", Role.MODERATOR, "a.b-c_d", Role.VIEWER),
          Set.of("ben", "eve"),
          Set.of("a.b-c_d"),
          Set.of("zoe", "guest:g_1"),
          Set.of("eve"));

  private static RoomStore.Kept kept(String title, boolean live, Decisions decisions) {
    return new RoomStore.Kept(
        new RoomSpec("maths", title, "token"),
        live,
        true,
        new Arrangement("grid", "ben", Set.of("eve", "zoe")),
        decisions,
        null,
        live);
  }

  @Test
  void aClassComesBackAsItWasLast(@TempDir Path folder) {
    RoomStore.in(folder).keep(kept("Maths", false, Decisions.NONE));
    RoomStore.in(folder).keep(kept("Μαθηματικά = 2", true, DECIDED));
    assertThat(RoomStore.in(folder).all()).containsExactly(kept("Μαθηματικά = 2", true, DECIDED));
  }

  @Test
  void itsTimesComeBackToo(@TempDir Path folder) throws IOException {
    Instant starts = Instant.parse("2026-11-21T10:00:00Z");
    Instant until = Instant.parse("2026-11-21T10:45:00.5Z");
    RoomStore.in(folder)
        .keep(
            new RoomStore.Kept(
                new RoomSpec("maths", "M", "token", starts),
                true,
                true,
                Arrangement.AUTO,
                Decisions.NONE,
                until,
                false));
    RoomStore.Kept kept = RoomStore.in(folder).all().getFirst();
    assertThat(kept.spec().startsAt()).isEqualTo(starts);
    assertThat(kept.breakUntil()).isEqualTo(until);
    Files.writeString(folder.resolve("maths.room"), "starts_at=tomorrow");
    assertThat(RoomStore.in(folder).all().getFirst().spec().startsAt()).isNull();
  }

  @Test
  void aLayoutThatIsNoneAnyMoreIsChosenAnew(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("maths.room"), "layout=oval\nspotlight=ben");
    assertThat(RoomStore.in(folder).all().getFirst().arrangement())
        .isEqualTo(new Arrangement("auto", "ben", Set.of()));
  }

  @Test
  void aClassThatEndedDoesNotComeBack(@TempDir Path folder) {
    RoomStore store = RoomStore.in(folder);
    store.keep(kept("Maths", true, Decisions.NONE));
    store.forget("maths");
    assertThat(RoomStore.in(folder).all()).isEmpty();
  }

  @Test
  void aBrokenFileKeepsNobodyOut(@TempDir Path folder) throws IOException {
    RoomStore store = RoomStore.in(folder);
    store.keep(kept("Maths", true, Decisions.NONE));
    Files.writeString(folder.resolve("half.room"), "title=\\u12");
    assertThat(store.all()).hasSize(1);
  }

  @Test
  void onlyTheBearersOfATokenWatchWhereTheAudienceWasLost(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("bare.room"), "");
    assertThat(RoomStore.in(folder).all().getFirst().spec().audience()).isEqualTo("token");
  }
}
