package dev.amphi.composer.process;

import dev.amphi.composer.composition.Handling;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;

/**
 * A page of memory that a child shares with its node: there it notes whose media it is handling. It
 * outlives the child, and costs no system call. Per kind of work: since when (8 bytes, 0 for not at
 * all), the kernel's number of the thread that does it (8 bytes, 0 where it is not known), the
 * length of the source's id (4 bytes), the id.
 */
final class NotePage implements Handling {
  /**
   * One note: whose media.
   *
   * @param sinceNanos since when, on the machine's monotonic clock
   * @param threadId of the thread that handles them, as the kernel counts; 0 when it is not known
   */
  record Note(String sourceId, long sinceNanos, long threadId) {}

  private static final int PAGE = 4_096;
  private static final int SLOT = 1_024;
  private static final int THREAD_AT = 8;
  private static final int LENGTH_AT = 16;
  private static final int ID_AT = 20;
  private static final VarHandle SINCE =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final ThreadLocal<Long> THREAD = ThreadLocal.withInitial(KernelThreads::current);

  private final MappedByteBuffer page;
  private final Path file;

  private NotePage(MappedByteBuffer page, Path file) {
    this.page = page;
    this.file = file;
  }

  /** An empty page in a file that only this user may read; see {@link #unlink}. */
  static NotePage create() throws IOException {
    return map(Files.createTempFile("amphi-composer-", ".note"));
  }

  /** The page that somebody else made. */
  static NotePage map(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new NotePage(channel.map(FileChannel.MapMode.READ_WRITE, 0, PAGE), file);
    }
  }

  Path file() {
    return file;
  }

  /** Takes the file's name away, once both sides have the page. */
  void unlink() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.getLogger(NotePage.class.getName())
          .log(System.Logger.Level.DEBUG, "{0} stays: {1}", file, e.getMessage());
    }
  }

  private static int at(Work work) {
    return switch (work) {
      case PICTURE -> 0;
      case SOUND -> SLOT;
      case DRAWING -> 2 * SLOT;
    };
  }

  @Override
  public void begins(Work work, String sourceId) {
    byte[] id = sourceId.getBytes(StandardCharsets.UTF_8);
    int at = at(work);
    int length = Math.min(id.length, SLOT - ID_AT);
    page.putLong(at + THREAD_AT, THREAD.get());
    page.putInt(at + LENGTH_AT, length);
    page.put(at + ID_AT, id, 0, length);
    SINCE.setRelease(page, at, System.nanoTime() | 1);
  }

  @Override
  public void ends(Work work) {
    SINCE.setRelease(page, at(work), 0L);
  }

  /** What is noted now. Whatever the child wrote there, ids are bounded; they may be nobody's. */
  Map<Work, Note> notes() {
    Map<Work, Note> notes = new EnumMap<>(Work.class);
    for (Work work : Work.values()) {
      int at = at(work);
      long since = (long) SINCE.getAcquire(page, at);
      int length = page.getInt(at + LENGTH_AT);
      if (since != 0 && length > 0 && length <= SLOT - ID_AT) {
        ByteBuffer id = ByteBuffer.allocate(length);
        page.get(at + ID_AT, id.array(), 0, length);
        String sourceId = StandardCharsets.UTF_8.decode(id).toString();
        notes.put(work, new Note(sourceId, since, page.getLong(at + THREAD_AT)));
      }
    }
    return notes;
  }
}
