package dev.amphi.packager.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes to the store, when and in which order; in virtual time. */
final class ShippingTest {
  private static final String NAME = "demo/20261102-090000-1";
  private static final String BASE = "school/" + NAME + "/";
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final AtomicInteger stored = new AtomicInteger();
  private Path root;
  private Path folder;
  private Shipping shipping;
  private long now = -5 * SECOND;

  @BeforeEach
  void start(@TempDir Path dir) throws IOException {
    root = dir.resolve("recordings");
    folder = Files.createDirectories(root.resolve(NAME));
    shipping = node("one");
  }

  @Test
  void whateverWasBroughtWhileItGrewIsWholeAsFarAsItsIndexSays() throws Exception {
    Random random = new Random(42);
    shipping.add(live());
    Files.writeString(folder.resolve("key"), "wrapped");
    long length = 0;
    for (int n = 0; n < 150; n++) {
      byte[] chunk = new byte[random.nextInt(80_000)];
      random.nextBytes(chunk);
      append("720p.cmaf", chunk);
      append("audio.cmaf", chunk);
      length += chunk.length;
      append("journal", (length + "\n").getBytes(StandardCharsets.UTF_8));
      store.fails(n % 50 < 20 ? away() : null);
      run(SECOND / 4);
      requireWhole();
    }
    store.fails(null);
    run(120 * SECOND);
    assertThat(requireWhole()).isEqualTo(length);
    assertThat(shipping.waitingBytes()).isZero();
    assertThat(Files.readAllBytes(restored().resolve("720p.cmaf")))
        .isEqualTo(Files.readAllBytes(folder.resolve("720p.cmaf")));
    assertThat(restored().resolve("key")).hasContent("wrapped");
    assertThat(store.keys().stream().filter(key -> key.contains("/live/"))).hasSizeLessThan(120);
  }

  @Test
  void whatSpeaksOfOthersGoesAfterThemAndWhatIsOnlyTrueHereStays() throws Exception {
    for (String file :
        List.of("journal", "tracks", "track-1.clusters", "720p.cmaf", "key", "scenes.jsonl")) {
      append(file, new byte[10]);
    }
    for (String file : List.of("lock", "stored", "storing", "movie.mp4.part", "label.new", "a b")) {
      append(file, new byte[10]);
    }
    assertThat(new FolderFiles(folder).list())
        .extracting(FolderFiles.Found::name)
        .containsExactly(
            "key", "scenes.jsonl", "720p.cmaf", "track-1.clusters", "tracks", "journal");
  }

  @Test
  void anHourWithoutTheStoreIsAFewAttemptsAndNothingTwice() throws Exception {
    shipping.add(live());
    append("720p.cmaf", new byte[1000]);
    append("journal", new byte[10]);
    run(20 * SECOND);
    assertThat(shipping.problem()).isEmpty();
    long before = shipping.failures();
    store.fails(away());
    for (int minute = 0; minute < 60; minute++) {
      append("720p.cmaf", new byte[500_000]);
      run(60 * SECOND);
    }
    assertThat(shipping.failures() - before).isBetween(50L, 150L);
    assertThat(shipping.problem()).isEqualTo("it cannot be reached");
    assertThat(shipping.waitingBytes()).isEqualTo(30_000_000);
    store.fails(null);
    run(90 * SECOND);
    assertThat(shipping.problem()).isEmpty();
    assertThat(shipping.waitingBytes()).isZero();
    List<String> slices = store.calls().stream().filter(c -> c.contains("/live/")).toList();
    assertThat(new HashSet<>(slices)).hasSameSizeAs(slices);
  }

