package dev.amphi.packager.vault;

import dev.amphi.packager.mp4.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts one folder together from what the store has of it, beside, and gives it its place once it is
 * whole. With a manifest: all files but media, which is read from the store. The manifest is put
 * last, so files may be newer than it where the disk died in between: they are taken as they are,
 * and not noted as stored. Without: the slices of a folder that was growing when its disk died, as
 * far as they follow each other.
 */
final class FolderRestore {
  private static final System.Logger LOG = System.getLogger(FolderRestore.class.getName());
  private static final int STEP_BYTES = 8 << 20;
  private static final int MOST_MANIFEST_BYTES = 1 << 20;

  /** What people put on a recording that is over: it counts from the moment it is in the store. */
  private static final List<String> MARKS = List.of("label", "hold");

  private static final Pattern SLICE = Pattern.compile("(.+)/(\\d{16})");

  private sealed interface Piece {
    record Whole(String name, long length) implements Piece {}

    record Slice(String name, String key, long from, long length) implements Piece {}
  }

  private final ObjectStore store;
  private final String base;
  private final Path folder;
  private final Path beside;
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private final Map<String, Long> lengths = new HashMap<>();
  private final Set<String> newer = new HashSet<>();
  private @Nullable Manifest manifest;
  private boolean planned;
  private boolean there;

  FolderRestore(ObjectStore store, String base, Path folder, Path workshop) {
    this.store = store;
    this.base = base;
    this.folder = folder;
    this.beside = workshop.resolve(folder.getFileName());
  }

  Path folder() {
    return folder;
  }

  /** Whether there was anything to be put together. */
  boolean isThere() {
    return there;
  }

  /** One transfer; true when it is over. */
  boolean step() throws IOException {
    if (!planned) {
      empty(beside);
      Files.createDirectories(beside);
      plan();
      planned = true;
      return false;
    }
    Piece piece = pieces.peek();
    if (piece != null) {
      switch (piece) {
        case Piece.Whole whole -> whole(whole);
        case Piece.Slice slice -> slice(slice);
      }
      return false;
    }
    if (!lengths.containsKey(FolderFiles.INDEX)) {
      LOG.log(System.Logger.Level.WARNING, "there is too little of {0} in the store", base);
      empty(beside);
      return true;
    }
    publish();
    return true;
  }

  private void plan() throws IOException {
    Optional<Manifest> found = manifest(store, base);
    if (found.isEmpty()) {
      planSlices();
      return;
    }
    manifest = found.get();
    Map<String, Long> there = files();
    for (String name : found.get().entries().keySet()) {
      if (!FolderFiles.isKeptElsewhere(name)) {
        Long length = there.get(name);
        if (length == null) {
          throw new IOException(name + " is not in the store any more");
        }
        pieces.add(new Piece.Whole(name, length));
      }
    }
    for (String name : MARKS) {
      if (found.get().entry(name).isEmpty() && there.containsKey(name)) {
        pieces.add(new Piece.Whole(name, there.get(name)));
      }
    }
  }

  /** The files that the store has, and how long each is. */
  private Map<String, Long> files() throws IOException {
    Map<String, Long> files = new HashMap<>();
    List<ObjectStore.Listed> page = store.list(base, "");
    while (!page.isEmpty()) {
      page.forEach(one -> files.put(one.key().substring(base.length()), one.length()));
      page = store.list(base, page.getLast().key());
    }
    return files;
  }

