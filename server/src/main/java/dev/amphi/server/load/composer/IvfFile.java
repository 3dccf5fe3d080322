package dev.amphi.server.load.composer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes VP8 into the simplest container there is: IVF, 32 bytes, then 12 before each frame. */
final class IvfFile {
  private IvfFile() {}

  static void write(Path file, CodedLoop loop, int width, int height, int seconds)
      throws IOException {
    long frames = loop.count(seconds);
    ByteBuffer header = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    header.put("DKIF".getBytes(StandardCharsets.US_ASCII)).putShort((short) 0).putShort((short) 32);
    header.put("VP80".getBytes(StandardCharsets.US_ASCII));
    header.putShort((short) width).putShort((short) height);
    header.putInt(loop.ticksPerSecond() / loop.frameTicks()).putInt(1).putInt((int) frames);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(header.array());
      for (long i = 0; i < frames; i++) {
        ByteBuffer frame = loop.frame(i);
        ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(frame.remaining()).putLong(i);
        out.write(head.array());
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        out.write(bytes);
      }
    }
  }
}
