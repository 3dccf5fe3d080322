package dev.amphi.interactive.transport.ice;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes and checks the STUN messages of connectivity checks (RFC 8489, RFC 8445 §7.1). Messages
 * begin at index 0 of their array. Every length inside is checked before it is used.
 */
public final class StunMessage {
  public static final int BINDING_REQUEST = 0x0001;
  public static final int BINDING_SUCCESS = 0x0101;
  public static final int BINDING_ERROR = 0x0111;
  public static final int HEADER_BYTES = 20;
  public static final int TRANSACTION_BYTES = 12;

  static final int USERNAME = 0x0006;
  static final int MESSAGE_INTEGRITY = 0x0008;
  static final int ERROR_CODE = 0x0009;
  static final int UNKNOWN_ATTRIBUTES = 0x000A;
  static final int XOR_MAPPED_ADDRESS = 0x0020;
  static final int PRIORITY = 0x0024;
  static final int USE_CANDIDATE = 0x0025;
  static final int FINGERPRINT = 0x8028;
  static final int ICE_CONTROLLED = 0x8029;
  static final int ICE_CONTROLLING = 0x802A;

  private static final int MAGIC_COOKIE = 0x2112A442;
  private static final int INTEGRITY_BYTES = 20;
  private static final int FINGERPRINT_BYTES = 8;
  private static final int FINGERPRINT_XOR = 0x5354554E;
  private static final int MAX_BYTES = 1_280;

  /** RFC 8445 §5.1.2.1 for the first host candidate: 126 << 24 | 65535 << 8 | 255. */
  private static final int HOST_PRIORITY = 0x7EFF_FFFF;

  private StunMessage() {}

  /** A check that also nominates: the server has one pair with us and takes it. */
  public static byte[] request(
      byte[] transaction, String username, String password, long tieBreaker, long priority) {
    ByteBuffer out = header(BINDING_REQUEST, transaction);
    attribute(out, USERNAME, username.getBytes(StandardCharsets.UTF_8));
    attribute(out, ICE_CONTROLLING, ByteBuffer.allocate(8).putLong(tieBreaker).array());
    attribute(out, PRIORITY, ByteBuffer.allocate(4).putInt((int) priority).array());
    attribute(out, USE_CANDIDATE, new byte[0]);
    return sealed(out, password);
  }

  /**
   * A check of the controlled side, which nominates nothing: it asks only whether somebody is
   * there. No longer than the check that made us ask.
   */
  static byte[] controlledRequest(
      byte[] transaction, String username, String password, long tieBreaker) {
    ByteBuffer out = header(BINDING_REQUEST, transaction);
    attribute(out, USERNAME, username.getBytes(StandardCharsets.UTF_8));
    attribute(out, ICE_CONTROLLED, ByteBuffer.allocate(8).putLong(tieBreaker).array());
    attribute(out, PRIORITY, ByteBuffer.allocate(4).putInt(HOST_PRIORITY).array());
    return sealed(out, password);
  }

  /** The answer to a check that came from {@code address} and {@code port}. */
  public static byte[] success(byte[] transaction, InetAddress address, int port, String password) {
    ByteBuffer out = header(BINDING_SUCCESS, transaction);
    byte[] raw = address.getAddress();
    ByteBuffer mask = ByteBuffer.allocate(16).putInt(MAGIC_COOKIE).put(transaction);
    ByteBuffer value = ByteBuffer.allocate(4 + raw.length);
    value.put((byte) 0).put((byte) (raw.length == 4 ? 1 : 2));
    value.putShort((short) (port ^ (MAGIC_COOKIE >>> 16)));
    for (int i = 0; i < raw.length; i++) {
      value.put((byte) (raw[i] ^ mask.get(i)));
    }
    attribute(out, XOR_MAPPED_ADDRESS, value.array());
    return sealed(out, password);
  }

