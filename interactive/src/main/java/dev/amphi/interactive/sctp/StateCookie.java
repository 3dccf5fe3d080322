package dev.amphi.interactive.sctp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Both sides of an association to be, sealed for the far side to keep (RFC 9260 §5.1.3): whoever
 * answers an INIT remembers nothing of it.
 *
 * @param local what this side said of itself
 * @param remote what the far side said of itself
 * @param createdNanos monotonic time
 */
record StateCookie(InitChunk local, InitChunk remote, long createdNanos) {
  /** RFC 9260 §16: Valid.Cookie.Life. */
  static final long LIFE_NANOS = 60_000_000_000L;

  private static final int SIDE_BYTES = 24;
  private static final int BODY_BYTES = 2 * SIDE_BYTES + 8;
  private static final int SEAL_BYTES = 32;
  private static final String SEAL = "HmacSHA256";

  byte[] seal(byte[] key) {
    ByteBuffer out = ByteBuffer.allocate(BODY_BYTES + SEAL_BYTES);
    write(local, out);
    write(remote, out);
    out.putLong(createdNanos);
    out.put(mac(key, out.array()));
    return out.array();
  }

  /** Opens a cookie that this key sealed; null for any other. */
  static @Nullable StateCookie open(byte[] key, byte[] in, int at, int length) {
    if (length != BODY_BYTES + SEAL_BYTES) {
      return null;
    }
    byte[] cookie = Arrays.copyOfRange(in, at, at + length);
    if (!MessageDigest.isEqual(
        mac(key, cookie), Arrays.copyOfRange(cookie, BODY_BYTES, cookie.length))) {
      return null;
    }
    ByteBuffer body = ByteBuffer.wrap(cookie);
    return new StateCookie(read(body), read(body), body.getLong());
  }

  boolean stale(long nowNanos) {
    return nowNanos - createdNanos > LIFE_NANOS;
  }

  private static void write(InitChunk side, ByteBuffer out) {
    out.putInt((int) side.tag());
    out.putInt((int) side.windowBytes());
    out.putShort((short) side.outgoingStreams());
    out.putShort((short) side.incomingStreams());
    out.putInt((int) side.initialTsn());
    out.putInt(side.forwardTsn() ? 1 : 0);
    out.putInt(side.reconfiguration() ? 1 : 0);
  }

  private static InitChunk read(ByteBuffer in) {
    return new InitChunk(
        in.getInt() & 0xFFFFFFFFL,
        in.getInt() & 0xFFFFFFFFL,
        in.getShort() & 0xFFFF,
        in.getShort() & 0xFFFF,
        in.getInt() & 0xFFFFFFFFL,
        in.getInt() != 0,
        in.getInt() != 0);
  }

  private static byte[] mac(byte[] key, byte[] cookie) {
    try {
      Mac mac = Mac.getInstance(SEAL);
      mac.init(new SecretKeySpec(key, SEAL));
      mac.update(cookie, 0, BODY_BYTES);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + SEAL, e);
    }
  }
}
