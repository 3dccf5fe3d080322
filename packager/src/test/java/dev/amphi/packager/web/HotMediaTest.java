package dev.amphi.packager.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.store.MemorySegmentStore;
import dev.amphi.packager.store.SegmentStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HotMediaTest {
  private static final int GRAIN = 64 << 10;

  private final HotMedia hot = new HotMedia(3L * GRAIN);
  private final MemorySegmentStore store = new MemorySegmentStore();

  private static SegmentStore.Media media(int fill, int... lengths) {
    return new SegmentStore.Media(
        java.util.Arrays.stream(lengths)
            .mapToObj(
                length -> {
                  byte[] bytes = new byte[length];
                  java.util.Arrays.fill(bytes, (byte) fill);
                  return Bytes.wrap(bytes);
                })
            .toList());
  }

  private LentMedia<ByteBuffer>.Loan copy(String name, int fill, int... lengths) {
    return Objects.requireNonNull(hot.copy(store, name, media(fill, lengths)));
  }

  @Test
  void lendsTheSameCopyOutsideTheHeap() {
    LentMedia<ByteBuffer>.Loan loan = copy("1.m4s", 7, 1_000, 2_000);
    ByteBuffer bytes = HotMedia.bytes(loan);
    assertThat(bytes.isDirect()).isTrue();
    assertThat(bytes.isReadOnly()).isTrue();
    assertThat(bytes.remaining()).isEqualTo(3_000);
    assertThat(bytes.get(2_999)).isEqualTo((byte) 7);
    assertThat(hot.borrow(store, "1.m4s")).isSameAs(loan);
    assertThat(hot.borrow(new MemorySegmentStore(), "1.m4s")).as("of another class").isNull();
  }

  @Test
  void takesTheMemoryOfWhatWasAskedForTheLongestAgo() {
    List.of("1", "2", "3").forEach(name -> copy(name, 1, GRAIN).giveBack());
    Objects.requireNonNull(hot.borrow(store, "1")).giveBack();
    ByteBuffer four = HotMedia.bytes(copy("4", 4, GRAIN));
    assertThat(hot.borrow(store, "2")).isNull();
    assertThat(hot.borrow(store, "1")).isNotNull();
    assertThat(four.get(0)).isEqualTo((byte) 4);
  }

  @Test
  void whatIsBeingSentStaysAsItIs() {
    List<LentMedia<ByteBuffer>.Loan> sending =
        List.of(copy("1", 1, GRAIN), copy("2", 2, GRAIN), copy("3", 3, GRAIN));
    assertThat(hot.copy(store, "4", media(4, GRAIN))).as("from the heap, then").isNull();
    for (int i = 0; i < sending.size(); i++) {
      assertThat(HotMedia.bytes(sending.get(i)).get(GRAIN - 1)).isEqualTo((byte) (i + 1));
    }
    sending.get(1).giveBack();
    assertThat(HotMedia.bytes(copy("4", 4, 10)).remaining()).isEqualTo(10);
    assertThat(hot.borrow(store, "2")).isNull();
    assertThat(hot.borrow(store, "3")).isNotNull();
  }

  @Test
  void anotherSizeFindsRoomToo() {
    copy("1", 1, GRAIN).giveBack();
    copy("2", 2, GRAIN).giveBack();
    copy("3", 3, GRAIN).giveBack();
    assertThat(HotMedia.bytes(copy("large", 9, 2 * GRAIN)).get(2 * GRAIN - 1)).isEqualTo((byte) 9);
    assertThat(hot.copy(store, "larger", media(9, 3 * GRAIN))).isNull();
  }
}
