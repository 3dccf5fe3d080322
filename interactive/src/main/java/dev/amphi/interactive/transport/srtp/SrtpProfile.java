package dev.amphi.interactive.transport.srtp;

/** An SRTP protection profile that we speak, the best first. */
public enum SrtpProfile {
  /** RFC 7714 §14.2. */
  AEAD_AES_128_GCM(0x0007, 16, 12),
  /** RFC 5764 §4.1.2. */
  AES128_CM_HMAC_SHA1_80(0x0001, 16, 14);

  private final int number;
  private final int keyBytes;
  private final int saltBytes;

  SrtpProfile(int number, int keyBytes, int saltBytes) {
    this.number = number;
    this.keyBytes = keyBytes;
    this.saltBytes = saltBytes;
  }

  /** The number in {@code use_srtp}. */
  public int number() {
    return number;
  }

  /** Bytes of a master key. */
  public int keyBytes() {
    return keyBytes;
  }

  /** Bytes of a master salt. */
  public int saltBytes() {
    return saltBytes;
  }
}
