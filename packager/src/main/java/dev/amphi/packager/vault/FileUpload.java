package dev.amphi.packager.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings one finished file to the store, a part at a time. Where it was stopped the parts that the
 * store has already are compared and not sent again. For one thread.
 */
final class FileUpload {
  private static final int PART_BYTES = 8 << 20;

  /** Fewer than S3 allows, so that the last one always fits. */
  private static final long PARTS = ObjectStore.MOST_PARTS - 1L;

  /** The file is not what it was when it was listed. */
  static final class ChangedMeanwhile extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final ObjectStore store;
  private final String key;
  private final Path file;
  private final FolderFiles.Found found;
  private final int partBytes;
  private final Map<Integer, PartReceipt> listed = new HashMap<>();
  private final List<PartReceipt> sent = new ArrayList<>();
  private Fingerprint.Running whole = new Fingerprint.Running();
  private ObjectStore.@Nullable Upload upload;
  private @Nullable Fingerprint done;

  FileUpload(ObjectStore store, String key, Path file, FolderFiles.Found found) {
    this.store = store;
    this.key = key;
    this.file = file;
    this.found = found;
    this.partBytes = partBytes(found.length());
  }

  static int partBytes(long length) {
    long needed = (length + PARTS - 1) / PARTS;
    long whole = (needed + (1 << 20) - 1) >> 20 << 20;
    return (int) Math.max(PART_BYTES, whole);
  }

  /** Bytes that are still to go. */
  long waitingBytes() {
    return done != null ? 0 : found.length() - (long) sent.size() * partBytes;
  }

  /** Once it is there. */
  Manifest.Entry entry() {
    Fingerprint all = done;
    if (all == null) {
      throw new IllegalStateException(key + " is not there yet");
    }
    return new Manifest.Entry(
        found.name(), found.length(), found.modifiedMillis(), all.sha256(), false);
  }

  /** One transfer; true when the whole of it is there. */
  boolean step() throws IOException {
    if (found.length() <= partBytes) {
      ByteBuffer all = read(0, (int) found.length());
      requireUnchanged();
      store.put(key, all);
      done = Fingerprint.of(all);
      return true;
    }
    try {
      return stepInParts();
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.MISSING) {
        begin(null); // Somebody, or a rule of the bucket, aborted it: from the beginning.
      }
      throw e;
    }
  }

  private boolean stepInParts() throws IOException {
    ObjectStore.Upload going = upload;
    if (going == null) {
      resume();
      return false;
    }
    long from = (long) sent.size() * partBytes;
    if (from < found.length()) {
      put(going, from);
      return false;
    }
    requireUnchanged();
    // A running fingerprint is taken once; what fails behind it begins again.
    Fingerprint all = whole.done();
    try {
      store.complete(going, sent, all);
    } catch (IOException e) {
      begin(null);
      throw e;
    }
    done = all;
    return true;
  }

  private void put(ObjectStore.Upload going, long from) throws IOException {
    ByteBuffer bytes = read(from, (int) Math.min(partBytes, found.length() - from));
    int number = sent.size() + 1;
    PartReceipt there = listed.get(number);
    Fingerprint own = Fingerprint.of(bytes);
    sent.add(
        there != null && there.isOf(own) ? there.knownAs(own) : store.put(going, number, bytes));
    whole.add(bytes);
  }

  private void resume() throws IOException {
    Optional<ObjectStore.Upload> left =
        store.unfinished(key).stream()
            .filter(one -> one.key().equals(key))
            .reduce((earlier, later) -> later);
    if (left.isPresent()) {
      begin(left.get());
      store.parts(left.get()).forEach(part -> listed.put(part.number(), part));
    } else {
      begin(store.begin(key));
    }
  }

  private void begin(ObjectStore.@Nullable Upload from) {
    upload = from;
    listed.clear();
    sent.clear();
    whole = new Fingerprint.Running();
  }

  private ByteBuffer read(long from, int count) throws IOException {
    try {
      ByteBuffer bytes = FolderFiles.read(file, from, count);
      if (bytes.remaining() == count) {
        return bytes;
      }
    } catch (NoSuchFileException e) {
      // As where it became shorter.
    }
    throw new ChangedMeanwhile();
  }

  private void requireUnchanged() throws IOException {
    if (!Files.exists(file)
        || Files.size(file) != found.length()
        || Files.getLastModifiedTime(file).toMillis() != found.modifiedMillis()) {
      throw new ChangedMeanwhile();
    }
  }
}
