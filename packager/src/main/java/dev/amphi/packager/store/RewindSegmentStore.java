package dev.amphi.packager.store;

import dev.amphi.packager.mp4.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is asked for often on the heap and the rest in a spool file, so that a long class can
 * be rewound to its start without memory for it.
 */
final class RewindSegmentStore implements SegmentStore {
  private static final System.Logger LOG = System.getLogger(RewindSegmentStore.class.getName());

  private final MemorySegmentStore memory = new MemorySegmentStore();
  private final SpoolFile spool;
  private final Executor executor;
  private final Map<String, SpoolFile.Place> places = new HashMap<>();
  private final Map<String, CompletableFuture<Optional<Media>>> reading = new HashMap<>();
  private boolean closed;
  private boolean complained;

  RewindSegmentStore(SpoolFile spool, Executor executor) {
    this.spool = spool;
    this.executor = executor;
  }

  @Override
  public void put(String name, Media media) {
    memory.put(name, media);
  }

  @Override
  public void settle(String name) {
    Optional<Media> media = memory.find(name);
    if (media.isEmpty()) {
      return;
    }
    try {
      executor.execute(() -> move(name, media.get()));
    } catch (RejectedExecutionException e) {
      complain(e); // It stays on the heap, within the room's limit.
    }
  }

  @Override
  public void remove(String name) {
    memory.remove(name);
    synchronized (this) {
      places.remove(name); // The room in the file is given back at the end of the class.
    }
  }

  @Override
  public CompletionStage<Optional<Media>> get(String name) {
    Optional<Media> near = memory.find(name);
    return near.isPresent() ? CompletableFuture.completedStage(near) : fetch(name);
  }

  @Override
  public boolean has(String name) {
    return memory.has(name) || place(name) != null;
  }

  @Override
  public long heapBytes() {
    return memory.heapBytes();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      places.clear();
    }
    memory.close();
    try {
      spool.close();
    } catch (IOException e) {
      complain(e);
    }
  }

  private void move(String name, Media media) {
    try {
      SpoolFile.Place place = spool.write(join(media));
      synchronized (this) {
        if (closed || !memory.has(name)) {
          return; // It left the list meanwhile.
        }
        places.put(name, place);
      }
      memory.remove(name);
    } catch (IOException e) {
      complain(e);
    }
  }

  /** Many viewers who jump to the same place are one read. */
  private synchronized CompletionStage<Optional<Media>> fetch(String name) {
    SpoolFile.Place place = places.get(name);
    if (place == null) {
      return CompletableFuture.completedStage(memory.find(name));
    }
    CompletableFuture<Optional<Media>> known = reading.get(name);
    if (known != null) {
      return known;
    }
    CompletableFuture<Optional<Media>> result = new CompletableFuture<>();
    reading.put(name, result);
    try {
      executor.execute(() -> read(name, place, result));
    } catch (RejectedExecutionException e) {
      reading.remove(name);
      result.completeExceptionally(e);
    }
    return result;
  }

  private void read(String name, SpoolFile.Place place, CompletableFuture<Optional<Media>> result) {
    try {
      Media media = new Media(List.of(Bytes.wrap(spool.read(place))));
      done(name);
      result.complete(Optional.of(media));
    } catch (IOException e) {
      done(name);
      result.completeExceptionally(new UncheckedIOException(e));
    }
  }

  private synchronized void done(String name) {
    reading.remove(name);
  }

  private synchronized SpoolFile.@Nullable Place place(String name) {
    return places.get(name);
  }

  private synchronized void complain(Exception e) {
    if (!closed && !complained) {
      complained = true;
      LOG.log(System.Logger.Level.WARNING, "the rewind stays on the heap for now", e);
    }
  }

  private static byte[] join(Media media) {
    ByteBuffer all = ByteBuffer.allocate((int) media.length());
    media.pieces().forEach(piece -> piece.putInto(all));
    return all.array();
  }
}
