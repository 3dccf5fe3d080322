package dev.amphi.server.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.cluster.Cluster;
import dev.amphi.cluster.memory.MemoryCluster;
import dev.amphi.cluster.node.NodeDirectory;
import dev.amphi.cluster.room.RemovalList;
import dev.amphi.cluster.room.RoomRecord;
import dev.amphi.cluster.room.RoomRegistry;
import dev.amphi.server.room.Ownership;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What becomes of a room whose lease was not renewed in time, on a clock of the test's own. */
class LeasedRoomTest {
  private static final long SECOND = 1_000_000_000L;

  private final MemoryCluster.Memory memory = new MemoryCluster.Memory();
  private final SlowRegistry registry = new SlowRegistry(new MemoryCluster(memory, "a").rooms());
  private final RoomRegistry others = new MemoryCluster(memory, "b").rooms();
  private long nowNanos = Long.MAX_VALUE - 3 * SECOND;
  private final ClusterOwners owners = new ClusterOwners(clusterOf(registry), () -> nowNanos);
  private final List<String> heard = new ArrayList<>();
  private final Ownership room = claimed();

  private Ownership claimed() {
    Ownership granted = owners.claim("algebra").toCompletableFuture().join().orElseThrow();
    granted.watch(
        new Ownership.Watcher() {
          @Override
          public void regained() {
            heard.add("regained in epoch " + granted.epoch());
          }

          @Override
          public void lost() {
            heard.add("lost");
          }
        });
    return granted;
  }

  @Test
  void aRoomThatIsRenewedInTimeStaysInItsEpoch() {
    for (int i = 0; i < 120; i++) {
      after(SECOND / 2);
      assertThat(room.isValid(1)).isTrue();
    }

    assertThat(heard).isEmpty();
  }

  @Test
  void aNodeThatHadNoTimeTakesItsRoomAgainInAHigherEpoch() {
    nowNanos += 50 * SECOND;
    assertThat(room.isValid()).as("paused and awake, before anything else ran").isFalse();

    owners.tick();

    assertThat(heard).containsExactly("regained in epoch 2");
    assertThat(room.isValid()).isTrue();
    assertThat(room.isValid(1)).as("what was opened in the old epoch").isFalse();
    assertThat(record().epoch()).isEqualTo(2);
    after(59 * SECOND / 10);
    assertThat(room.isValid(2)).as("and is renewed as before").isTrue();
  }

  @Test
  void aRoomThatAnotherNodeTookIsLostOnceAndForGood() {
    nowNanos += 50 * SECOND;
    others.takeOver(record()).toCompletableFuture().join();

    owners.tick();
    owners.tick();

    assertThat(heard).containsExactly("lost");
    assertThat(room.isValid()).isFalse();
    assertThat(record().ownerId()).isEqualTo("b");
    assertThat(record().epoch()).isEqualTo(2);
  }

  @Test
  void aRoomThatAnotherNodeTookWhileTheLeaseStillRanIsLostToo() {
    others.takeOver(record()).toCompletableFuture().join();

    after(2 * SECOND);
    assertThat(room.isValid()).as("refused, so fenced at once").isFalse();
    after(SECOND / 2);

    assertThat(heard).containsExactly("lost");
  }

  @Test
  void whoWatchesTooLateHearsOfTheLossAtOnce() {
    nowNanos += 50 * SECOND;
    others.takeOver(record()).toCompletableFuture().join();
    owners.tick();

    heard.clear();
    room.watch(
        new Ownership.Watcher() {
          @Override
          public void regained() {}

          @Override
          public void lost() {
            heard.add("lost");
          }
        });

    assertThat(heard).containsExactly("lost");
  }

  @Test
  void whileTheClusterDoesNotAnswerNothingIsPublishedAndItIsAskedAgain() {
    registry.answers = Answers.FAIL;
    for (int i = 0; i < 60; i++) {
      after(SECOND);
    }
    assertThat(room.isValid()).isFalse();
    assertThat(heard).as("nobody said that it is another's").isEmpty();

    registry.answers = Answers.AT_ONCE;
    after(SECOND / 2);

    assertThat(heard).containsExactly("regained in epoch 2");
  }

