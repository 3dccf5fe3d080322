package dev.amphi.interactive.transport.ice;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * A user fragment and its password (RFC 8445 §5.3).
 *
 * @param ufrag ours always has {@link #UFRAG_CHARS} characters, so that it fits a {@code long}
 */
public record IceCredentials(String ufrag, String password) {
  /** 48 bits, where the RFC wants 24 at least. */
  static final int UFRAG_CHARS = 8;

  /** 144 bits, where the RFC wants 128 at least. */
  private static final int PASSWORD_CHARS = 24;

  private static final String ICE_CHARS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  /** New ones. */
  public static IceCredentials random(RandomGenerator random) {
    return new IceCredentials(chars(random, UFRAG_CHARS), chars(random, PASSWORD_CHARS));
  }

  /** The user fragment as a number, by which a check finds its session without an object. */
  public long key() {
    byte[] bytes = ufrag.getBytes(StandardCharsets.US_ASCII);
    return bytes.length == UFRAG_CHARS ? key(bytes, 0) : 0;
  }

  /**
   * The same number for the user fragment of ours that a check names; 0 for anything that is no
   * check for us. Allocates nothing: this is what a flood gets to see.
   */
  public static long keyOf(byte[] message, int length) {
    return BindingRequest.ufragKey(message, length);
  }

  static long key(byte[] in, int at) {
    long key = 0;
    for (int i = 0; i < UFRAG_CHARS; i++) {
      key = key << 8 | (in[at + i] & 0xFF);
    }
    return key;
  }

  private static String chars(RandomGenerator random, int count) {
    StringBuilder out = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      out.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
    }
    return out.toString();
  }

  /** No log prints a password. */
  @Override
  public String toString() {
    return "IceCredentials[" + ufrag + "]";
  }
}
