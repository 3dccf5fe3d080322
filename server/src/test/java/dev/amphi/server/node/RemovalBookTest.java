package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.cluster.memory.MemoryCluster;
import dev.amphi.cluster.room.RemovalList;
import dev.amphi.interactive.api.Refusal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovalBookTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private static RemovalList nobody() {
    return new MemoryCluster(new MemoryCluster.Memory(), "n").removals();
  }

  private static RemovalList opened(Path file, Instant at) {
    RemovalList known = nobody();
    new RemovalBook(file, InstantSource.fixed(at), known).close();
    return known;
  }

  @Test
  void whoWasRemovedIsKeptOutByTheNextProcessUntilTheTokensHaveRunOut(@TempDir Path folder) {
    Path file = folder.resolve("rooms/removed.log");
    try (RemovalBook book = new RemovalBook(file, InstantSource.fixed(NOW), nobody())) {
      book.add("maths", "ben", Duration.ofDays(7)).join();
      assertThat(file).as("what is answered is on disk").content().contains("maths/ben");
      book.add("maths", "eve", Duration.ofDays(1)).join();
    }
    RemovalList later = opened(file, NOW.plus(Duration.ofDays(2)));
    assertThat(later.contains("maths", "ben")).isTrue();
    assertThat(later.contains("maths", "eve")).isFalse();
    assertThat(later.contains("physics", "ben")).isFalse();
    assertThat(file).content().contains("maths/ben").doesNotContain("eve");
    assertThat(opened(file, NOW.plus(Duration.ofDays(8))).contains("maths", "ben")).isFalse();
  }

  @Test
  void aLineThatWasCutOffCostsNoOther(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("removed.log");
    try (RemovalBook book = new RemovalBook(file, InstantSource.fixed(NOW), nobody())) {
      book.add("maths", "ben", Duration.ofDays(7)).join();
    }
    Files.writeString(file, "17958", StandardOpenOption.APPEND);
    assertThat(opened(file, NOW).contains("maths", "ben")).isTrue();
  }

  @Test
  void everyPrefixOfAFileGivesAPrefixOfItsRemovals(@TempDir Path folder) throws Exception {
    Path whole = folder.resolve("removed.log");
    List<String> ids = List.of("benjamin", "eve", "b.1-x_y");
    try (RemovalBook book = new RemovalBook(whole, InstantSource.fixed(NOW), nobody())) {
      for (String id : ids) {
        book.add("maths", id, Duration.ofDays(7)).join();
      }
    }
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.log");
    for (int length = 0; length <= bytes.length; length++) {
      Files.write(cut, Arrays.copyOf(bytes, length));
      opened(cut, NOW);
      String kept = Files.readString(cut);
      assertThat(new String(bytes, 0, length, StandardCharsets.UTF_8))
          .as("cut off after %d bytes", length)
          .startsWith(kept);
      assertThat(length - kept.length()).isLessThan("1795860000 maths/benjamin\n".length());
      assertThat(kept.isEmpty() || kept.endsWith("\n")).isTrue();
    }
  }

  @Test
  void aRemovalBehindALineThatWasCutOffIsKept(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("removed.log");
    try (RemovalBook book = new RemovalBook(file, InstantSource.fixed(NOW), nobody())) {
      book.add("maths", "ben", Duration.ofDays(7)).join();
      Files.writeString(file, "17958", StandardOpenOption.APPEND);
      book.add("maths", "eve", Duration.ofDays(7)).join();
    }
    RemovalList later = opened(file, NOW);
    assertThat(later.contains("maths", "ben")).isTrue();
    assertThat(later.contains("maths", "eve")).isTrue();
  }

  @Test
  void aRemovalThatTheDiskDoesNotTakeHoldsAndIsNotCalledKept(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("removed.log");
    RemovalList known = nobody();
    try (RemovalBook book = new RemovalBook(file, InstantSource.fixed(NOW), known)) {
      Files.createDirectory(file);
      assertThat(book.add("maths", "ben", Duration.ofDays(7)))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(503));
    }
    assertThat(known.contains("maths", "ben")).isTrue();
  }
}
