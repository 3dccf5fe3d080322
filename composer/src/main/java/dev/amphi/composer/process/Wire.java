package dev.amphi.composer.process;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How node and child talk over the child's standard streams. Each direction begins with four
 * letters and a version; then come messages: length (4 bytes, of all that follows), type (1 byte),
 * body.
 */
final class Wire {
  /** "AMPC" and version 1. */
  static final long GREETING = 0x41_4d_50_43_01L;

  static final int GREETING_BYTES = 5;

  /** No message is longer: a key frame of 1080p stays far below it. */
  static final int LONGEST_MESSAGE = 4 * 1024 * 1024;

  private static final int LONGEST_STRING = 8 * 1024;

  private Wire() {}

  static byte[] greeting() {
    byte[] bytes = new byte[GREETING_BYTES];
    for (int i = 0; i < GREETING_BYTES; i++) {
      bytes[i] = (byte) (GREETING >> (8 * (GREETING_BYTES - 1 - i)));
    }
    return bytes;
  }

  static void expectGreeting(DataInputStream in) throws IOException {
    long seen = 0;
    for (int i = 0; i < GREETING_BYTES; i++) {
      seen = (seen << 8) | in.readUnsignedByte();
    }
    if (seen != GREETING) {
      throw new BrokenWire("The other side does not speak this version of the protocol");
    }
  }

  /** Reads one message, type first; null when the stream ended between two messages. */
  static @Nullable ByteBuffer read(DataInputStream in) throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    int length = (first << 24) | (in.readUnsignedByte() << 16) | in.readUnsignedShort();
    if (length < 1 || length > LONGEST_MESSAGE) {
      throw new BrokenWire("A message claims a length of " + length + " bytes");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The stream ended inside a message");
    }
    return ByteBuffer.wrap(bytes);
  }

  static int bytesOf(String text) {
    return 2 + utf8(text).length;
  }

  static void put(ByteBuffer out, String text) {
    byte[] bytes = utf8(text);
    out.putShort((short) bytes.length).put(bytes);
  }

  private static byte[] utf8(String text) {
    String shown =
        text.length() > LONGEST_STRING / 4 ? text.substring(0, LONGEST_STRING / 4) : text;
    return shown.getBytes(StandardCharsets.UTF_8);
  }

  static String string(ByteBuffer in) throws BrokenWire {
    need(in, 2);
    int length = in.getShort() & 0xffff;
    if (length > LONGEST_STRING || length > in.remaining()) {
      throw new BrokenWire("A text claims a length of " + length + " bytes");
    }
    String text =
        new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
    in.position(in.position() + length);
    return text;
  }

  /** Refuses a body that is too short for what it should hold. */
  static void need(ByteBuffer in, int bytes) throws BrokenWire {
    if (in.remaining() < bytes) {
      throw new BrokenWire("A message ends " + (bytes - in.remaining()) + " bytes too early");
    }
  }
}
