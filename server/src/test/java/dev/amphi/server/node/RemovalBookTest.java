package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.cluster.memory.MemoryCluster;
import dev.amphi.cluster.room.Removal;
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
  private static final Duration WEEK = Duration.ofDays(7);

  private static RemovalList nobody() {
    return new MemoryCluster(new MemoryCluster.Memory(), "n").removals();
  }

  private static RemovalList opened(Path file, Instant at) {
    RemovalList known = nobody();
    new RemovalBook(file, InstantSource.fixed(at), WEEK, known).close();
    return known;
  }

  @Test
  void whoWasRemovedIsKeptOutByTheNextProcessUntilTheTokensHaveRunOut(@TempDir Path folder) {
    Path file = folder.resolve("rooms/removed.log");
    try (RemovalBook book = new RemovalBook(file, InstantSource.fixed(NOW), WEEK, nobody())) {
      book.add("maths", "ben").join();
      assertThat(file).as("what is answered is on disk").content().contains("maths/ben");
    }
    try (RemovalBook book =
        new RemovalBook(file, InstantSource.fixed(NOW), Duration.ofDays(1), nobody())) {
      book.add("maths", "eve").join();
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
    try (RemovalBook book = new RemovalBook(file, InstantSource.fixed(NOW), WEEK, nobody())) {
      book.add("maths", "ben").join();
    }
    Files.writeString(file, "17958", StandardOpenOption.APPEND);
    assertThat(opened(file, NOW).contains("maths", "ben")).isTrue();
  }

  @Test
  void everyPrefixOfAFileGivesAPrefixOfItsRemovals(@TempDir Path folder) throws Exception {
    Path whole = folder.resolve("removed.log");
    List<String> ids = List.of("benjamin", "eve", "b.1-x_y");
    try (RemovalBook book = new RemovalBook(whole, InstantSource.fixed(NOW), WEEK, nobody())) {
      for (String id : ids) {
        book.add("maths", id).join();
      }
      book.takeBack("maths", "eve").join();
    }
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.log");
    for (int length = 0; length <= bytes.length; length++) {
      Files.write(cut, Arrays.copyOf(bytes, length));
      opened(cut, NOW);
      String kept = Files.readString(cut);
      if (length < bytes.length) {
        assertThat(new String(bytes, 0, length, StandardCharsets.UTF_8))
            .as("cut off after %d bytes", length)
            .startsWith(kept);
      }
      assertThat(length - kept.length()).isLessThan("1795860000 maths/benjamin back\n".length());
      assertThat(kept.isEmpty() || kept.endsWith("\n")).isTrue();
    }
  }

  @Test
  void aRemovalBehindALineThatWasCutOffIsKept(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("removed.log");
    try (RemovalBook book = new RemovalBook(file, InstantSource.fixed(NOW), WEEK, nobody())) {
      book.add("maths", "ben").join();
      Files.writeString(file, "17958", StandardOpenOption.APPEND);
      book.add("maths", "eve").join();
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
    try (RemovalBook book = new RemovalBook(file, InstantSource.fixed(NOW), WEEK, known)) {
      Files.createDirectory(file);
      assertThat(book.add("maths", "ben"))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(503));
    }
    assertThat(known.contains("maths", "ben")).isTrue();
  }

  @Test
  void aRemovalThatIsTakenBackIsTakenBackForTheNextProcessTooAndMayBeDecidedAgain(
      @TempDir Path folder) {
    Path file = folder.resolve("removed.log");
    RemovalList known = nobody();
    try (RemovalBook book = new RemovalBook(file, InstantSource.fixed(NOW), WEEK, known)) {
      book.add("maths", "ben").join();
      book.add("maths", "eve").join();
      assertThat(book.of("maths")).extracting(Removal::participantId).containsExactly("ben", "eve");
      assertThat(book.takeBack("maths", "ben").join()).isTrue();
      assertThat(book.takeBack("maths", "ben").join()).as("again").isFalse();
      assertThat(book.takeBack("physics", "eve").join()).as("elsewhere").isFalse();
      assertThat(known.contains("maths", "ben")).isFalse();
      assertThat(book.of("maths")).extracting(Removal::participantId).containsExactly("eve");
    }
    RemovalList later = opened(file, NOW.plusSeconds(60));
    assertThat(later.contains("maths", "ben")).isFalse();
    assertThat(later.contains("maths", "eve")).isTrue();
    try (RemovalBook book = new RemovalBook(file, InstantSource.fixed(NOW), WEEK, nobody())) {
      book.add("maths", "ben").join();
    }
    assertThat(opened(file, NOW).contains("maths", "ben")).isTrue();
  }

  @Test
  void aNodeThatWasAwayLearnsWhatWasTakenBackAndKeepsIt(@TempDir Path folder) {
    MemoryCluster.Memory memory = new MemoryCluster.Memory();
    RemovalList known = new MemoryCluster(memory, "n").removals();
    Path away = folder.resolve("away.log");
    Path here = folder.resolve("here.log");
    try (RemovalBook book = new RemovalBook(here, InstantSource.fixed(NOW), WEEK, known)) {
      try (RemovalBook leaving = new RemovalBook(away, InstantSource.fixed(NOW), WEEK, known)) {
        leaving.add("maths", "ben").join();
      }
      assertThat(book.takeBack("maths", "ben").join()).isTrue();
      new RemovalBook(away, InstantSource.fixed(NOW), WEEK, known).close();
      assertThat(known.contains("maths", "ben")).as("the old removal does not return").isFalse();
    }
    assertThat(opened(away, NOW).contains("maths", "ben")).as("alone").isFalse();
    assertThat(opened(here, NOW).contains("maths", "ben")).as("alone").isFalse();
  }

  @Test
  void whatAnotherNodeDecidesIsWrittenHereToo(@TempDir Path folder) {
    RemovalList known = nobody();
    Path here = folder.resolve("here.log");
    Path there = folder.resolve("there.log");
    try (RemovalBook book = new RemovalBook(there, InstantSource.fixed(NOW), WEEK, known)) {
      new RemovalBook(here, InstantSource.fixed(NOW), WEEK, known).close();
      try (RemovalBook open = new RemovalBook(here, InstantSource.fixed(NOW), WEEK, known)) {
        book.add("maths", "ben").join();
        assertThat(open.of("maths")).hasSize(1);
      }
    }
    assertThat(opened(here, NOW).contains("maths", "ben")).isTrue();
  }

  @Test
  void whatTheDiskDoesNotTakeIsNotTakenBack(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("removed.log");
    RemovalList known = nobody();
    try (RemovalBook book = new RemovalBook(file, InstantSource.fixed(NOW), WEEK, known)) {
      book.add("maths", "ben").join();
      Files.delete(file);
      Files.createDirectory(file);
      assertThat(book.takeBack("maths", "ben"))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(Refusal.class);
    }
    assertThat(known.contains("maths", "ben")).isTrue();
  }
}
