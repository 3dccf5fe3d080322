package dev.amphi.interactive.transport;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Set;

/**
 * The hash of a certificate as {@code a=fingerprint} gives it (RFC 8122 §5).
 *
 * @param algorithm the hash function's name in lower case, as {@code sha-256}
 * @param hex pairs of upper-case hexadecimal digits with colons between
 */
public record Fingerprint(String algorithm, String hex) {
  /** RFC 8122 §5 forbids md2 and md5, and sha-1 is broken. */
  private static final Set<String> STRONG = Set.of("sha-256", "sha-384", "sha-512");

  public Fingerprint {
    algorithm = algorithm.toLowerCase(Locale.ROOT);
    hex = hex.toUpperCase(Locale.ROOT);
  }

  /** The fingerprint of a certificate's DER encoding. */
  public static Fingerprint of(String algorithm, byte[] certificate) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(certificate);
      StringBuilder hex = new StringBuilder(digest.length * 3);
      for (byte b : digest) {
        if (!hex.isEmpty()) {
          hex.append(':');
        }
        hex.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
      }
      return new Fingerprint(algorithm, hex.toString());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("No such hash function: " + algorithm, e);
    }
  }

  /** Whether the hash is one that still proves something: sha-256 or better. */
  public boolean strong() {
    return STRONG.contains(algorithm);
  }

  /** Whether this is the hash of that certificate, by a strong hash. */
  public boolean matches(byte[] certificate) {
    return strong() && of(algorithm, certificate).hex.equals(hex);
  }
}
