package dev.amphi.packager.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is finished: each file as an object, then the manifest, then away with what is in
 * the store and not in that: slices of when it grew, files that went, uploads that were given up.
 * Stopped anywhere it does the rest next time, and nothing twice.
 */
final class FolderShipment implements Errand {
  static final String MANIFEST = "manifest";

  /** What others add to it behind our back (who consented) is seen then. */
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private enum Stage {
    LOOK,
    ASK,
    FILES,
    MANIFEST,
    UPLOADS,
    REST,
    SETTLE
  }

  private final ObjectStore store;
  private final String name;
  private final String base;
  private final FolderFiles files;
  private final boolean drop;
  private final Runnable stored;
  private final ArrayDeque<FolderFiles.Found> missing = new ArrayDeque<>();
  private Stage stage = Stage.LOOK;
  private Manifest manifest = Manifest.EMPTY;
  private @Nullable FileUpload upload;
  private String after = "";
  private long settledNanos;
  private boolean settled;

  /**
   * @param drop whether media goes from this disk once it is in the store
   * @param stored hears, each time, that all of it is in the store
   */
  FolderShipment(
      ObjectStore store,
      String name,
      String base,
      FolderFiles files,
      boolean drop,
      Runnable stored) {
    this.store = store;
    this.name = name;
    this.base = base;
    this.files = files;
    this.drop = drop;
    this.stored = stored;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Rank rank() {
    return Rank.FOLDER;
  }

  /** What is stored already is known without the store. */
  @Override
  public void look(long nowNanos) throws IOException {
    boolean due = stage == Stage.SETTLE && nowNanos - settledNanos >= 0;
    if ((stage == Stage.LOOK || due) && !files.isGone()) {
      compare(nowNanos);
    }
  }

  @Override
  public boolean isReady(long nowNanos) {
    return settled || files.isGone() || (stage != Stage.LOOK && stage != Stage.SETTLE);
  }

  @Override
  public long waitingBytes() {
    FileUpload now = upload;
    return missing.stream().mapToLong(FolderFiles.Found::length).sum()
        + (now == null ? 0 : now.waitingBytes());
  }

  @Override
  public boolean step(long nowNanos) throws IOException {
    if (files.isGone() || settled) {
      return true;
    }
    switch (stage) {
      case LOOK, SETTLE -> {} // It looks first.
      case ASK -> ask();
      case FILES -> file();
      case MANIFEST -> putManifest();
      case UPLOADS -> abortUploads();
      case REST -> deleteRest(nowNanos);
    }
    return false;
  }

  /** What the store does not have yet, as far as this disk knows. */
  private void compare(long nowNanos) throws IOException {
    boolean again = stage == Stage.SETTLE;
    Optional<Manifest> begun = files.storing();
    manifest = files.known();
    missing.clear();
    List<FolderFiles.Found> here = files.list();
    here.stream().filter(file -> !isStored(file)).forEach(missing::add);
    Set<String> names =
        here.stream().map(FolderFiles.Found::name).collect(Collectors.toCollection(TreeSet::new));
    List<String> gone = new ArrayList<>();
    for (Manifest.Entry entry : manifest.entries().values()) {
      if (!entry.away() && !names.contains(entry.name())) {
        gone.add(entry.name());
      }
    }
    manifest = manifest.without(gone);
    if (begun.isEmpty() && missing.isEmpty() && gone.isEmpty() && !manifest.entries().isEmpty()) {
      settled = again;
      finish(nowNanos);
    } else {
      settled = false;
      stage = begun.isEmpty() && manifest.entries().isEmpty() ? Stage.ASK : Stage.FILES;
    }
  }

  /**
   * Of a folder that says nothing of what was brought before, the store may: its media may be there
   * alone, as where the list was lost with a disk.
   */
  private void ask() throws IOException {
    Manifest there = FolderRestore.manifest(store, base).orElse(Manifest.EMPTY);
    for (Manifest.Entry entry : there.entries().values()) {
      if (FolderFiles.isKeptElsewhere(entry.name()) && !Files.exists(files.path(entry.name()))) {
        manifest = manifest.with(entry.away(true));
      }
    }
    files.storing(manifest);
    stage = Stage.FILES;
  }

  private boolean isStored(FolderFiles.Found file) {
    return manifest
        .entry(file.name())
        .filter(known -> known.length() == file.length())
        .filter(known -> known.modifiedMillis() == file.modifiedMillis())
        .isPresent();
  }

  private void file() throws IOException {
    FileUpload going = upload;
    if (going == null) {
      FolderFiles.Found next = missing.poll();
      if (next == null) {
        stage = Stage.MANIFEST;
        return;
      }
      going = new FileUpload(store, base + next.name(), files.path(next.name()), next);
      upload = going;
    }
    try {
      if (going.step()) {
        manifest = manifest.with(going.entry());
        files.storing(manifest);
        upload = null;
      }
    } catch (FileUpload.ChangedMeanwhile e) {
      upload = null;
      stage = Stage.LOOK;
    }
  }

  private void putManifest() throws IOException {
    store.put(base + MANIFEST, StandardCharsets.UTF_8.encode(manifest.write()));
    files.stored(manifest);
    stage = Stage.UPLOADS;
  }

  private void abortUploads() throws IOException {
    for (ObjectStore.Upload one : store.unfinished(base)) {
      store.abort(one);
    }
    after = "";
    stage = Stage.REST;
  }

  private void deleteRest(long nowNanos) throws IOException {
    List<ObjectStore.Listed> page = store.list(base, after);
    List<String> rest =
        page.stream()
            .map(ObjectStore.Listed::key)
            .filter(key -> !isKept(key.substring(base.length())))
            .toList();
    if (!rest.isEmpty()) {
      store.delete(rest);
    }
    if (page.isEmpty()) {
      finish(nowNanos);
    } else {
      after = page.getLast().key();
    }
  }

  private boolean isKept(String file) {
    return file.equals(MANIFEST) || manifest.entry(file).isPresent();
  }

  private void finish(long nowNanos) throws IOException {
    if (drop) {
      dropMedia();
    }
    stage = Stage.SETTLE;
    settledNanos = nowNanos + SETTLE_NANOS;
    stored.run();
  }

  private void dropMedia() throws IOException {
    for (FolderFiles.Found file : files.list()) {
      if (FolderFiles.isKeptElsewhere(file.name()) && isStored(file)) {
        Manifest.Entry entry = manifest.entry(file.name()).orElseThrow();
        manifest = manifest.with(entry.away(true));
        // The disk has first to know where it is from now on.
        files.stored(manifest);
        Files.deleteIfExists(files.path(file.name()));
      }
    }
  }
}
