package dev.amphi.packager.vault;

import dev.amphi.packager.mp4.Bytes;

/**
 * A part of an upload that the store has.
 *
 * @param number from 1 on
 * @param etag what the store calls these bytes
 * @param sha256 of them, base64, where the store knows it; otherwise ""
 */
public record PartReceipt(int number, long length, String etag, String sha256) {
  /** Whether the store says that the part is just these bytes. */
  public boolean isOf(Fingerprint bytes) {
    return length == bytes.length()
        && (sha256.isEmpty()
            ? etag.equals(hex(bytes.md5()))
            : sha256.equals(base64(bytes.sha256())));
  }

  /** The same with the checksum that it is known by: a list of parts may have left it out. */
  public PartReceipt knownAs(Fingerprint bytes) {
    return new PartReceipt(number, length, etag, base64(bytes.sha256()));
  }

  /** As S3 spells checksums. */
  public static String base64(Bytes bytes) {
    return java.util.Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /** As S3 spells the ETag of an object that came in one piece. */
  public static String hex(Bytes bytes) {
    return java.util.HexFormat.of().formatHex(bytes.toByteArray());
  }
}
