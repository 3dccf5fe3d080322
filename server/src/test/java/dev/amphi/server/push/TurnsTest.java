package dev.amphi.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {
  private final List<String> had = new CopyOnWriteArrayList<>();

  /** Waits for its turn on a thread of its own; returns when it does wait. */
  private void waits(Turns.Turn turn, String name) {
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    turn.await();
                    had.add(name);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    await().until(() -> thread.getState() == Thread.State.WAITING);
  }

  @Test
  void fewHaveOneAtOnceAndTheOthersOneAfterTheOther() throws Exception {
    Turns turns = new Turns(2);
    Turns.Turn first = turns.turn();
    Turns.Turn second = turns.turn();
    Turns.Turn third = turns.turn();
    Turns.Turn fourth = turns.turn();
    first.await();
    second.await();
    waits(third, "third");
    waits(fourth, "fourth");
    assertThat(had).isEmpty();
    second.close();
    await().until(() -> had.contains("third"));
    assertThat(had).containsExactly("third");
    first.close();
    first.close(); // gives nothing more
    await().until(() -> had.contains("fourth"));
    third.close();
    fourth.close();
    for (int i = 0; i < 2; i++) {
      turns.turn().await();
    }
    waits(turns.turn(), "nobody: both are taken");
    assertThat(had).containsExactly("third", "fourth");
  }

  @Test
  void whoIsClosedWaitsNoLongerAndTakesNothing() throws Exception {
    Turns turns = new Turns(1);
    Turns.Turn first = turns.turn();
    Turns.Turn gone = turns.turn();
    Turns.Turn next = turns.turn();
    first.await();
    waits(gone, "gone");
    waits(next, "next");
    gone.close();
    await().until(() -> had.contains("gone"));
    first.close();
    await().until(() -> had.contains("next"));
    gone.await(); // returns at once
  }
}
