package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.RoomStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomStoreTest {
  private static RoomStatus status(String title, boolean live) {
    return new RoomStatus("maths", title, "live", "token", live, true, "grid", 3);
  }

  @Test
  void aClassComesBackAsItWasLast(@TempDir Path folder) {
    RoomStore.in(folder).keep(status("Maths", false));
    RoomStore.in(folder).keep(status("Μαθηματικά = 2", true));
    assertThat(RoomStore.in(folder).all())
        .containsExactly(
            new RoomStore.Kept(
                new RoomSpec("maths", "Μαθηματικά = 2", "token"), true, true, "grid"));
  }

  @Test
  void aClassThatEndedDoesNotComeBack(@TempDir Path folder) {
    RoomStore store = RoomStore.in(folder);
    store.keep(status("Maths", true));
    store.forget("maths");
    assertThat(RoomStore.in(folder).all()).isEmpty();
  }

  @Test
  void aBrokenFileKeepsNobodyOut(@TempDir Path folder) throws IOException {
    RoomStore store = RoomStore.in(folder);
    store.keep(status("Maths", true));
    Files.writeString(folder.resolve("half.room"), "title=\\u12");
    assertThat(store.all()).hasSize(1);
  }

  @Test
  void onlyTheBearersOfATokenWatchWhereTheAudienceWasLost(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("bare.room"), "");
    assertThat(RoomStore.in(folder).all().getFirst().spec().audience()).isEqualTo("token");
  }
}
