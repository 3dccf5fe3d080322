package dev.amphi.packager.vault;

/**
 * Where a recording is.
 *
 * @param state {@code local, uploading} or {@code stored}
 * @param detail why it is not stored yet, for people; "" where all goes well
 */
public record Shipped(String state, String detail) {
  static final String LOCAL = "local";
  static final String UPLOADING = "uploading";
  static final String STORED = "stored";
}
