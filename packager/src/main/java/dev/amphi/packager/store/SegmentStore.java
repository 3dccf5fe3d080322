package dev.amphi.packager.store;

import dev.amphi.packager.mp4.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The bytes of one broadcast, found by the names under which they were put. Thread-safe. */
public interface SegmentStore extends AutoCloseable {
  /** What a name leads to: its bytes in pieces, so that a segment shares those of its parts. */
  record Media(List<Bytes> pieces) {
    /** All pieces together. */
    public long length() {
      return pieces.stream().mapToLong(Bytes::length).sum();
    }
  }

  /** Keeps something until it is removed; a name is put once. */
  void put(String name, Media media);

  /** Says that a name will rarely be asked for from now on: it may leave the heap. */
  void settle(String name);

  /** Forgets something; unknown names are ignored. */
  void remove(String name);

  /** Finds something; never blocks. */
  CompletionStage<Optional<Media>> get(String name);

  /** Whether a name is kept. */
  boolean has(String name);

  /** Heap that is in use, in bytes. */
  long heapBytes();

  /** Forgets everything. */
  @Override
  void close();
}
