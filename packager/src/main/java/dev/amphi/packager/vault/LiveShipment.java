package dev.amphi.packager.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A folder that grows: what was added to its files is put as slices, each an object of its own that
 * never changes, named by the file and the place. What is replaced instead (a title, a hold) is one
 * slice, put again when it changed and deleted when it went. The index goes after what it speaks
 * of. So what is in the store can be put together again whenever the disk dies.
 *
 * <pre>
 * {room}/{id}/live/720p.cmaf/0000000005242880
 * </pre>
 */
final class LiveShipment implements Errand {
  static final String LIVE = "live/";
  private static final int FULL_BYTES = ObjectStore.SMALLEST_PART_BYTES;
  private static final int MOST_BYTES = 8 << 20;

  /** One transfer. */
  private sealed interface Part {
    record Slice(String file, long from, int length) implements Part {}

    record Whole(String file) implements Part {}

    record Gone(String file) implements Part {}
  }

  private final ObjectStore store;
  private final String name;
  private final String base;
  private final FolderFiles files;
  private final long everyNanos;
  private final Map<String, Long> shipped = new HashMap<>();
  private final Map<String, FolderFiles.Found> replaced = new HashMap<>();
  private final ArrayDeque<Part> round = new ArrayDeque<>();
  private boolean begun;
  private long lastNanos;
  private long waiting;

  /**
   * @param base what the names of its objects begin with
   * @param everyNanos a slice at least so often, where something was added
   */
  LiveShipment(ObjectStore store, String name, String base, FolderFiles files, long everyNanos) {
    this.store = store;
    this.name = name;
    this.base = base;
    this.files = files;
    this.everyNanos = everyNanos;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Rank rank() {
    return Rank.LIVE;
  }

  @Override
  public void look(long nowNanos) throws IOException {
    if (files.isGone()) {
      round.clear();
      waiting = 0;
      return;
    }
    List<FolderFiles.Found> found = files.list();
    Set<String> gone = new TreeSet<>(replaced.keySet());
    found.forEach(file -> gone.remove(file.name()));
    waiting = found.stream().mapToLong(this::missing).sum();
    boolean news = !gone.isEmpty() || found.stream().anyMatch(this::isNew);
    boolean due = !begun || waiting >= FULL_BYTES || nowNanos - lastNanos >= everyNanos;
    if (round.isEmpty() && news && due) {
      begun = true;
      lastNanos = nowNanos;
      gone.forEach(file -> round.add(new Part.Gone(file)));
      found.stream().filter(this::isNew).forEach(this::plan);
    }
  }

  private boolean isNew(FolderFiles.Found file) {
    return isSliced(file)
        ? file.length() > shipped(file)
        : !file.equals(replaced.get(file.name())); // One of no bytes (a hold) says something too.
  }

  private long missing(FolderFiles.Found file) {
    if (!isNew(file)) {
      return 0;
    }
    return isSliced(file) ? file.length() - shipped(file) : file.length();
  }

  /** What is not known to grow is small; whatever is not is brought in slices all the same. */
  private static boolean isSliced(FolderFiles.Found file) {
    return FolderFiles.isAppended(file.name()) || file.length() > MOST_BYTES;
  }

  private void plan(FolderFiles.Found file) {
    if (!isSliced(file)) {
      round.add(new Part.Whole(file.name()));
      return;
    }
    for (long from = shipped(file); from < file.length(); from += MOST_BYTES) {
      round.add(
          new Part.Slice(file.name(), from, (int) Math.min(MOST_BYTES, file.length() - from)));
    }
  }

  private long shipped(FolderFiles.Found file) {
    return shipped.getOrDefault(file.name(), 0L);
  }

  @Override
  public boolean isReady(long nowNanos) {
    return !round.isEmpty();
  }

  @Override
  public boolean step(long nowNanos) throws IOException {
    try {
      switch (round.getFirst()) {
        case Part.Slice slice -> put(slice);
        case Part.Whole whole -> put(whole);
        case Part.Gone gone -> {
          store.delete(List.of(key(base, gone.file(), 0)));
          replaced.remove(gone.file());
        }
      }
    } catch (NoSuchFileException e) {
      // It went meanwhile: the next look sees to that.
    }
    round.removeFirst();
    return false;
  }

  private void put(Part.Slice slice) throws IOException {
    ByteBuffer bytes = FolderFiles.read(files.path(slice.file()), slice.from(), slice.length());
    if (bytes.remaining() == slice.length()) {
      store.put(key(base, slice.file(), slice.from()), bytes);
      shipped.put(slice.file(), slice.from() + slice.length());
      waiting = Math.max(0, waiting - slice.length());
    }
  }

  /** As it is now; what is replaced while it is read waits for the next round. */
  private void put(Part.Whole whole) throws IOException {
    FolderFiles.Found now = files.found(files.path(whole.file()));
    if (isSliced(now)) {
      return;
    }
    ByteBuffer bytes = FolderFiles.read(files.path(whole.file()), 0, (int) now.length());
    if (bytes.remaining() == now.length() && now.equals(files.found(files.path(whole.file())))) {
      store.put(key(base, whole.file(), 0), bytes);
      replaced.put(whole.file(), now);
      waiting = Math.max(0, waiting - now.length());
    }
  }

  @Override
  public long waitingBytes() {
    return waiting;
  }

  static String key(String base, String file, long from) {
    return base + LIVE + file + "/" + String.format(Locale.ROOT, "%016d", from);
  }
}