  @Test
  void aFinishedFolderIsThereWithItsListLastAndItsSlicesGone() throws Exception {
    shipping.add(live());
    append("720p.cmaf", new byte[1000]);
    append("journal", new byte[10]);
    run(SECOND);
    assertThat(store.keys()).anyMatch(key -> key.contains("/live/720p.cmaf/"));
    Files.delete(folder.resolve("720p.cmaf"));
    append("recording.mp4", new byte[20_000_000]);
    Files.writeString(folder.resolve("trimmed.mp4.part"), "not yet");
    Files.writeString(folder.resolve("lock"), "");
    over(false);
    run(SECOND);
    assertThat(store.keys())
        .containsExactly(
            "school/claim", BASE + "journal", BASE + "manifest", BASE + "recording.mp4");
    assertThat(stored).hasValue(1);
    assertThat(puts()).last().isEqualTo("put " + BASE + "manifest");
    int calls = store.calls().size();
    shipping = node("one");
    store.fails(away());
    over(false);
    run(SECOND);
    assertThat(stored).as("known without the store").hasValue(2);
    assertThat(store.calls()).hasSize(calls);
  }

  @Test
  void wherePartsAreThereAlreadyTheyAreNotSentAgain() throws Exception {
    byte[] movie = new byte[30_000_000];
    new Random(1).nextBytes(movie);
    append("recording.mp4", movie);
    append("journal", new byte[10]);
    for (int calls = 4; stored.get() == 0; calls += 2) {
      store.failsAfter(calls, away());
      shipping = node("one");
      over(false);
      run(SECOND / 10);
    }
    assertThat(store.bytes(BASE + "recording.mp4")).isEqualTo(movie);
    for (int part = 1; part <= 4; part++) {
      assertThat(store.calls()).containsOnlyOnce("part " + part + " " + BASE + "recording.mp4");
    }
    assertThat(store.unfinished("")).isEmpty();
  }

  @Test
  void whatChangesLaterIsBroughtAndWhatGoesIsDeleted() throws Exception {
    append("recording.mp4", new byte[1000]);
    append("journal", new byte[10]);
    append("trimmed.mp4", new byte[100]);
    over(false);
    run(SECOND);
    append("consents.jsonl", new byte[5]);
    run(40 * SECOND);
    assertThat(store.keys()).contains(BASE + "consents.jsonl", BASE + "trimmed.mp4");
    Files.delete(folder.resolve("trimmed.mp4"));
    append("journal", new byte[10]);
    shipping.remove(NAME);
    over(false);
    run(SECOND);
    assertThat(store.keys()).doesNotContain(BASE + "trimmed.mp4");
    assertThat(store.bytes(BASE + "journal")).hasSize(20);
    assertThat(store.calls()).containsOnlyOnce("put " + BASE + "recording.mp4");
  }

  @Test
  void mediaGoesFromTheDiskOnlyOnceTheStoreHasIt() throws Exception {
    append("recording.mp4", new byte[20_000_000]);
    append("journal", new byte[10]);
    store.failsAfter(5, away());
    over(true);
    run(SECOND / 10);
    assertThat(folder.resolve("recording.mp4")).exists();
    store.fails(null);
    run(5 * SECOND);
    assertThat(folder.resolve("recording.mp4")).doesNotExist();
    assertThat(folder.resolve("journal")).exists();
    Manifest manifest = new FolderFiles(folder).stored();
    assertThat(manifest.entry("recording.mp4").orElseThrow().away()).isTrue();
    assertThat(manifest.entry("journal").orElseThrow().away()).isFalse();
    run(40 * SECOND);
    assertThat(store.keys()).contains(BASE + "recording.mp4");
  }

  @Test
  void aFolderThatForgotWhatItBroughtLosesNothingInTheStore() throws Exception {
    append("recording.mp4", new byte[1000]);
    append("journal", new byte[10]);
    over(true);
    run(SECOND);
    assertThat(folder.resolve("recording.mp4")).doesNotExist();
    Files.delete(folder.resolve("stored"));
    shipping.remove(NAME);
    append("journal", new byte[10]);
    over(true);
    run(40 * SECOND);
    assertThat(store.bytes(BASE + "recording.mp4")).hasSize(1000);
    assertThat(store.bytes(BASE + "journal")).hasSize(20);
    assertThat(new FolderFiles(folder).stored().entry("recording.mp4").orElseThrow().away())
        .isTrue();
  }

