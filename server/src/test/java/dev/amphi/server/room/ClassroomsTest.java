package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.interactive.api.Decisions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassroomsTest {
  /** A right that is taken away when the test says so. */
  private static final class Lease implements Ownership {
    private final CompletableFuture<Watcher> watcher = new CompletableFuture<>();

    @Override
    public long epoch() {
      return 1;
    }

    @Override
    public boolean isValid(long epoch) {
      return true;
    }

    @Override
    public void watch(Watcher told) {
      watcher.complete(told);
    }

    @Override
    public void release() {}
  }

  @Test
  void whatWasLiveWhenTheNodeStoppedIsOnAirAgainHoweverFullTheMachineIs(@TempDir Path folder) {
    Fakes fakes = new Fakes();
    fakes.store = RoomStore.in(folder);
    Classrooms before = classrooms(fakes);
    before.create(new RoomSpec("maths", "Maths", RoomSpec.OPEN)).join();
    before.find("maths").orElseThrow().live(true).join();
    before.suspendAll("The node restarts.").join();

    fakes.machineFull = true;
    Classrooms after = classrooms(fakes);
    after.reopen().join();

    assertThat(after.find("maths").orElseThrow().state()).isEqualTo(ClassState.LIVE);
    assertThat(fakes.store.all()).singleElement().matches(RoomStore.Kept::live);
    assertThat(fakes.said("composition starts")).hasSize(2);

    after.create(new RoomSpec("new", "New", RoomSpec.OPEN)).join();
    assertThatThrownBy(() -> after.find("new").orElseThrow().live(true).join())
        .hasRootCauseMessage("This machine is full.");
  }

  @Test
  void aProgramIsExpectedAsSoonAsARoomIsOpen() {
    Fakes fakes = new Fakes();
    Classrooms classrooms = classrooms(fakes);
    assertThat(fakes.expected).isZero();
    classrooms.create(new RoomSpec("maths", "Maths", RoomSpec.OPEN)).join();
    assertThat(fakes.expected).isEqualTo(1);
    assertThat(fakes.said("composition starts")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsBeingOpenedAgainIsKeptAsItWasUntilItIsSo(boolean fails, @TempDir Path folder) {
    Fakes fakes = new Fakes();
    fakes.store = RoomStore.in(folder);
    RoomStore.Kept before =
        new RoomStore.Kept(
            new RoomSpec("maths", "Maths", RoomSpec.OPEN),
            true,
            true,
            new Arrangement("grid", "ada", Set.of("eve")),
            Decisions.NONE,
            fakes.now.plusSeconds(600),
            true);
    fakes.store.keep(before);
    List<RoomStore.Kept> meanwhile = new ArrayList<>();
    fakes.whenStarting = () -> meanwhile.addAll(fakes.store.all());
    fakes.composerFails = fails;

    Classrooms after = classrooms(fakes);
    after.reopen().join();

    assertThat(meanwhile).containsExactly(before);
    assertThat(fakes.store.all()).containsExactly(before);
    assertThat(after.find("maths").orElseThrow().state())
        .isEqualTo(fails ? ClassState.LOBBY : ClassState.LIVE);
  }

  @Test
  void whatCouldNotBePutOnAirAgainIsTriedAgainAtTheNextStart(@TempDir Path folder) {
    Fakes fakes = new Fakes();
    fakes.store = RoomStore.in(folder);
    keepLive(fakes);
    fakes.composerFails = true;
    Classrooms failing = classrooms(fakes);
    failing.reopen().join();
    Classroom room = failing.find("maths").orElseThrow();
    room.picture().layout("speaker", "").join();
    room.stage().decided(Decisions.NONE);
    failing.suspendAll("The node restarts.").join();

    fakes.composerFails = false;
    Classrooms after = classrooms(fakes);
    after.reopen().join();
    assertThat(after.find("maths").orElseThrow().state()).isEqualTo(ClassState.LIVE);
    assertThat(after.find("maths").orElseThrow().status().layout()).isEqualTo("speaker");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatCouldNotBePutOnAirAgainIsKeptAsItsTeacherSays(boolean live, @TempDir Path folder) {
    Fakes fakes = new Fakes();
    fakes.store = RoomStore.in(folder);
    keepLive(fakes);
    fakes.composerFails = true;
    Classrooms after = classrooms(fakes);
    after.reopen().join();
    assertThat(fakes.store.all()).singleElement().matches(RoomStore.Kept::live);

    fakes.composerFails = false;
    Classroom room = after.find("maths").orElseThrow();
    room.live(live).join();
    assertThat(fakes.store.all()).singleElement().matches(kept -> kept.live() == live);
    room.live(true).join();
    room.live(false).join();
    assertThat(fakes.store.all()).singleElement().matches(kept -> !kept.live());
  }

  private static void keepLive(Fakes fakes) {
    fakes.store.keep(
        new RoomStore.Kept(
            new RoomSpec("maths", "Maths", RoomSpec.OPEN),
            true,
            false,
            Arrangement.AUTO,
            Decisions.NONE,
            null,
            false));
  }

  private static Classrooms classrooms(Fakes fakes) {
    return new Classrooms(
        fakes.parts(), id -> CompletableFuture.completedFuture(Optional.of(new Lease())));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRoomThatAnotherNodeHasIsForgottenAlsoWhenItDoesNotStopWell(boolean stageFails) {
    Fakes fakes = new Fakes();
    Lease lease = new Lease();
    Classrooms rooms =
        new Classrooms(fakes.parts(), id -> CompletableFuture.completedFuture(Optional.of(lease)));
    rooms.create(new RoomSpec("maths", "Maths", RoomSpec.OPEN)).join();
    assertThat(rooms.find("maths")).isPresent();

    fakes.closeFails = stageFails;
    lease.watcher.join().lost();

    await().atMost(Duration.ofSeconds(20)).until(() -> rooms.find("maths").isEmpty());
  }
}
