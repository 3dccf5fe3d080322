package dev.amphi.packager.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A store in memory, that fails when it is told to; held to the same contract as a bucket. */
public final class MemoryObjectStore implements ObjectStore {
  private record Parts(String key, TreeMap<Integer, byte[]> parts) {}

  private final TreeMap<String, byte[]> objects = new TreeMap<>();
  private final TreeMap<String, Parts> uploads = new TreeMap<>();
  private final List<String> calls = new ArrayList<>();
  private @Nullable StoreException failure;
  private int failAfter = Integer.MAX_VALUE;
  private int nextId;

  /** From now on every call fails; null for no more. */
  public synchronized void fails(@Nullable StoreException how) {
    failure = how;
    failAfter = how == null ? Integer.MAX_VALUE : 0;
  }

  /** So many calls come through, then every one fails. */
  public synchronized void failsAfter(int calls, StoreException how) {
    failure = how;
    failAfter = calls;
  }

  /** What was asked for, as {@code put key}. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  public synchronized List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  public synchronized byte[] bytes(String key) {
    return Objects.requireNonNull(objects.get(key), key);
  }

  public synchronized String text(String key) {
    return new String(bytes(key), StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void put(String key, ByteBuffer bytes) throws IOException {
    called("put " + key);
    objects.put(key, copy(bytes));
  }

  @Override
  public synchronized ByteBuffer get(String key, long from, int most) throws IOException {
    called("get " + key);
    byte[] all = objects.get(key);
    if (all == null) {
      throw missing(key);
    }
    int at = (int) Math.min(from, all.length);
    return ByteBuffer.wrap(all, at, Math.min(most, all.length - at)).slice();
  }

  @Override
  public synchronized List<Listed> list(String prefix, String after) throws IOException {
    called("list " + prefix);
    return objects.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix) && e.getKey().compareTo(after) > 0)
        .limit(PAGE)
        .map(e -> new Listed(e.getKey(), e.getValue().length))
        .toList();
  }

  @Override
  public synchronized List<String> folders(String prefix, String after) throws IOException {
    called("folders " + prefix);
    TreeSet<String> folders = new TreeSet<>();
    for (String key : objects.keySet()) {
      int slash = key.startsWith(prefix) ? key.indexOf('/', prefix.length()) : -1;
      if (slash >= 0 && key.substring(0, slash + 1).compareTo(after) > 0) {
        folders.add(key.substring(0, slash + 1));
      }
    }
    return folders.stream().limit(PAGE).toList();
  }

  @Override
  public synchronized void delete(List<String> keys) throws IOException {
    called("delete " + String.join(" ", keys));
    keys.forEach(objects::remove);
  }

  @Override
  public synchronized Upload begin(String key) throws IOException {
    called("begin " + key);
    String id = String.format(java.util.Locale.ROOT, "upload-%04d", nextId++);
    uploads.put(id, new Parts(key, new TreeMap<>()));
    return new Upload(key, id);
  }

  @Override
  public synchronized PartReceipt put(Upload upload, int number, ByteBuffer bytes)
      throws IOException {
    called("part " + number + " " + upload.key());
    require(upload).parts().put(number, copy(bytes));
    return receipt(number, bytes);
  }

  @Override
  public synchronized void complete(Upload upload, List<PartReceipt> parts, Fingerprint whole)
      throws IOException {
    called("complete " + upload.key());
    Parts all = require(upload);
    ByteBuffer joined = ByteBuffer.allocate((int) whole.length());
    for (PartReceipt part : parts) {
      byte[] bytes = all.parts().get(part.number());
      if (bytes == null || !part.equals(receipt(part.number(), ByteBuffer.wrap(bytes)))) {
        throw new StoreException(StoreException.Kind.REFUSED, "no such part " + part.number());
      }
      joined.put(bytes);
    }
    objects.put(upload.key(), joined.array());
    uploads.remove(upload.id());
  }

  @Override
  public synchronized void abort(Upload upload) throws IOException {
    called("abort " + upload.key());
    uploads.remove(upload.id());
  }

  @Override
  public synchronized List<Upload> unfinished(String prefix) throws IOException {
    called("unfinished " + prefix);
    return uploads.entrySet().stream()
        .filter(e -> e.getValue().key().startsWith(prefix))
        .map(e -> new Upload(e.getValue().key(), e.getKey()))
        .toList();
  }

  @Override
  public synchronized List<PartReceipt> parts(Upload upload) throws IOException {
    called("parts " + upload.key());
    List<PartReceipt> parts = new ArrayList<>();
    for (Map.Entry<Integer, byte[]> part : require(upload).parts().entrySet()) {
      parts.add(receipt(part.getKey(), ByteBuffer.wrap(part.getValue())));
    }
    return parts;
  }

  @Override
  public void close() {}

  private void called(String what) throws StoreException {
    StoreException now = failure;
    if (failAfter == 0 && now != null) {
      throw now;
    }
    failAfter -= failAfter == Integer.MAX_VALUE ? 0 : 1;
    calls.add(what);
  }

  private Parts require(Upload upload) throws StoreException {
    Parts parts = uploads.get(upload.id());
    if (parts == null) {
      throw missing(upload.id());
    }
    return parts;
  }

  private static PartReceipt receipt(int number, ByteBuffer bytes) {
    Fingerprint of = Fingerprint.of(bytes);
    return new PartReceipt(
        number, of.length(), PartReceipt.hex(of.md5()), PartReceipt.base64(of.sha256()));
  }

  private static StoreException missing(String key) {
    return new StoreException(StoreException.Kind.MISSING, "there is no " + key);
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}
