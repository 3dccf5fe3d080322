package dev.amphi.interactive.web;

import dev.amphi.interactive.room.Ids;
import java.security.SecureRandom;
import java.util.Base64;

/** Ids from the system's secure random source. */
final class RandomIds implements Ids {
  private final SecureRandom random = new SecureRandom();

  @Override
  public String next(String prefix) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public long ssrc() {
    return random.nextLong(1, 0x1_0000_0000L);
  }
}
