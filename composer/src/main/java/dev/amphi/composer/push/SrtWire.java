package dev.amphi.composer.push;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What the node tells the child: the length of what follows (4 bytes), a type (1 byte), and a body.
 * The child answers one byte, when the platform takes media or when it does not.
 */
final class SrtWire {
  static final int CALL = 'C';
  static final int PICTURE = 'V';
  static final int SOUND = 'A';
  static final int END = 'E';

  static final int CONNECTED = 'L';
  static final int NOT_CONNECTED = 'F';

  private static final int LONGEST_MESSAGE = 4 * 1024 * 1024;

  /** A message without its type. */
  record Message(int type, ByteBuffer body) {}

  private SrtWire() {}

  static void write(DataOutputStream out, int type, byte[] body) throws IOException {
    out.writeInt(1 + body.length);
    out.writeByte(type);
    out.write(body);
    out.flush();
  }

  static void sample(
      DataOutputStream out, boolean video, boolean sync, long timeNanos, byte[] payload)
      throws IOException {
    out.writeInt(1 + 8 + 1 + payload.length);
    out.writeByte(video ? PICTURE : SOUND);
    out.writeLong(timeNanos);
    out.writeByte(sync ? 1 : 0);
    out.write(payload);
    out.flush();
  }

  static Message read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 1 || length > LONGEST_MESSAGE) {
      throw new IOException("A message claims a length of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new Message(bytes[0], ByteBuffer.wrap(bytes, 1, length - 1));
  }
}
