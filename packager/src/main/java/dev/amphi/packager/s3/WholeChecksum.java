package dev.amphi.packager.s3;

import dev.amphi.packager.vault.PartReceipt;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What S3 says of an object that came in parts: the hash of the parts' hashes, and how many they
 * were (Amazon S3 User Guide, "Checking object integrity").
 */
final class WholeChecksum {
  private WholeChecksum() {}

  /** Whether a composite SHA-256 is that of these parts; false where one is not known. */
  static boolean isBySha256(List<PartReceipt> parts, @Nullable String told) {
    if (told == null || parts.stream().anyMatch(part -> part.sha256().isEmpty())) {
      return false;
    }
    MessageDigest hash = digest("SHA-256");
    parts.forEach(part -> hash.update(Base64.getDecoder().decode(part.sha256())));
    String own = Base64.getEncoder().encodeToString(hash.digest());
    return told.equals(own + "-" + parts.size());
  }

  /** The same by ETags, where they are MD5s. */
  static boolean isByEtag(List<PartReceipt> parts, String told) {
    if (parts.stream().anyMatch(part -> !part.etag().matches("[0-9a-f]{32}"))) {
      return false;
    }
    MessageDigest hash = digest("MD5");
    parts.forEach(part -> hash.update(HexFormat.of().parseHex(part.etag())));
    return told.equals(HexFormat.of().formatHex(hash.digest()) + "-" + parts.size());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // Every JDK has both.
    }
  }
}
