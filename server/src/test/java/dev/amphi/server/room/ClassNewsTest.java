package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.StageState;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassNewsTest {
  @Test
  void eachPlaceThatAClassComesToIsTold() {
    OneClass one = new OneClass() {};
    one.room.open().join();
    one.room.stage().participantChanged(OneClass.ada(StageState.ON_STAGE));
    one.room.live(true).join();
    one.room.live(true).join();
    one.room.live(false).join();
    one.room.live(true).join();
    one.room.end("over").join();
    one.room.end("over").join();
    assertThat(one.fakes.became)
        .containsExactly("scheduled", "lobby", "live", "interrupted", "live", "ended", "published");
  }

  @Test
  void aClassThatGoesAndComesWithItsNodeIsNoNews(@TempDir Path folder) {
    Fakes fakes = new Fakes();
    fakes.store = RoomStore.in(folder);
    Classrooms before = classrooms(fakes);
    before.create(new RoomSpec("maths", "Maths", RoomSpec.OPEN)).join();
    Classroom room = before.find("maths").orElseThrow();
    room.stage().participantChanged(OneClass.ada(StageState.ON_STAGE));
    room.live(true).join();
    before.suspendAll("The node restarts.").join();
    assertThat(fakes.became).containsExactly("scheduled", "lobby", "live");

    Classrooms after = classrooms(fakes);
    after.reopen().join();
    assertThat(fakes.became).hasSize(3);
    after.find("maths").orElseThrow().live(false).join();
    assertThat(fakes.became).endsWith("interrupted").hasSize(4);
  }

  private static Classrooms classrooms(Fakes fakes) {
    return new Classrooms(
        fakes.parts(), id -> CompletableFuture.completedFuture(Optional.of(new FakeLease())));
  }
}