  /**
   * An error response without a reason phrase, so that it is never longer than a check.
   *
   * @param unknown attribute types for 420, else empty
   */
  static byte[] error(byte[] transaction, int code, int[] unknown, String password) {
    ByteBuffer out = header(BINDING_ERROR, transaction);
    attribute(out, ERROR_CODE, new byte[] {0, 0, (byte) (code / 100), (byte) (code % 100)});
    if (unknown.length > 0) {
      ByteBuffer types = ByteBuffer.allocate(2 * unknown.length);
      for (int type : unknown) {
        types.putShort((short) type);
      }
      attribute(out, UNKNOWN_ATTRIBUTES, types.array());
    }
    return sealed(out, password);
  }

  /** The message type, or -1 when these bytes are no STUN message. */
  public static int type(byte[] in, int length) {
    if (length < HEADER_BYTES
        || (length & 3) != 0
        || int32(in, 4) != MAGIC_COOKIE
        || uint16(in, 2) != length - HEADER_BYTES) {
      return -1;
    }
    return uint16(in, 0);
  }

  /** A copy of the transaction id. */
  public static byte[] transaction(byte[] in) {
    return Arrays.copyOfRange(in, 8, HEADER_BYTES);
  }

  /**
   * Where an attribute's value begins, or -1. What follows MESSAGE-INTEGRITY does not count (RFC
   * 8489 §14.5), but for FINGERPRINT. Its length is at two bytes before the value.
   */
  static int find(byte[] in, int length, int wanted) {
    int at = HEADER_BYTES;
    boolean sealed = false;
    while (at + 4 <= length) {
      int type = uint16(in, at);
      int bytes = uint16(in, at + 2);
      if (at + 4 + bytes > length) {
        return -1;
      }
      if (type == wanted && (!sealed || type == FINGERPRINT)) {
        return at + 4;
      }
      sealed |= type == MESSAGE_INTEGRITY;
      at += 4 + ((bytes + 3) & ~3);
    }
    return -1;
  }

  /** The length of the attribute whose value {@link #find} found. */
  static int valueBytes(byte[] in, int value) {
    return uint16(in, value - 2);
  }

  /** Whether the last attribute is a FINGERPRINT and right (RFC 8489 §14.7). */
  static boolean fingerprinted(byte[] in, int length) {
    int at = length - FINGERPRINT_BYTES;
    if (at < HEADER_BYTES
        || find(in, length, FINGERPRINT) != at + 4
        || valueBytes(in, at + 4) != 4) {
      return false;
    }
    CRC32 crc = new CRC32();
    crc.update(in, 0, at);
    return int32(in, at + 4) == ((int) crc.getValue() ^ FINGERPRINT_XOR);
  }

  /** Whether the message carries a MESSAGE-INTEGRITY made with this password. */
  public static boolean authentic(byte[] in, int length, String password) {
    int value = find(in, length, MESSAGE_INTEGRITY);
    return value >= 0
        && valueBytes(in, value) == INTEGRITY_BYTES
        && MessageDigest.isEqual(
            integrity(in, value - 4, password),
            Arrays.copyOfRange(in, value, value + INTEGRITY_BYTES));
  }

  static int uint16(byte[] in, int at) {
    return (in[at] & 0xFF) << 8 | (in[at + 1] & 0xFF);
  }

  static int int32(byte[] in, int at) {
    return uint16(in, at) << 16 | uint16(in, at + 2);
  }

  static ByteBuffer header(int type, byte[] transaction) {
    return ByteBuffer.allocate(MAX_BYTES)
        .putShort((short) type)
        .putShort((short) 0)
        .putInt(MAGIC_COOKIE)
        .put(transaction);
  }

  static void attribute(ByteBuffer out, int type, byte[] value) {
    out.putShort((short) type).putShort((short) value.length).put(value);
    while (out.position() % 4 != 0) {
      out.put((byte) 0);
    }
  }

  /** Ends a message with MESSAGE-INTEGRITY and FINGERPRINT. */
  static byte[] sealed(ByteBuffer out, String password) {
    int end = out.position();
    byte[] message = new byte[end + 4 + INTEGRITY_BYTES + FINGERPRINT_BYTES];
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
