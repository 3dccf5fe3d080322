package dev.amphi.server.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret shared with an endpoint: {@code whsec_} and 24 to 64 random bytes in base64. */
public final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private WebhookSecret(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /** Reads one; empty for what is none. */
  public static Optional<WebhookSecret> of(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      return bytes.length >= SHORTEST && bytes.length <= LONGEST
          ? Optional.of(new WebhookSecret(bytes))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Signs one attempt (Standard Webhooks, "Signature scheme").
   *
   * @param id without a full stop
   * @param timestamp of the attempt, Unix seconds
   * @return {@code v1,} and HMAC-SHA-256 in base64
   */
  String sign(String id, long timestamp, byte[] payload) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(payload));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** Says nothing, so that no log shows it. */
  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
