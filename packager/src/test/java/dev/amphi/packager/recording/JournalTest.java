package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.Synthetic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
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
          new JournalEntry.Chunk("720p", 0, 0, 123, 0x89abcdef, 0, 24_000),
          new JournalEntry.Chunk("audio", 0, 1L << 40, 9, 1, -5, 12_288),
          new JournalEntry.Finished(),
          new JournalEntry.Ready(1600),
          new JournalEntry.Failed("The disk is full.\nReally: 100 %."));

  @Test
  void entriesAreReadAsTheyWereWritten() {
    byte[] file = write(ENTRIES);
    assertThat(Journal.read(file)).isEqualTo(new Journal(ENTRIES, file.length));
  }

  @Test
  void everyPrefixGivesItsWholeEntriesAndNoOther() {
    byte[] file = write(ENTRIES);
    List<Integer> ends = new ArrayList<>();
    for (int length = 0; length <= file.length; length++) {
      if (length > 0 && file[length - 1] == '\n') {
        ends.add(length);
      }
      Journal read = Journal.read(java.util.Arrays.copyOf(file, length));
      assertThat(read.entries()).isEqualTo(ENTRIES.subList(0, ends.size()));
      assertThat(read.validBytes()).isEqualTo(ends.isEmpty() ? 0 : ends.getLast());
    }
  }

  @Test
  void aFlippedBitEndsWhatCanBeReliedOn() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] file = write(ENTRIES);
    for (int round = 0; round < 500; round++) {
      byte[] broken = file.clone();
      int at = random.nextInt(file.length);
      broken[at] ^= (byte) (1 << random.nextInt(8));
      List<JournalEntry> read = Journal.read(broken).entries();
      int before = write(read).length;
      assertThat(read).as("seed %d, byte %d", seed, at).isEqualTo(ENTRIES.subList(0, read.size()));
      assertThat(before).isLessThanOrEqualTo(at);
    }
  }

  private static byte[] write(List<JournalEntry> entries) {
    StringBuilder lines = new StringBuilder();
    entries.forEach(entry -> lines.append(JournalLine.write(entry)));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }
}
