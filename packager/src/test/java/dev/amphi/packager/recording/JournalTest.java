package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.amphi.packager.Synthetic;
import dev.amphi.packager.crypt.LinkHash;
import dev.amphi.packager.mp4.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JournalTest {
  private static final Instant AT = Instant.parse("2026-11-02T09:00:00.123Z");
  private static final List<JournalEntry> ENTRIES =
      List.of(
          new JournalEntry.Opened("20261102-090000-1", "Räume & \"mehr\"\n", 7, AT),
          new JournalEntry.Format("720p", 0, Synthetic.PICTURE, AT),
          new JournalEntry.Format("audio", 0, Synthetic.SOUND, AT),
          new JournalEntry.Chunk("720p", 0, 0, 123, Bytes.fromHex("89abcdef".repeat(8)), 0, 24_000),
          new JournalEntry.Chunk("audio", 0, 1L << 40, 9, Bytes.fromHex("00000001"), -5, 12_288),
          new JournalEntry.Finished(),
          new JournalEntry.Movie(123_456_789_012L, Bytes.fromHex("ab".repeat(32)), 2),
          new JournalEntry.Ready(1600),
          new JournalEntry.Failed("The disk is full.\nReally: 100 %."));

  /** As the version before links wrote it. */
  private static final String OLDER =
      """
      e1e5bd0b opened _20261102-090000-1 _demo 1 2026-11-02T09:00:00Z
      """;

  @Test
  void entriesAreReadAsTheyWereWritten() {
    byte[] file = write(ENTRIES);
    Journal read = read(file);
    assertThat(read.entries()).isEqualTo(ENTRIES);
    assertThat(read.validBytes()).isEqualTo(file.length);
    assertThat(read.brokenLine()).isZero();
    assertThat(read.linked()).isTrue();
  }

  @Test
  void aWordThatIsMissingIsNoEntry() {
    for (JournalEntry entry : ENTRIES) {
      String[] words = JournalWords.write(entry).split(" ", -1);
      for (int i = 1; i < words.length; i++) {
        String[] broken = words.clone();
        broken[i] = "";
        String line = String.join(" ", broken);
        assertThatCode(() -> JournalWords.read(line)).doesNotThrowAnyException();
        assertThat(JournalWords.read(String.join(" ", Arrays.copyOf(words, i)))).isEmpty();
      }
    }
  }

  @Test
  void everyPrefixGivesItsWholeEntriesAndNoOther() {
    byte[] file = write(ENTRIES);
    List<Integer> ends = new ArrayList<>();
    for (int length = 0; length <= file.length; length++) {
      if (length > 0 && file[length - 1] == '\n') {
        ends.add(length);
      }
      Journal read = read(Arrays.copyOf(file, length));
      assertThat(read.entries()).isEqualTo(ENTRIES.subList(0, ends.size()));
      assertThat(read.validBytes()).isEqualTo(ends.isEmpty() ? 0 : ends.getLast());
      assertThat(read.brokenLine()).as("a torn end is no damage").isZero();
    }
  }

  @Test
  void aFlippedBitCostsThreeLinesAtMostAndIsTold() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] file = write(ENTRIES);
    for (int round = 0; round < 1000; round++) {
      byte[] broken = file.clone();
      int at = random.nextInt(file.length);
      broken[at] ^= (byte) (1 << random.nextInt(8));
      Journal read = read(broken);
      assertThat(ENTRIES).as("seed %d, byte %d", seed, at).containsSubsequence(read.entries());
      assertThat(read.entries()).hasSizeBetween(ENTRIES.size() - 3, ENTRIES.size() - 1);
      int line = 1 + (int) new String(file, 0, at, StandardCharsets.ISO_8859_1).lines().count();
      boolean atTheEnd = line > ENTRIES.size() - 3;
      if (read.brokenLine() == 0) {
        assertThat(atTheEnd).as("seed %d, byte %d, line %d", seed, at, line).isTrue();
      }
    }
  }

  @Test
  void aLineThatIsTakenOutIsMissed() {
    for (int gone = 0; gone < ENTRIES.size() - 2; gone++) {
      List<String> lines = lines();
      lines.remove(gone);
      Journal read = read(lines);
      assertThat(read.brokenLine()).isEqualTo(gone + 1);
      assertThat(read.entries()).isEqualTo(without(gone, gone + 1));
    }
  }

  @Test
  void linesThatChangedPlacesAreSeen() {
    List<String> lines = lines();
    Collections.swap(lines, 2, 3);
    assertThat(read(lines).brokenLine()).isEqualTo(3);
  }

  @Test
  void aLineOfAnotherJournalIsSeen() {
    List<String> lines = lines();
    JournalChain other = new JournalChain(LinkHash.sha256());
    other.append(new JournalEntry.Opened("20261102-090000-1", "other", 7, AT));
    lines.set(4, other.append(ENTRIES.get(4)).strip());
    assertThat(read(lines).brokenLine()).isEqualTo(5);
  }

  @Test
  void whoHasNotTheKeyCanMakeNoLine() {
    LinkHash keyed =
        LinkHash.keyed("a key of 32 bytes, more or less.".getBytes(StandardCharsets.UTF_8));
    JournalChain chain = new JournalChain(keyed);
    String first = chain.append(ENTRIES.getFirst());
    byte[] honest = (first + chain.append(ENTRIES.get(1))).getBytes(StandardCharsets.UTF_8);
    assertThat(Journal.read(honest, keyed).entries()).hasSize(2);
    JournalChain forger = new JournalChain(LinkHash.sha256(), first.substring(0, 64));
    byte[] forged = (first + forger.append(ENTRIES.get(3))).getBytes(StandardCharsets.UTF_8);
    assertThat(Journal.read(forged, keyed).entries()).hasSize(1);
    byte[] older = (first + OLDER).getBytes(StandardCharsets.UTF_8);
    assertThat(Journal.read(older, keyed).entries()).hasSize(1);
  }

  @Test
  void journalsOfEarlierVersionsAreReadAndGoOnLinked() {
    Journal before = read(OLDER.getBytes(StandardCharsets.UTF_8));
    assertThat(before.opened()).isPresent();
    assertThat(before.linked()).isFalse();
    String more =
        new JournalChain(LinkHash.sha256(), before.link()).append(new JournalEntry.Finished());
    Journal after = read((OLDER + more).getBytes(StandardCharsets.UTF_8));
    assertThat(after.entries()).hasSize(2);
    assertThat(after.brokenLine()).isZero();
    assertThat(read((OLDER + more + OLDER).getBytes(StandardCharsets.UTF_8)).entries()).hasSize(3);
    assertThat(read((lines().getFirst() + "\n" + OLDER).getBytes(StandardCharsets.UTF_8)).entries())
        .as("no line without a link follows a linked one")
        .hasSize(1);
  }

  private static List<JournalEntry> without(int first, int second) {
    List<JournalEntry> left = new ArrayList<>(ENTRIES);
    left.remove(second);
    left.remove(first);
    return left;
  }

  private static List<String> lines() {
    return new ArrayList<>(new String(write(ENTRIES), StandardCharsets.UTF_8).lines().toList());
  }

  private static Journal read(List<String> lines) {
    return read((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static Journal read(byte[] file) {
    return Journal.read(file, LinkHash.sha256());
  }

  private static byte[] write(List<JournalEntry> entries) {
    JournalChain chain = new JournalChain(LinkHash.sha256());
    StringBuilder lines = new StringBuilder();
    entries.forEach(entry -> lines.append(chain.append(entry)));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }
}
