package dev.amphi.cluster.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every registry promises, seen from two nodes of one cluster. */
public abstract class RoomRegistryContract {
  /** The registry as the first node sees it. */
  protected abstract RoomRegistry first();

  /** The registry as the second node sees it. */
  protected abstract RoomRegistry second();

  protected static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void theFirstClaimIsGrantedWithEpochOneAndSeenByBoth() throws Exception {
    RoomRecord room = await(first().claim("algebra")).orElseThrow();

    assertThat(room.epoch()).isEqualTo(1);
    assertThat(await(second().find("algebra"))).contains(room);
    assertThat(await(second().owned())).contains(room);
  }

  @Test
  void aRoomThatAnotherNodeOwnsIsNotGranted() throws Exception {
    await(first().claim("owned"));

    assertThat(await(second().claim("owned"))).isEmpty();
  }

  @Test
  void claimingAgainKeepsTheEpoch() throws Exception {
    RoomRecord once = await(first().claim("again")).orElseThrow();

    assertThat(await(first().claim("again"))).contains(once);
  }

  @Test
  void theEpochRisesAcrossARelease() throws Exception {
    RoomRecord mine = await(first().claim("released")).orElseThrow();
    assertThat(await(first().release("released", mine.epoch()))).isTrue();
    assertThat(await(second().find("released"))).isEmpty();

    assertThat(await(second().claim("released")).orElseThrow().epoch()).isEqualTo(2);
  }

  @Test
  void anOwnerThatRenewedSinceCannotBeTakenOver() throws Exception {
    RoomRecord observed = await(first().claim("alive")).orElseThrow();
    await(first().renew("alive", observed.epoch()));

    assertThat(await(second().takeOver(observed))).isEmpty();
  }

  @Test
  void aSilentOwnerIsTakenOverOnceAndItsEpochIsRefusedFromThenOn() throws Exception {
    RoomRecord observed = await(first().claim("silent")).orElseThrow();

    RoomRecord taken = await(second().takeOver(observed)).orElseThrow();

    assertThat(taken.epoch()).isEqualTo(observed.epoch() + 1);
    assertThat(await(second().takeOver(observed))).isEmpty();
    assertThat(await(first().renew("silent", observed.epoch()))).isEmpty();
    assertThat(await(first().release("silent", observed.epoch()))).isFalse();
    assertThat(await(first().find("silent"))).contains(taken);
  }

  @Test
  void anOwnerTakesItsOwnRoomAgainInAHigherEpochUnlessAnotherWasFaster() throws Exception {
    RoomRecord before = await(first().claim("mine")).orElseThrow();

    RoomRecord again = await(first().takeOver(before)).orElseThrow();

    assertThat(again.epoch()).isEqualTo(before.epoch() + 1);
    assertThat(again.ownerId()).isEqualTo(before.ownerId());
    assertThat(await(second().takeOver(before))).isEmpty();
  }

  @Test
  void ofManyClaimsAtOnceFromBothNodesOnlyOneNodeWins() throws Exception {
    List<CompletionStage<Optional<RoomRecord>>> claims =
        IntStream.range(0, 50)
            .mapToObj(i -> (i % 2 == 0 ? first() : second()).claim("contended"))
            .toList();

    List<RoomRecord> granted =
        claims.stream()
            .map(claim -> claim.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join())
            .flatMap(Optional::stream)
            .toList();

    assertThat(granted).hasSize(25);
    assertThat(granted.stream().map(RoomRecord::ownerId).distinct()).hasSize(1);
    assertThat(granted.stream().map(RoomRecord::epoch).distinct()).containsExactly(1L);
  }
}
