package dev.amphi.interactive.transport.caller;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes and checks the STUN messages of connectivity checks (RFC 8489, RFC 8445 §7.1). */
final class StunMessage {
  static final int BINDING_REQUEST = 0x0001;
  static final int BINDING_SUCCESS = 0x0101;
  static final int HEADER_BYTES = 20;
  static final int TRANSACTION_BYTES = 12;

  private static final int MAGIC_COOKIE = 0x2112A442;
  private static final int USERNAME = 0x0006;
  private static final int MESSAGE_INTEGRITY = 0x0008;
  private static final int XOR_MAPPED_ADDRESS = 0x0020;
  private static final int PRIORITY = 0x0024;
  private static final int USE_CANDIDATE = 0x0025;
  private static final int FINGERPRINT = 0x8028;
  private static final int ICE_CONTROLLING = 0x802A;
  private static final int INTEGRITY_BYTES = 20;
  private static final int FINGERPRINT_XOR = 0x5354554E;
  private static final int MAX_BYTES = 548;

  private StunMessage() {}

  /** A check that also nominates: the server has one pair with us and takes it. */
  static byte[] request(
      byte[] transaction, String username, String password, long tieBreaker, long priority) {
    ByteBuffer out = header(BINDING_REQUEST, transaction);
    byte[] name = username.getBytes(StandardCharsets.UTF_8);
    attribute(out, USERNAME, name);
    attribute(out, ICE_CONTROLLING, ByteBuffer.allocate(8).putLong(tieBreaker).array());
    attribute(out, PRIORITY, ByteBuffer.allocate(4).putInt((int) priority).array());
    attribute(out, USE_CANDIDATE, new byte[0]);
    return sealed(out, password);
  }

  /** The answer to a check that came from {@code address} and {@code port}. */
  static byte[] success(byte[] transaction, byte[] address, int port, String password) {
    ByteBuffer out = header(BINDING_SUCCESS, transaction);
    ByteBuffer mask = ByteBuffer.allocate(16).putInt(MAGIC_COOKIE).put(transaction);
    ByteBuffer value = ByteBuffer.allocate(4 + address.length);
    value.put((byte) 0).put((byte) (address.length == 4 ? 1 : 2));
    value.putShort((short) (port ^ (MAGIC_COOKIE >>> 16)));
    for (int i = 0; i < address.length; i++) {
      value.put((byte) (address[i] ^ mask.get(i)));
    }
    attribute(out, XOR_MAPPED_ADDRESS, value.array());
    return sealed(out, password);
  }

  /** The message type, or -1 when these bytes are no STUN message. */
  static int type(byte[] in, int length) {
    if (length < HEADER_BYTES
        || ByteBuffer.wrap(in).getInt(4) != MAGIC_COOKIE
        || ByteBuffer.wrap(in).getShort(2) != length - HEADER_BYTES) {
      return -1;
    }
    return ByteBuffer.wrap(in).getShort(0) & 0xFFFF;
  }

  static byte[] transaction(byte[] in) {
    return Arrays.copyOfRange(in, 8, HEADER_BYTES);
  }

  /** Whether the message carries a MESSAGE-INTEGRITY made with this password. */
  static boolean authentic(byte[] in, int length, String password) {
    int at = HEADER_BYTES;
    while (at + 4 <= length) {
      int type = ByteBuffer.wrap(in).getShort(at) & 0xFFFF;
      int bytes = ByteBuffer.wrap(in).getShort(at + 2) & 0xFFFF;
      if (at + 4 + bytes > length) {
        return false;
      }
      if (type == MESSAGE_INTEGRITY) {
        return bytes == INTEGRITY_BYTES
            && MessageDigest.isEqual(
                integrity(in, at, password),
                Arrays.copyOfRange(in, at + 4, at + 4 + INTEGRITY_BYTES));
      }
      at += 4 + ((bytes + 3) & ~3);
    }
    return false;
  }

  private static ByteBuffer header(int type, byte[] transaction) {
    return ByteBuffer.allocate(MAX_BYTES)
        .putShort((short) type)
        .putShort((short) 0)
        .putInt(MAGIC_COOKIE)
        .put(transaction);
  }

  private static void attribute(ByteBuffer out, int type, byte[] value) {
    out.putShort((short) type).putShort((short) value.length).put(value);
    while (out.position() % 4 != 0) {
      out.put((byte) 0);
    }
  }

  /** Ends a message with MESSAGE-INTEGRITY and FINGERPRINT. */
  private static byte[] sealed(ByteBuffer out, String password) {
    int end = out.position();
    byte[] message = new byte[end + 4 + INTEGRITY_BYTES + 8];
    out.get(0, message, 0, end);
    ByteBuffer rest = ByteBuffer.wrap(message).position(end);
    attribute(rest, MESSAGE_INTEGRITY, integrity(message, end, password));
    rest.putShort(2, (short) (message.length - HEADER_BYTES));
    CRC32 crc = new CRC32();
    crc.update(message, 0, rest.position());
    attribute(
        rest,
        FINGERPRINT,
        ByteBuffer.allocate(4).putInt((int) crc.getValue() ^ FINGERPRINT_XOR).array());
    return message;
  }

  /** RFC 8489 §14.5: over all before it, with a length as if it were the last attribute. */
  private static byte[] integrity(byte[] message, int before, String password) {
    byte[] covered = Arrays.copyOf(message, before);
    ByteBuffer.wrap(covered).putShort(2, (short) (before + 4 + INTEGRITY_BYTES - HEADER_BYTES));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return mac.doFinal(covered);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA1, but this one: " + e, e);
    }
  }
}
