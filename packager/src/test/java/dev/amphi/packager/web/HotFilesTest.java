package dev.amphi.packager.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.store.MemorySegmentStore;
import dev.amphi.packager.store.SegmentStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotFilesTest {
  private static final int LEAST = HotFiles.LEAST_BYTES;

  private final Path folder;
  private final MemorySegmentStore store = new MemorySegmentStore();
  private final HotFiles hot;

  HotFilesTest(@TempDir Path folder) {
    this.folder = folder;
    this.hot = new HotFiles(folder, 3L * LEAST);
  }

  private static SegmentStore.Media media(int fill, int length) {
    byte[] half = new byte[length / 2];
    Arrays.fill(half, (byte) fill);
    return new SegmentStore.Media(List.of(Bytes.wrap(half), Bytes.wrap(half.clone())));
  }

  private LentMedia<FileChannel>.Loan copy(String name, int fill) {
    return Objects.requireNonNull(hot.copy(store, name, media(fill, LEAST)));
  }

  private static ByteBuffer bytes(FileChannel file) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(LEAST + 1);
    file.read(read, 0);
    return read.flip();
  }

  @Test
  void lendsTheSameFileWhichHasNoName() throws IOException {
    LentMedia<FileChannel>.Loan loan = copy("1.m4s", 7);
    assertThat(loan.length()).isEqualTo(LEAST);
    assertThat(bytes(loan.copy()).remaining()).isEqualTo(LEAST);
    assertThat(bytes(loan.copy()).get(LEAST - 1)).isEqualTo((byte) 7);
    assertThat(hot.borrow(store, "1.m4s")).isSameAs(loan);
    assertThat(hot.borrow(new MemorySegmentStore(), "1.m4s")).as("of another class").isNull();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void letsGoOfWhatWasAskedForTheLongestAgoAndNobodySends() throws IOException {
    LentMedia<FileChannel>.Loan first = copy("1", 1);
    FileChannel second = copy("2", 2).copy();
    Objects.requireNonNull(hot.borrow(store, "2")).giveBack();
    copy("3", 3);
    assertThat(hot.copy(store, "4", media(4, LEAST))).as("all are being sent").isNull();
    Objects.requireNonNull(hot.borrow(store, "2")).giveBack();
    assertThat(hot.copy(store, "4", media(4, LEAST))).as("one still sends it").isNull();
    first.giveBack();
    assertThat(bytes(copy("4", 4).copy()).get(0)).isEqualTo((byte) 4);
    assertThat(first.copy().isOpen()).isFalse();
    assertThat(bytes(second).get(0)).isEqualTo((byte) 2);
    assertThat(hot.borrow(store, "1")).isNull();
  }

  @Test
  void whatIsSmallOrFindsNoPlaceIsSentOtherwise() {
    assertThat(hot.copy(store, "small", media(1, LEAST - 2))).isNull();
    assertThat(hot.copy(store, "large", media(1, 4 * LEAST))).isNull();
    HotFiles nowhere = new HotFiles(folder.resolve("missing"), 3L * LEAST);
    assertThat(nowhere.copy(store, "1", media(1, LEAST))).isNull();
    assertThat(new HotFiles(null, 3L * LEAST).copy(store, "1", media(1, LEAST))).isNull();
  }

  @Test
  void whereTheFolderIsFullNoMoreIsTriedThanItTook() throws IOException {
    Path full = folder.resolve("full");
    Files.createDirectory(full);
    HotFiles files = new HotFiles(full, 3L * LEAST);
    Objects.requireNonNull(files.copy(store, "1", media(1, LEAST))).giveBack();
    Files.delete(full);
    assertThat(files.copy(store, "2", media(2, LEAST))).isNull();
    Files.createDirectory(full);
    assertThat(Objects.requireNonNull(files.copy(store, "2", media(2, LEAST))).length())
        .isEqualTo(LEAST);
    assertThat(files.borrow(store, "1")).as("there is room for one").isNull();
    assertThat(files.copy(store, "3", media(3, LEAST))).as("and that one is being sent").isNull();
  }
}
