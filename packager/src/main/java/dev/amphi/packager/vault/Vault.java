package dev.amphi.packager.vault;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The second home of the recordings of one node. The disk is the first one and the only buffer;
 * everything is brought by one thread, and whatever becomes of the store, no recording waits for
 * it. Thread-safe.
 */
public final class Vault implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Vault.class.getName());
  private static final long REOPEN_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long CLOSE_MILLIS = 2_000;
  private static final int ID_BYTES = 16;

  private final ObjectStore.Opening opening;
  private final VaultPolicy policy;
  private final InstantSource clock;
  private final LinkedBlockingQueue<Consumer<Work>> orders = new LinkedBlockingQueue<>();
  private final Map<String, String> states = new ConcurrentHashMap<>();
  private volatile VaultStatus status = new VaultStatus(0, 0, 0, "");
  private volatile @Nullable ObjectStore opened;
  private volatile boolean closed;
  private @Nullable Thread thread;

  /** What only the vault's thread has. */
  private record Work(ObjectStore store, Shipping shipping) {}

  public Vault(ObjectStore.Opening opening, VaultPolicy policy, InstantSource clock) {
    this.opening = opening;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * Begins: claims the prefix, and brings back what this disk does not have.
   *
   * @param root of the recordings, two folders below it each
   * @param restored hears, on the vault's thread, of each that is there again
   */
  public void start(Path root, Consumer<Path> restored) {
    // A virtual one: only there an interrupt, as of a request that takes too long, ends a write.
    Thread started =
        Thread.ofVirtual().name("recording-vault").unstarted(() -> run(root, restored));
    thread = started;
    started.start();
  }

  /** A recording begins. */
  public void live(Path folder) {
    ship(
        folder,
        (work, files) ->
            new LiveShipment(
                work.store(), name(folder), base(folder), files, policy.slice().toNanos()));
  }

  /** A recording is over, or was changed after that. */
  public void over(Path folder) {
    ship(
        folder,
        (work, files) ->
            new FolderShipment(
                work.store(),
                name(folder),
                base(folder),
                files,
                !policy.keepLocal(),
                () -> states.replace(name(folder), Shipped.STORED)));
  }

  private interface Shipment {
    Errand of(Work work, FolderFiles files);
  }

  /** In place of what was done about it; but nothing comes in the way of an erasure. */
  private void ship(Path folder, Shipment shipment) {
    FolderFiles files = new FolderFiles(folder);
    if (files.isToBeErased()) {
      return;
    }
    states.put(name(folder), Shipped.UPLOADING);
    order(
        work -> {
          // It is marked before its erasure is ordered, and until that is done.
          if (files.isToBeErased()) {
            states.remove(name(folder));
          } else {
            work.shipping().remove(name(folder));
            work.shipping().add(shipment.of(work, files));
          }
        });
  }

  /**
   * Erases what the store has of a recording, whose folder is empty but for its mark.
   *
   * @param gone hears, on the vault's thread, that nothing is left
   * @return done then; failed when the store cannot be used now, and it goes on all the same
   */
  public CompletionStage<Void> erase(Path folder, Runnable gone) {
    CompletableFuture<Void> erased = new CompletableFuture<>();
    states.remove(name(folder));
    order(
        work -> {
          work.shipping().remove(name(folder));
          work.shipping()
              .add(new RemoteErasure(work.store(), name(folder), base(folder), gone, erased));
          refuseWhileBroken(erased, work.shipping().problem());
        });
    refuseWhileBroken(erased, opened == null ? status.problem() : "");
    return erased;
  }

  private static void refuseWhileBroken(CompletableFuture<Void> erased, String problem) {
    if (!problem.isEmpty()) {
      erased.completeExceptionally(new StoreException(StoreException.Kind.AWAY, problem));
    }
  }

  /** A file went from a folder for good, wherever it was; to be followed by {@link #over}. */
  public void forget(Path folder, String file) {
    order(
        work -> {
          FolderFiles files = new FolderFiles(folder);
          if (files.isToBeErased()) {
            return;
          }
          work.shipping().remove(name(folder)); // It would note again what it knew before.
          try {
            Manifest before = files.known();
            if (before.entry(file).isPresent()) {
              files.storing(before.without(Set.of(file)));
            }
          } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the list of stored files of " + folder, e);
          }
        });
  }

  /** Where a recording is. */
  public Shipped state(Path folder) {
    String state = states.getOrDefault(name(folder), Shipped.LOCAL);
    String problem = status.problem();
    return new Shipped(
        state,
        state.equals(Shipped.STORED) || problem.isEmpty()
            ? ""
            : "It is on this node's disk only, or not all of it is stored yet: "
                + problem
                + ". It is tried again by itself.");
  }

  /** Whether a file of a folder is in the store and not on this disk. */
  public boolean isAway(Path folder, String file) throws IOException {
    return away(folder, file).isPresent();
  }

  /** How many bytes such a file has, 0 where there is none. Asks this disk only. */
  public long awayBytes(Path folder, String file) throws IOException {
    return away(folder, file).map(Manifest.Entry::length).orElse(0L);
  }

  private static Optional<Manifest.Entry> away(Path folder, String file) throws IOException {
    return new FolderFiles(folder).known().entry(file).filter(Manifest.Entry::away);
  }

  /** Reads such a file from the store. Blocks on it. */
  public SeekableByteChannel open(Path folder, String file) throws IOException {
    Manifest.Entry entry =
        away(folder, file).orElseThrow(() -> new FileNotFoundException(file + " is not there"));
    ObjectStore store = opened;
    if (store == null) {
      throw new IOException("the object store cannot be used: " + status.problem());
    }
    return new VaultChannel(store, base(folder) + file, entry.length());
  }

  /** How it goes. */
  public VaultStatus status() {
    return status;
  }

  @Override
  public void close() {
    closed = true;
    order(work -> {});
    Thread running = thread;
    if (running != null) {
      try {
        running.join(CLOSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    ObjectStore store = opened;
    if (store != null) {
      store.close();
    }
  }

  private void order(Consumer<Work> work) {
    orders.add(work);
  }

  private void run(Path root, Consumer<Path> restored) {
    try {
      Work work = open(root, restored);
      while (work != null && !closed) {
        long successes = work.shipping().successes();
        long now = System.nanoTime();
        long next = work.shipping().step(now);
        tell(work.shipping(), work.shipping().successes() > successes);
        Consumer<Work> order =
            next - now > 0 ? orders.poll(next - now, TimeUnit.NANOSECONDS) : orders.poll();
        for (; order != null; order = orders.poll()) {
          order.accept(work);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(Shipping shipping, boolean success) {
    status =
        new VaultStatus(
            shipping.waitingBytes(),
            shipping.failures(),
            success ? clock.millis() : status.lastSuccessMillis(),
            shipping.problem());
  }

  /** Until it can be opened nothing is lost: the orders wait, and the disk has the rest. */
  private @Nullable Work open(Path root, Consumer<Path> restored) throws InterruptedException {
    while (!closed) {
      try {
        ObjectStore store = opening.open();
        RandomGenerator random = new SecureRandom();
        Claim claim =
            new Claim(store, policy.prefix(), nodeId(root, random), policy.takeOver().toNanos());
        Shipping shipping = new Shipping(claim, new Backoff(random));
        Path workshop = root.resolveSibling("restoring");
        shipping.add(new Restoration(store, policy.prefix(), root, workshop, restored));
        opened = store;
        return new Work(store, shipping);
      } catch (IOException | RuntimeException e) {
        String sentence =
            e instanceof StoreException ? String.valueOf(e.getMessage()) : e.toString();
        if (!sentence.equals(status.problem())) {
          LOG.log(System.Logger.Level.ERROR, "no object store for recordings: {0}", sentence);
        }
        status = new VaultStatus(0, status.failures() + 1, 0, sentence);
        TimeUnit.NANOSECONDS.sleep(REOPEN_NANOS);
      }
    }
    return null;
  }

  /** Stays with the disk: who has another disk is another node. */
  private static String nodeId(Path root, RandomGenerator random) throws IOException {
    Path file = root.resolve("vault-id");
    if (!Files.exists(file)) {
      byte[] id = new byte[ID_BYTES];
      random.nextBytes(id);
      Files.createDirectories(root);
      Files.writeString(file, HexFormat.of().formatHex(id));
    }
    return Files.readString(file).strip();
  }

  /** As {@code room/id}. */
  private static String name(Path folder) {
    int names = folder.getNameCount();
    return folder
        .subpath(names - 2, names)
        .toString()
        .replace(folder.getFileSystem().getSeparator(), "/");
  }

  private String base(Path folder) {
    return policy.prefix() + name(folder) + "/";
  }
}
