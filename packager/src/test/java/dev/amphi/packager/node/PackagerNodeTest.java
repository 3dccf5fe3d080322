package dev.amphi.packager.node;

import dev.amphi.packager.origin.Position;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackagerNodeTest {
  @Test
  void timeGoesOnForTheOthersWhenOneFails(@TempDir Path dataDir) {
    CompletableFuture<Boolean> told = new CompletableFuture<>();
    try (PackagerNode node = PackagerNode.create(dataDir, Clock.systemUTC())) {
      park(
          node,
          expiring(
              () -> {
                throw new IllegalStateException("a test lets it fail");
              }));
      Awaitility.await().until(() -> node.pending().size() == 0);
      park(node, expiring(() -> told.complete(true)));
      Awaitility.await().until(told::isDone);
    }
  }

  private static void park(PackagerNode node, Waiter waiter) {
    node.pending().park("maths/1-a/", new Position(0, 0), "::1", node.nowNanos(), waiter);
  }

  private static Waiter expiring(Runnable then) {
    return new Waiter() {
      @Override
      public void released() {}

      @Override
      public void expired() {
        then.run();
      }
    };
  }
}
