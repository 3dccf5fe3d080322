package dev.amphi.packager.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Named objects, each there as a whole or not at all, as S3 has them. Every call blocks and may
 * fail with a {@link StoreException}; none tries again by itself. Thread-safe.
 */
public interface ObjectStore extends AutoCloseable {
  /** The shortest part of an upload, but for its last one (S3's rule). */
  int SMALLEST_PART_BYTES = 5 << 20;

  /** How many parts an upload has at most (S3's rule). */
  int MOST_PARTS = 10_000;

  /** How many names one list or one call to delete holds at most. */
  int PAGE = 1000;

  /** An object that is there. */
  record Listed(String key, long length) {}

  /**
   * An upload in parts that was neither completed nor aborted.
   *
   * @param id which the store gave it
   */
  record Upload(String key, String id) {}

  /** Makes the store; may load classes, and touches no network. */
  interface Opening {
    ObjectStore open() throws IOException;
  }

  /**
   * Puts an object, in place of the one that had its name. Comes back once the store has said by a
   * checksum that it has these bytes and no others.
   */
  void put(String key, ByteBuffer bytes) throws IOException;

  /** At most so many bytes of an object from a place on; none behind its end. */
  ByteBuffer get(String key, long from, int most) throws IOException;

  /** Objects whose names begin like this, in the order of their names, from behind one on. */
  List<Listed> list(String prefix, String after) throws IOException;

  /** The names of what is below a prefix up to the next slash, with that; from behind one on. */
  List<String> folders(String prefix, String after) throws IOException;

  /** Deletes objects, {@link #PAGE} at most; those that are not there too. */
  void delete(List<String> keys) throws IOException;

  /** Begins an upload in parts. */
  Upload begin(String key) throws IOException;

  /** Puts a part of an upload, numbered from 1 on; checked as {@link #put}. */
  PartReceipt put(Upload upload, int number, ByteBuffer bytes) throws IOException;

  /** Makes an object of the parts, in their order; checked as {@link #put}. */
  void complete(Upload upload, List<PartReceipt> parts, Fingerprint whole) throws IOException;

  /** Forgets an upload and its parts; one that is not there too. */
  void abort(Upload upload) throws IOException;

  /** Uploads to names that begin like this, the newest last; {@link #PAGE} at most. */
  List<Upload> unfinished(String prefix) throws IOException;

  /** The parts of an upload, {@link #MOST_PARTS} at most. */
  List<PartReceipt> parts(Upload upload) throws IOException;

  @Override
  void close();
}