  @Test
  void anErasureTakesTheKeyFirstAndLeavesNothing() throws Exception {
    append("recording.mp4", new byte[20_000_000]);
    append("key", new byte[10]);
    append("journal", new byte[10]);
    store.failsAfter(7, away());
    over(false);
    run(SECOND / 10);
    store.fails(null);
    assertThat(store.unfinished("")).isNotEmpty();
    shipping.remove(NAME);
    CompletableFuture<Void> erased = new CompletableFuture<>();
    AtomicInteger gone = new AtomicInteger();
    shipping.add(new RemoteErasure(store, NAME, BASE, gone::incrementAndGet, erased));
    run(5 * SECOND);
    assertThat(erased).isCompleted();
    assertThat(gone).hasValue(1);
    assertThat(store.keys()).containsExactly("school/claim");
    assertThat(store.unfinished("")).isEmpty();
    assertThat(store.calls().stream().filter(c -> c.startsWith("delete")).findFirst().orElseThrow())
        .startsWith("delete " + BASE + "key ");
  }

  @Test
  void anErasureThatTheDiskHoldsUpAnswersAndGoesOn() {
    CompletableFuture<Void> erased = new CompletableFuture<>();
    AtomicInteger tries = new AtomicInteger();
    Runnable gone =
        () -> {
          if (tries.getAndIncrement() == 0) {
            throw new IllegalStateException("the disk is away");
          }
        };
    shipping.add(new RemoteErasure(store, NAME, BASE, gone, erased));
    run(SECOND);
    assertThat(erased).isCompletedExceptionally();
    run(40 * SECOND);
    assertThat(tries).hasValue(2);
  }

  @Test
  void aPrefixBelongsToOneNodeUntilThatIsSilent() throws Exception {
    append("journal", new byte[10]);
    run(SECOND);
    Shipping other = node("two");
    other.add(
        new FolderShipment(
            store, NAME, "school/x/y/", new FolderFiles(folder), false, stored::incrementAndGet));
    for (int n = 0; n < 600; n++) {
      run(SECOND);
      runUntil(other, now);
    }
    assertThat(stored).hasValue(0);
    assertThat(other.problem()).contains("another node").contains("recording.s3.prefix");
    // The first one is gone.
    long silent = now;
    while (stored.get() == 0) {
      now += SECOND;
      runUntil(other, now);
    }
    assertThat(now - silent).isBetween(120 * SECOND, 200 * SECOND);
    assertThat(other.problem()).isEmpty();
    run(120 * SECOND);
    assertThat(shipping.problem()).contains("another node");
  }

  @Test
  void aLargeFileKeepsNoSliceWaiting() throws Exception {
    Path old = Files.createDirectories(root.resolve("demo/old"));
    Files.write(old.resolve("recording.mp4"), new byte[60_000_000]);
    Files.write(old.resolve("journal"), new byte[10]);
    shipping.add(
        new FolderShipment(
            store, "demo/old", "school/demo/old/", new FolderFiles(old), false, () -> {}));
    shipping.add(live());
    append("720p.cmaf", new byte[10]);
    append("journal", new byte[10]);
    run(SECOND / 10);
    List<String> puts = puts();
    assertThat(puts.indexOf("put " + LiveShipment.key(BASE, "journal", 0)))
        .isLessThan(puts.indexOf("put school/demo/old/manifest"))
        .isBetween(0, 4);
  }

