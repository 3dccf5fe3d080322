package dev.amphi.packager.crypt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What links the lines of a journal: 64 hexadecimal digits of a line and the link before it. */
public final class LinkHash {
  private static final String HMAC = "HmacSHA256";

  private final @Nullable SecretKeySpec key;

  private LinkHash(@Nullable SecretKeySpec key) {
    this.key = key;
  }

  /** SHA-256: whoever has kept a link can prove what led to it. */
  public static LinkHash sha256() {
    return new LinkHash(null);
  }

  /** HMAC-SHA-256: who has not the key cannot make a link either. */
  public static LinkHash keyed(byte[] key) {
    return new LinkHash(new SecretKeySpec(key, HMAC));
  }

  /** Whether a key is needed to make a link. */
  public boolean isKeyed() {
    return key != null;
  }

  /** The link of a line. */
  public String of(String before, String words) {
    byte[] bytes = (before + " " + words).getBytes(StandardCharsets.UTF_8);
    try {
      if (key == null) {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      }
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // Every JDK has them.
    }
  }
}
