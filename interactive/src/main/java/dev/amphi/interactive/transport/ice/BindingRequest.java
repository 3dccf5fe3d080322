package dev.amphi.interactive.transport.ice;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A connectivity check that came in (RFC 8445 §7.3), read but not yet believed: {@link
 * StunMessage#authentic} tells whether to.
 */
final class BindingRequest {
  private static final int MAX_USERNAME_BYTES = 513;
  private static final int MAX_UNKNOWN = 4;

  private final byte[] in;
  private final int length;

  private BindingRequest(byte[] in, int length) {
    this.in = in;
    this.length = length;
  }

  /**
   * The user fragment of ours that a check names, as {@link IceCredentials#key} gives it; 0 for
   * anything that is no check for us. Allocates nothing: this is what a flood gets to see.
   */
  static long ufragKey(byte[] in, int length) {
    if (StunMessage.type(in, length) != StunMessage.BINDING_REQUEST) {
      return 0;
    }
    int value = StunMessage.find(in, length, StunMessage.USERNAME);
    if (value < 0
        || StunMessage.valueBytes(in, value) <= IceCredentials.UFRAG_CHARS
        || in[value + IceCredentials.UFRAG_CHARS] != ':') {
      return 0;
    }
    return IceCredentials.key(in, value);
  }

  /** The check in these bytes, or null when something in it is missing or wrong. */
  static @Nullable BindingRequest read(byte[] in, int length) {
    if (StunMessage.type(in, length) != StunMessage.BINDING_REQUEST
        || !StunMessage.fingerprinted(in, length)) {
      return null;
    }
    int name = StunMessage.find(in, length, StunMessage.USERNAME);
    int priority = StunMessage.find(in, length, StunMessage.PRIORITY);
    if (name < 0
        || StunMessage.valueBytes(in, name) > MAX_USERNAME_BYTES
        || priority < 0
        || StunMessage.valueBytes(in, priority) != 4) {
      return null;
    }
    return new BindingRequest(in, length);
  }

  byte[] transaction() {
    return StunMessage.transaction(in);
  }

  /** {@code ours:theirs}. */
  String username() {
    int value = StunMessage.find(in, length, StunMessage.USERNAME);
    return new String(in, value, StunMessage.valueBytes(in, value), StandardCharsets.UTF_8);
  }

  /** Of the peer-reflexive candidate that it comes from; unsigned 32 bits. */
  long priority() {
    return StunMessage.int32(in, StunMessage.find(in, length, StunMessage.PRIORITY)) & 0xFFFFFFFFL;
  }

  boolean useCandidate() {
    return StunMessage.find(in, length, StunMessage.USE_CANDIDATE) >= 0;
  }

  /** Whether the sender takes itself for the controlled side. */
  boolean controlled() {
    return StunMessage.find(in, length, StunMessage.ICE_CONTROLLED) >= 0;
  }

  /** Attributes that must be understood, and are not: types below 0x8000 (RFC 8489 §6.3.1). */
  int[] unknown() {
    int[] found = new int[MAX_UNKNOWN];
    int count = 0;
    int at = StunMessage.HEADER_BYTES;
    while (at + 4 <= length && count < MAX_UNKNOWN) {
      int type = StunMessage.uint16(in, at);
      if (type == StunMessage.MESSAGE_INTEGRITY) {
        break;
      }
      if (type < 0x8000
          && type != StunMessage.USERNAME
          && type != StunMessage.PRIORITY
          && type != StunMessage.USE_CANDIDATE) {
        found[count++] = type;
      }
      at += 4 + ((StunMessage.uint16(in, at + 2) + 3) & ~3);
    }
    return Arrays.copyOf(found, count);
  }
}