  @Test
  void onAnEmptyDiskWhatTheStoreHasIsThereAgain() throws Exception {
    append("recording.mp4", new byte[10_000]);
    append("journal", "finished".getBytes(StandardCharsets.UTF_8));
    over(false);
    run(SECOND);
    String second = "demo/20261103-090000-1";
    Path growing = Files.createDirectories(root.resolve(second));
    Files.write(growing.resolve("720p.cmaf"), new byte[12_000_000]);
    Files.write(growing.resolve("journal"), new byte[10]);
    shipping.add(
        new LiveShipment(
            store, second, "school/" + second + "/", new FolderFiles(growing), SECOND));
    run(SECOND);
    store.put("school/demo/../journal", ByteBuffer.allocate(1));
    store.put("school/demo/rubbish/thing", ByteBuffer.allocate(1));

    Path elsewhere = root.resolveSibling("other");
    List<Path> back = new ArrayList<>();
    Shipping next = node("one");
    next.add(
        new Restoration(store, "school/", elsewhere, root.resolveSibling("restoring"), back::add));
    runUntil(next, now + SECOND);
    assertThat(back).containsExactly(elsewhere.resolve(NAME), elsewhere.resolve(second));
    assertThat(elsewhere.resolve(NAME).resolve("journal")).hasContent("finished");
    assertThat(elsewhere.resolve(NAME).resolve("recording.mp4")).doesNotExist();
    assertThat(new FolderFiles(elsewhere.resolve(NAME)).stored().entry("recording.mp4"))
        .hasValueSatisfying(entry -> assertThat(entry.away()).isTrue());
    assertThat(elsewhere.resolve(second).resolve("720p.cmaf")).hasSize(12_000_000);
    assertThat(elsewhere.resolve(second).resolve("stored")).doesNotExist();
  }

  @Test
  void whatIsReplacedWhileItGrowsIsAsItIsNowAndAMarkIsThereOrGone() throws Exception {
    shipping.add(live());
    append("key", new byte[0]);
    append("journal", new byte[10]);
    replace("label", "title=Light\npublished=true\n", 1);
    run(SECOND);
    replace("label", "title=Light\npublished=false\n", 2);
    Files.createFile(folder.resolve("hold"));
    run(11 * SECOND);
    Path back = brought(0).getFirst();
    assertThat(back.resolve("label")).hasContent("title=Light\npublished=false");
    assertThat(back.resolve("hold")).exists();
    assertThat(back.resolve("key")).exists();
    replace("label", "title=L\n", 3);
    replace("label", "title=M\n", 4);
    run(11 * SECOND);
    replace("label", "title=N\n", 5);
    Files.delete(folder.resolve("hold"));
    store.fails(away());
    run(11 * SECOND);
    store.fails(null);
    run(30 * SECOND);
    back = brought(1).getFirst();
    assertThat(back.resolve("label")).hasContent("title=N");
    assertThat(back.resolve("hold")).doesNotExist();
    assertThat(shipping.waitingBytes()).isZero();
    int calls = puts().size();
    run(60 * SECOND);
    assertThat(puts()).as("nothing changed").hasSize(calls);
  }

  @Test
  void whereverBetweenTheFilesAndTheirListTheDiskDiesTheRecordingComesBack() throws Exception {
    append("recording.mp4", new byte[1000]);
    append("journal", new byte[10]);
    append("key", new byte[10]);
    append("chapters.json", new byte[10]);
    over(true);
    run(SECOND);
    append("journal", new byte[10]);
    replace("label", "published=false", 1);
    replace("chapters.json", "[]", 1);
    Files.createFile(folder.resolve("hold"));
    int before = stored.get();
    for (int calls = 1; stored.get() == before; calls++) {
      store.failsAfter(calls, away());
      shipping = node("one");
      over(true);
      run(SECOND / 10);
      store.fails(null);
      List<Path> back = brought(calls);
      assertThat(back).as("after %s calls", calls).hasSize(1);
      for (String name : List.of("journal", "key", "chapters.json", "label", "hold")) {
        Path file = back.getFirst().resolve(name);
        if (store.keys().contains(BASE + name)) {
          assertThat(file).hasBinaryContent(store.bytes(BASE + name));
        } else {
          assertThat(file).doesNotExist();
        }
      }
      Manifest noted = new FolderFiles(back.getFirst()).stored();
      assertThat(noted.entry("recording.mp4").orElseThrow().away()).isTrue();
      for (Manifest.Entry entry : noted.entries().values()) {
        assertThat(Fingerprint.of(ByteBuffer.wrap(store.bytes(BASE + entry.name()))).sha256())
            .as(entry.name())
            .isEqualTo(entry.sha256());
      }
    }
    assertThat(brought(100).getFirst().resolve("label")).hasContent("published=false");
    store.put(BASE + "key", ByteBuffer.allocate(10).put(0, (byte) 1));
    assertThat(brought(101)).as("another key opens nothing").isEmpty();
  }

