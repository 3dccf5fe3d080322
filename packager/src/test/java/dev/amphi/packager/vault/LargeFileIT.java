package dev.amphi.packager.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.s3.FlakyProxy;
import dev.amphi.packager.s3.S3ObjectStore;
import dev.amphi.packager.s3.S3Server;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large file, a real S3 server, and a wire that is cut in the middle of its parts. */
final class LargeFileIT {
  private static final int BYTES = 40_000_000;
  private static final String KEY = "demo/one/recording.mp4";

  private final AtomicBoolean stored = new AtomicBoolean();

  @Test
  void goesOnWhereItWasCutAlsoAfterARestart(@TempDir Path dir) throws Exception {
    Path folder = Files.createDirectories(dir.resolve("demo/one"));
    byte[] movie = new byte[BYTES];
    new Random(5).nextBytes(movie);
    Files.write(folder.resolve("recording.mp4"), movie);
    Files.writeString(folder.resolve("journal"), "ready");
    try (S3Server server = S3Server.start();
        FlakyProxy wire = new FlakyProxy(server.port());
        S3ObjectStore store =
            S3ObjectStore.open(
                server.settings(dir, wire.port(), S3Server.BUCKET, "0123456789abcdef"))) {
      Shipping shipping = shipping(store, folder);
      while (store.unfinished("").isEmpty() || sent(store) < 2) {
        shipping.step(0);
      }
      wire.mode(FlakyProxy.Mode.CUT);
      shipping.step(0);
      assertThat(shipping.failures()).isEqualTo(1);
      assertThat(shipping.problem()).contains("cannot be reached");
      wire.mode(FlakyProxy.Mode.PASS);
      ObjectStore.Upload upload = store.unfinished("").getFirst();

      Shipping next = shipping(store, folder);
      long now = 0;
      while (!stored.get()) {
        now = Math.max(now, next.step(now));
        // The same upload all the time: what was sent is not sent again.
        assertThat(store.unfinished("")).allMatch(upload::equals);
      }
      assertThat(next.failures()).isZero();
      assertThat(store.unfinished("")).isEmpty();
      for (int at = 0; at < BYTES; at += 8_000_000) {
        assertThat(store.get(KEY, at, 8_000_000)).isEqualTo(ByteBuffer.wrap(movie, at, 8_000_000));
      }
      assertThat(store.list("demo/", ""))
          .extracting(ObjectStore.Listed::key)
          .containsExactly("demo/one/journal", "demo/one/manifest", KEY);
    }
  }

  private static int sent(ObjectStore store) throws Exception {
    return store.parts(store.unfinished("").getFirst()).size();
  }

  private Shipping shipping(ObjectStore store, Path folder) {
    Claim claim = new Claim(store, "", "node", TimeUnit.MINUTES.toNanos(3));
    Shipping shipping = new Shipping(claim, new Backoff(new Random(3)));
    shipping.add(
        new FolderShipment(
            store,
            "demo/one",
            "demo/one/",
            new FolderFiles(folder),
            false,
            () -> stored.set(true)));
    return shipping;
  }
}
