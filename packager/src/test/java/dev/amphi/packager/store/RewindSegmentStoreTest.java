package dev.amphi.packager.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.packager.mp4.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RewindSegmentStoreTest {
  private static final Bytes FIRST =
      Bytes.wrap("the first piece of a segment ".getBytes(StandardCharsets.UTF_8));
  private static final Bytes SECOND = Bytes.wrap("and its end".getBytes(StandardCharsets.UTF_8));

  private final Queue<Runnable> work = new ArrayDeque<>();

  @Test
  void whatIsSettledLeavesTheHeapAndComesBackWhole(@TempDir Path folder) throws Exception {
    try (SegmentStore store = store(folder, 1000)) {
      store.put("a", new SegmentStore.Media(List.of(FIRST, SECOND)));
      assertThat(store.heapBytes()).isEqualTo(FIRST.length() + SECOND.length());
      store.settle("a");
      runAll();
      assertThat(store.heapBytes()).isZero();
      assertThat(store.has("a")).isTrue();
      assertThat(read(store, "a")).isEqualTo("the first piece of a segment and its end");
    }
  }

  @Test
  void theFileHasNoName(@TempDir Path folder) throws Exception {
    try (SegmentStore store = store(folder, 1000)) {
      store.put("a", new SegmentStore.Media(List.of(FIRST)));
      store.settle("a");
      runAll();
      try (var files = Files.list(folder)) {
        assertThat(files).isEmpty();
      }
    }
  }

  @Test
  void nothingReadableIsWritten(@TempDir Path folder) throws Exception {
    try (SpoolFile file = SpoolFile.create(folder, new SecureRandom(), 10_000)) {
      SpoolFile.Place one = file.write(FIRST.toByteArray());
      SpoolFile.Place two = file.write(FIRST.toByteArray());
      assertThat(one.number()).isNotEqualTo(two.number());
      assertThat(one.storedLength()).isEqualTo(FIRST.length() + 16);
      assertThat(file.read(two)).isEqualTo(FIRST.toByteArray());
      // Read with another's nonce, the bytes are not what was written: they were encrypted.
      assertThatThrownBy(() -> file.read(new SpoolFile.Place(one.offset(), one.storedLength(), 7)))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aFullSpoolLeavesThingsOnTheHeap(@TempDir Path folder) throws Exception {
    try (SegmentStore store = store(folder, 10)) {
      store.put("a", new SegmentStore.Media(List.of(FIRST)));
      store.settle("a");
      runAll();
      assertThat(store.heapBytes()).isEqualTo(FIRST.length());
      assertThat(read(store, "a")).isEqualTo("the first piece of a segment ");
    }
  }

  @Test
  void manyReadersOfOneThingAreOneRead(@TempDir Path folder) throws Exception {
    try (SegmentStore store = store(folder, 1000)) {
      store.put("a", new SegmentStore.Media(List.of(FIRST)));
      store.settle("a");
      runAll();
      var one = store.get("a").toCompletableFuture();
      var two = store.get("a").toCompletableFuture();
      assertThat(work).hasSize(1);
      runAll();
      assertThat(one).isCompleted();
      assertThat(two).isCompleted();
    }
  }

  @Test
  void aBusyDiskIsAnErrorOfTheReaderAlone(@TempDir Path folder) throws Exception {
    boolean[] busy = {false};
    SegmentStore store =
        new RewindSegmentStore(
            SpoolFile.create(folder, new SecureRandom(), 1000),
            task -> {
              if (busy[0]) {
                throw new RejectedExecutionException("busy");
              }
              task.run();
            });
    store.put("a", new SegmentStore.Media(List.of(FIRST)));
    store.settle("a");
    busy[0] = true;
    assertThat(store.get("a").toCompletableFuture()).isCompletedExceptionally();
    busy[0] = false;
    assertThat(read(store, "a")).isEqualTo("the first piece of a segment ");
    store.close();
    assertThat(store.has("a")).isFalse();
  }

  @Test
  void whatIsRemovedIsGone(@TempDir Path folder) throws Exception {
    try (SegmentStore store = store(folder, 1000)) {
      store.put("a", new SegmentStore.Media(List.of(FIRST)));
      store.settle("a");
      store.remove("a");
      runAll();
      assertThat(store.has("a")).isFalse();
      assertThat(store.heapBytes()).isZero();
    }
  }

  @Test
  void piecesThatArePartAndSegmentCountOnce() {
    try (MemorySegmentStore store = new MemorySegmentStore()) {
      store.put("part", new SegmentStore.Media(List.of(FIRST)));
      store.put("segment", new SegmentStore.Media(List.of(FIRST, SECOND)));
      assertThat(store.heapBytes()).isEqualTo(FIRST.length() + SECOND.length());
      store.remove("part");
      assertThat(store.heapBytes()).isEqualTo(FIRST.length() + SECOND.length());
      store.remove("segment");
      assertThat(store.heapBytes()).isZero();
    }
  }

  private SegmentStore store(Path folder, long limit) throws IOException {
    return new RewindSegmentStore(SpoolFile.create(folder, new SecureRandom(), limit), work::add);
  }

  private void runAll() {
    for (Runnable task = work.poll(); task != null; task = work.poll()) {
      task.run();
    }
  }

  private String read(SegmentStore store, String name) throws Exception {
    CompletableFuture<java.util.Optional<SegmentStore.Media>> got =
        store.get(name).toCompletableFuture();
    runAll();
    StringBuilder text = new StringBuilder();
    for (Bytes piece : got.get().orElseThrow().pieces()) {
      text.append(new String(piece.toByteArray(), StandardCharsets.UTF_8));
    }
    return text.toString();
  }
}
