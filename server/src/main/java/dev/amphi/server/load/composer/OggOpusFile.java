package dev.amphi.server.load.composer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes Opus packets into Ogg (RFC 7845), a page of its own for each packet. */
final class OggOpusFile {
  private static final int POLYNOMIAL = 0x04c11db7;
  private static final int FIRST_PAGE = 2;
  private static final int LAST_PAGE = 4;
  private static final int SERIAL = 1;

  private final OutputStream out;
  private int pages;

  private OggOpusFile(OutputStream out) {
    this.out = out;
  }

  static void write(Path file, CodedLoop loop, int seconds) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      OggOpusFile ogg = new OggOpusFile(out);
      ByteBuffer head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
      head.put("OpusHead".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 2);
      head.putShort((short) 0).putInt(48_000).putShort((short) 0).put((byte) 0);
      ogg.page(FIRST_PAGE, 0, head.flip());
      ByteBuffer tags = ByteBuffer.allocate(21).order(ByteOrder.LITTLE_ENDIAN);
      tags.put("OpusTags".getBytes(StandardCharsets.US_ASCII)).putInt(5);
      tags.put("amphi".getBytes(StandardCharsets.US_ASCII)).putInt(0);
      ogg.page(0, 0, tags.flip());
      long packets = loop.count(seconds);
      for (long i = 0; i < packets; i++) {
        int flags = i == packets - 1 ? LAST_PAGE : 0;
        ogg.page(flags, (i + 1) * loop.frameTicks(), loop.frame(i));
      }
    }
  }

  /** One page with one packet (RFC 3533 §6). */
  private void page(int flags, long position, ByteBuffer packet) throws IOException {
    int size = packet.remaining();
    int lacing = size / 255 + 1;
    ByteBuffer page = ByteBuffer.allocate(27 + lacing + size).order(ByteOrder.LITTLE_ENDIAN);
    page.put("OggS".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) flags);
    page.putLong(position).putInt(SERIAL).putInt(pages++).putInt(0).put((byte) lacing);
    for (int i = 0; i < lacing; i++) {
      page.put((byte) Math.min(255, size - 255 * i));
    }
    page.put(packet);
    page.putInt(22, crc(page.array()));
    out.write(page.array());
  }

  private static int crc(byte[] bytes) {
    int crc = 0;
    for (byte value : bytes) {
      crc ^= (value & 0xff) << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc < 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
      }
    }
    return crc;
  }
}