  @Test
  void anotherNodeThatIsFasterBetweenTheLookAndTheClaimHasTheRoom() {
    nowNanos += 50 * SECOND;
    registry.answers = Answers.LATER;
    owners.tick();
    registry.answer(); // what the record is
    others.takeOver(record()).toCompletableFuture().join();
    registry.answer(); // the claim by that record
    assertThat(room.isValid()).isFalse();

    registry.answers = Answers.AT_ONCE;
    owners.tick();

    assertThat(heard).containsExactly("lost");
    assertThat(record().ownerId()).isEqualTo("b");
  }

  @Test
  void aRenewalThatIsAnsweredAfterTheRoomWasRegainedChangesNothing() {
    registry.answers = Answers.LATER;
    after(2 * SECOND);
    nowNanos += 10 * SECOND;
    registry.answers = Answers.AT_ONCE;
    owners.tick();
    assertThat(heard).containsExactly("regained in epoch 2");

    registry.answer();

    assertThat(room.isValid(2)).isTrue();
    after(SECOND / 2);
    assertThat(heard).containsExactly("regained in epoch 2");
  }

  @Test
  void aRoomThatIsGivenUpWhileItIsClaimedAgainIsNobodys() {
    nowNanos += 50 * SECOND;
    registry.answers = Answers.LATER;
    owners.tick();
    registry.answer(); // what the record is
    room.release();
    registry.answer(); // the claim, granted to a node that wants it no more
    registry.answer(); // the release of the old epoch, refused
    assertThat(record().epoch()).isEqualTo(2);
    registry.answer(); // the release of the new one

    assertThat(heard).isEmpty();
    assertThat(others.claim("algebra").toCompletableFuture().join()).isPresent();
  }

  @Test
  void aLowerEpochIsNotGoneOnWith() {
    after(7 * SECOND);
    assertThat(heard).containsExactly("regained in epoch 2");
    registry.other = new MemoryCluster(new MemoryCluster.Memory(), "a").rooms();
    after(7 * SECOND);

    assertThat(heard).endsWith("lost");
  }

  private void after(long nanos) {
    nowNanos += nanos;
    owners.tick();
  }

  private RoomRecord record() {
    return others.find("algebra").toCompletableFuture().join().orElseThrow();
  }

  private Cluster clusterOf(RoomRegistry rooms) {
    MemoryCluster mine = new MemoryCluster(memory, "a");
    return new Cluster() {
      @Override
      public NodeDirectory nodes() {
        return mine.nodes();
      }

      @Override
      public RoomRegistry rooms() {
        return rooms;
      }

      @Override
      public RemovalList removals() {
        return mine.removals();
      }

      @Override
      public void close() {}
    };
  }

  private enum Answers {
    AT_ONCE,
    LATER,
    FAIL
  }

  /** A registry that is far away: what is asked happens there when it is answered. */
  private static final class SlowRegistry implements RoomRegistry {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private RoomRegistry other;
    private Answers answers = Answers.AT_ONCE;

    SlowRegistry(RoomRegistry other) {
      this.other = other;
    }

    void answer() {
      waiting.remove().run();
    }

    private <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> question) {
      return switch (answers) {
        case AT_ONCE -> question.get();
        case FAIL -> CompletableFuture.failedFuture(new IllegalStateException("a minority"));
        case LATER -> {
          CompletableFuture<T> answer = new CompletableFuture<>();
          waiting.add(() -> question.get().thenAccept(answer::complete));
          yield answer;
        }
      };
    }

    @Override
    public CompletionStage<Optional<RoomRecord>> claim(String roomId) {
      return ask(() -> other.claim(roomId));
    }

    @Override
    public CompletionStage<Optional<RoomRecord>> takeOver(RoomRecord observed) {
      return ask(() -> other.takeOver(observed));
    }

    @Override
    public CompletionStage<Optional<RoomRecord>> renew(String roomId, long epoch) {
      return ask(() -> other.renew(roomId, epoch));
    }

    @Override
    public CompletionStage<Boolean> release(String roomId, long epoch) {
      return ask(() -> other.release(roomId, epoch));
    }

    @Override
    public CompletionStage<Optional<RoomRecord>> find(String roomId) {
      return ask(() -> other.find(roomId));
    }

    @Override
    public CompletionStage<List<RoomRecord>> owned() {
      return ask(other::owned);
    }
  }
}