  /** What a node with an empty disk gets. */
  private List<Path> brought(int number) {
    List<Path> back = new ArrayList<>();
    Path elsewhere = root.resolveSibling("brought-" + number);
    Shipping next = node("one");
    next.add(
        new Restoration(
            store, "school/", elsewhere, root.resolveSibling("workshop-" + number), back::add));
    runUntil(next, now + SECOND);
    return back;
  }

  private void replace(String file, String text, long modifiedMillis) throws IOException {
    Files.writeString(folder.resolve(file), text);
    Files.setLastModifiedTime(folder.resolve(file), FileTime.fromMillis(modifiedMillis));
  }

  private static StoreException away() {
    return new StoreException(StoreException.Kind.AWAY, "it cannot be reached");
  }

  private Shipping node(String id) {
    Claim claim = new Claim(store, "school/", id, TimeUnit.MINUTES.toNanos(3));
    return new Shipping(claim, new Backoff(new Random(3)));
  }

  private LiveShipment live() {
    return new LiveShipment(store, NAME, BASE, new FolderFiles(folder), 10 * SECOND);
  }

  private void over(boolean drop) {
    shipping.remove(NAME);
    shipping.add(
        new FolderShipment(
            store, NAME, BASE, new FolderFiles(folder), drop, stored::incrementAndGet));
  }

  private void run(long nanos) {
    runUntil(shipping, now + nanos);
    now += nanos;
  }

  private void runUntil(Shipping which, long until) {
    long at = Math.min(now, until);
    while (at <= until) {
      at = Math.max(at, which.step(at));
    }
  }

  private void append(String file, byte[] bytes) throws IOException {
    Files.write(folder.resolve(file), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private List<String> puts() {
    return store.calls().stream()
        .filter(c -> c.startsWith("put ") && !c.contains("claim"))
        .toList();
  }

  /** Puts together what is in the store, and holds its index to its word. */
  private long requireWhole() throws IOException {
    Path there = restored();
    if (!Files.exists(there.resolve("journal"))) {
      return 0;
    }
    String index = Files.readString(there.resolve("journal"));
    String[] lines = index.substring(0, Math.max(0, index.lastIndexOf('\n'))).split("\n", -1);
    long said = lines[lines.length - 1].isEmpty() ? 0 : Long.parseLong(lines[lines.length - 1]);
    for (String media : List.of("720p.cmaf", "audio.cmaf")) {
      long there2 = said == 0 ? 0 : Files.size(there.resolve(media));
      assertThat(there2).isGreaterThanOrEqualTo(said);
    }
    return said;
  }

  /** The slices by hand, as an operator could. */
  private Path restored() throws IOException {
    Path there = Files.createDirectories(root.resolveSibling("byhand"));
    for (String file : List.of("key", "720p.cmaf", "audio.cmaf", "journal")) {
      String prefix = BASE + "live/" + file + "/";
      Files.deleteIfExists(there.resolve(file));
      for (String key : store.keys()) {
        if (key.startsWith(prefix)) {
          Files.write(
              there.resolve(file),
              store.bytes(key),
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND);
        }
      }
    }
    return there;
  }
}