  /** What a store says that it has of a folder that is finished. */
  static Optional<Manifest> manifest(ObjectStore store, String base) throws IOException {
    try {
      ByteBuffer text = store.get(base + FolderShipment.MANIFEST, 0, MOST_MANIFEST_BYTES);
      return Optional.of(Manifest.read(StandardCharsets.UTF_8.decode(text).toString()));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void planSlices() throws IOException {
    String live = base + LiveShipment.LIVE;
    List<ObjectStore.Listed> page = store.list(live, "");
    while (!page.isEmpty()) {
      for (ObjectStore.Listed slice : page) {
        Matcher name = SLICE.matcher(slice.key().substring(live.length()));
        if (name.matches() && Manifest.isName(name.group(1))) {
          long from = Long.parseLong(name.group(2));
          pieces.add(new Piece.Slice(name.group(1), slice.key(), from, slice.length()));
        }
      }
      page = store.list(live, page.getLast().key());
    }
  }

  /** A file as the store has it; gone on with where it was stopped. */
  private void whole(Piece.Whole file) throws IOException {
    long at = lengths.computeIfAbsent(file.name(), name -> 0L);
    if (at < file.length()) {
      ByteBuffer bytes =
          store.get(base + file.name(), at, (int) Math.min(STEP_BYTES, file.length() - at));
      if (!bytes.hasRemaining()) {
        throw new IOException(file.name() + " is too short in the store");
      }
      append(file.name(), at, bytes);
      return;
    }
    append(file.name(), at, ByteBuffer.allocate(0));
    if (!isAsListed(file)) {
      if (file.name().equals(FolderFiles.KEY)) {
        throw new IOException(file.name() + " in the store is not what was put there");
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} of {1} in the store is not the one that was listed last: it is taken as it is",
          file.name(),
          base);
      newer.add(file.name());
    }
    pieces.remove();
  }

  private boolean isAsListed(Piece.Whole file) throws IOException {
    Manifest.Entry entry = manifest == null ? null : manifest.entry(file.name()).orElse(null);
    return entry != null && entry.length() == file.length() && hash(entry).equals(entry.sha256());
  }

  private Bytes hash(Manifest.Entry entry) throws IOException {
    Fingerprint.Running running = new Fingerprint.Running();
    for (long at = 0; at < entry.length(); at += STEP_BYTES) {
      running.add(FolderFiles.read(beside.resolve(entry.name()), at, STEP_BYTES));
    }
    return running.done().sha256();
  }

  /** What does not follow what is there is left: what the index says of it cannot be found then. */
  private void slice(Piece.Slice slice) throws IOException {
    long end = lengths.getOrDefault(slice.name(), 0L);
    long skip = end - slice.from();
    if (skip >= 0 && skip < slice.length()) {
      int most = (int) Math.min(STEP_BYTES, slice.length() - skip);
      ByteBuffer bytes = store.get(slice.key(), skip, most);
      if (!bytes.hasRemaining()) {
        throw new IOException("a slice of " + slice.name() + " is too short in the store");
      }
      append(slice.name(), end, bytes);
      return;
    }
    if (skip == 0 && slice.length() == 0) {
      append(slice.name(), end, ByteBuffer.allocate(0));
    }
    pieces.remove();
  }

  private void append(String name, long at, ByteBuffer bytes) throws IOException {
    Path file = beside.resolve(name);
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    int count = bytes.remaining();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes, at + count - bytes.remaining());
      }
      channel.force(true);
    }
    lengths.put(name, at + count);
  }

  private void publish() throws IOException {
    Manifest found = manifest;
    if (found != null) {
      keep(found);
    }
    FolderFiles.sync(beside);
    Path room = folder.getParent();
    if (room == null) {
      throw new IOException("a recording has no room");
    }
    Files.createDirectories(room);
    Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
    FolderFiles.sync(room);
    there = true;
  }

  private void keep(Manifest found) throws IOException {
    Manifest here = Manifest.EMPTY;
    for (Manifest.Entry entry : found.without(newer).entries().values()) {
      boolean media = FolderFiles.isKeptElsewhere(entry.name());
      long modified =
          media ? 0 : Files.getLastModifiedTime(beside.resolve(entry.name())).toMillis();
      here =
          here.with(
              new Manifest.Entry(entry.name(), entry.length(), modified, entry.sha256(), media));
    }
    new FolderFiles(beside).stored(here);
  }

  private static void empty(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      for (Path path : all) {
        empty(path);
        Files.deleteIfExists(path);
      }
    }
    Files.deleteIfExists(directory);
  }
}
