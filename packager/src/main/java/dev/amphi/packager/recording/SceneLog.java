package dev.amphi.packager.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the picture showed when, a line each, beside the recording. Lines are gathered and put on
 * the disk together; what cannot be written is counted and lost, and the recording goes on. For one
 * thread, but for {@link #lost()} and {@link #lose()}.
 */
final class SceneLog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SceneLog.class.getName());

  private final StringBuilder gathered = new StringBuilder();
  private final AtomicLong lost = new AtomicLong();
  private int lines;
  private long end;
  private @Nullable FileChannel file;

  /** Takes a line for the next {@link #flush}. */
  void add(String line) {
    gathered.append(line).append('\n');
    lines++;
  }

  /** Puts what was gathered on the disk; what a crash tears is the last of it. Never throws. */
  void flush(RecordingFolder folder) {
    if (lines == 0) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(gathered.toString().getBytes(StandardCharsets.UTF_8));
    try {
      FileChannel open = open(folder);
      // From where the last whole line ends: a torn one is written over.
      open.truncate(end);
      open.position(end);
      RecordingFolder.writeFully(open, bytes);
      open.force(false);
      end += bytes.limit();
    } catch (IOException e) {
      if (lost.getAndAdd(lines) == 0) {
        LOG.log(
            System.Logger.Level.WARNING,
            "scenes of {0} are lost, the recording goes on: {1}",
            folder.id(),
            e.toString());
      }
    }
    gathered.setLength(0);
    lines = 0;
  }

  private FileChannel open(RecordingFolder folder) throws IOException {
    FileChannel known = file;
    if (known != null) {
      return known;
    }
    boolean there = Files.exists(folder.scenes());
    FileChannel opened =
        FileChannel.open(folder.scenes(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    file = opened;
    end = opened.size();
    if (!there) {
      RecordingFolder.sync(folder.path());
    }
    return opened;
  }

  /** A line did not come as far as here. Thread-safe. */
  void lose() {
    lost.incrementAndGet();
  }

  /** Lines that are not in the file. Thread-safe. */
  long lost() {
    return lost.get();
  }

  @Override
  public void close() {
    try {
      FileChannel open = file;
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "scenes were not closed: {0}", e.toString());
    }
    if (lost() > 0) {
      LOG.log(System.Logger.Level.WARNING, "{0} scenes were lost in all", lost());
    }
  }
}
