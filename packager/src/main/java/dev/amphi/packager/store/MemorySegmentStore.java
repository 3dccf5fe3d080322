package dev.amphi.packager.store;

import dev.amphi.packager.mp4.Bytes;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps everything on the heap; pieces that several names share count once. */
public final class MemorySegmentStore implements SegmentStore {
  private final Map<String, Media> media = new HashMap<>();
  private final IdentityHashMap<Bytes, Integer> holders = new IdentityHashMap<>();
  private long heapBytes;

  @Override
  public synchronized void put(String name, Media added) {
    remove(name);
    media.put(name, added);
    for (Bytes piece : added.pieces()) {
      if (holders.merge(piece, 1, Integer::sum) == 1) {
        heapBytes += piece.length();
      }
    }
  }

  @Override
  public void settle(String name) {
    // There is nowhere else to keep it.
  }

  @Override
  public synchronized void remove(String name) {
    Media removed = media.remove(name);
    if (removed == null) {
      return;
    }
    for (Bytes piece : removed.pieces()) {
      if (holders.computeIfPresent(piece, (key, count) -> count > 1 ? count - 1 : null) == null) {
        heapBytes -= piece.length();
      }
    }
  }

  /** What a name leads to, at once. */
  public synchronized Optional<Media> find(String name) {
    return Optional.ofNullable(media.get(name));
  }

  @Override
  public CompletionStage<Optional<Media>> get(String name) {
    return CompletableFuture.completedStage(find(name));
  }

  @Override
  public synchronized boolean has(String name) {
    return media.containsKey(name);
  }

  @Override
  public synchronized long heapBytes() {
    return heapBytes;
  }

  @Override
  public synchronized void close() {
    media.clear();
    holders.clear();
    heapBytes = 0;
  }
}
