package dev.amphi.composer.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whom to call, and what will be sent.
 *
 * @param address an IP address, not a name: whoever calls has checked it
 * @param options SRT's, as FFmpeg names them; some are secrets
 * @param avcConfig the avcC box's content (ISO 14496-15)
 * @param aacConfig the AudioSpecificConfig
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SrtCall(
    String address,
    int port,
    Map<String, String> options,
    int width,
    int height,
    byte[] avcConfig,
    byte[] aacConfig) {
  private static final int MOST_OPTIONS = 16;
  private static final int LONGEST = 4_096;

  /** Leaves the options out, so that no log shows them. */
  @Override
  public String toString() {
    return "SrtCall[" + address + ":" + port + "]";
  }

  byte[] encoded() {
    ByteBuffer out = ByteBuffer.allocate(64 * 1024);
    put(out, address.getBytes(StandardCharsets.UTF_8));
    out.putInt(port).putInt(options.size());
    options.forEach(
        (name, value) -> {
          put(out, name.getBytes(StandardCharsets.UTF_8));
          put(out, value.getBytes(StandardCharsets.UTF_8));
        });
    out.putInt(width).putInt(height);
    put(out, avcConfig);
    put(out, aacConfig);
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  /** Reads what {@link #encoded} wrote. */
  static SrtCall decoded(ByteBuffer in) {
    String address = text(in);
    int port = in.getInt();
    int count = in.getInt();
    if (count > MOST_OPTIONS) {
      throw new IllegalArgumentException("There are " + count + " options");
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      options.put(text(in), text(in));
    }
    return new SrtCall(address, port, options, in.getInt(), in.getInt(), bytes(in), bytes(in));
  }

  private static void put(ByteBuffer out, byte[] bytes) {
    if (bytes.length > LONGEST) {
      throw new IllegalArgumentException("A part of a call has " + bytes.length + " bytes");
    }
    out.putShort((short) bytes.length).put(bytes);
  }

  private static byte[] bytes(ByteBuffer in) {
    byte[] bytes = new byte[Math.min(LONGEST, in.getShort() & 0xffff)];
    in.get(bytes);
    return bytes;
  }

  private static String text(ByteBuffer in) {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }
}
