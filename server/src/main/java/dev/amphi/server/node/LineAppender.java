package dev.amphi.server.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends to files of lines that one process writes, so that no line ever joins another. */
final class LineAppender {
  private LineAppender() {}

  /**
   * Appends whole lines, on disk when it returns. What a full disk took of them is cut off again;
   * behind a line that a crash cut off they begin on a fresh one.
   */
  static void append(Path file, String lines) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = out.size();
      try {
        write(out, end, (torn(out, end) ? "\n" : "") + lines);
        out.force(false);
      } catch (IOException e) {
        cut(out, end, e);
        throw e;
      }
    }
  }

  private static boolean torn(FileChannel file, long end) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return end > 0 && file.read(last, end - 1) == 1 && last.get(0) != '\n';
  }

  private static void write(FileChannel out, long from, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    long at = from;
    while (bytes.hasRemaining()) {
      at += out.write(bytes, at);
    }
  }

  private static void cut(FileChannel out, long end, IOException why) {
    try {
      out.truncate(end);
    } catch (IOException e) {
      why.addSuppressed(e); // The next lines begin on a fresh one.
    }
  }
}
