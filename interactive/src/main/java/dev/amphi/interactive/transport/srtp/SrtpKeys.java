package dev.amphi.interactive.transport.srtp;

import java.util.Arrays;

/**
 * The master keys and salts of both directions, as the DTLS exporter gives them (RFC 5764 §4.2).
 * Not a record, so that no log prints a key.
 */
public final class SrtpKeys {
  private final SrtpProfile profile;
  private final byte[] sendKey;
  private final byte[] sendSalt;
  private final byte[] receiveKey;
  private final byte[] receiveSalt;

  private SrtpKeys(
      SrtpProfile profile, byte[] sendKey, byte[] sendSalt, byte[] receiveKey, byte[] receiveSalt) {
    this.profile = profile;
    this.sendKey = sendKey;
    this.sendSalt = sendSalt;
    this.receiveKey = receiveKey;
    this.receiveSalt = receiveSalt;
  }

  /** Bytes to ask the exporter for. */
  public static int exportedBytes(SrtpProfile profile) {
    return 2 * (profile.keyBytes() + profile.saltBytes());
  }

  /**
   * Splits what the exporter gave: client key, server key, client salt, server salt.
   *
   * @param client whether this side is the DTLS client
   */
  public static SrtpKeys split(SrtpProfile profile, byte[] exported, boolean client) {
    int key = profile.keyBytes();
    int salt = profile.saltBytes();
    byte[] clientKey = Arrays.copyOfRange(exported, 0, key);
    byte[] serverKey = Arrays.copyOfRange(exported, key, 2 * key);
    byte[] clientSalt = Arrays.copyOfRange(exported, 2 * key, 2 * key + salt);
    byte[] serverSalt = Arrays.copyOfRange(exported, 2 * key + salt, 2 * (key + salt));
    return client
        ? new SrtpKeys(profile, clientKey, clientSalt, serverKey, serverSalt)
        : new SrtpKeys(profile, serverKey, serverSalt, clientKey, clientSalt);
  }

  /** The agreed profile. */
  public SrtpProfile profile() {
    return profile;
  }

  byte[] sendKey() {
    return sendKey;
  }

  byte[] sendSalt() {
    return sendSalt;
  }

  byte[] receiveKey() {
    return receiveKey;
  }

  byte[] receiveSalt() {
    return receiveSalt;
  }
}
