package dev.amphi.interactive.sctp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * DATA_CHANNEL_OPEN (RFC 8832 §5.1).
 *
 * @param ordered whether order is kept
 */
record OpenMessage(boolean ordered, Reliability reliability, String label, String protocol) {
  static final int TYPE = 3;

  /** Labels and protocols are names, not data. */
  static final int MAX_NAME_BYTES = 256;

  private static final int FIXED_BYTES = 12;
  private static final int RELIABLE = 0;
  private static final int RETRANSMITS = 1;
  private static final int LIFETIME = 2;
  private static final int UNORDERED = 0x80;

  /** Reads a message; empty when it lies, or its names are too long. */
  static Optional<OpenMessage> read(byte[] message) {
    if (message.length < FIXED_BYTES || message[0] != TYPE) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(message);
    int type = in.get(1) & 0xFF;
    long parameter = in.getInt(4) & 0xFFFFFFFFL;
    int labelBytes = in.getShort(8) & 0xFFFF;
    int protocolBytes = in.getShort(10) & 0xFFFF;
    Reliability reliability = reliability(type & ~UNORDERED, parameter);
    if (reliability == null
        || labelBytes > MAX_NAME_BYTES
        || protocolBytes > MAX_NAME_BYTES
        || FIXED_BYTES + labelBytes + protocolBytes != message.length) {
      return Optional.empty();
    }
    return Optional.of(
        new OpenMessage(
            (type & UNORDERED) == 0,
            reliability,
            new String(message, FIXED_BYTES, labelBytes, StandardCharsets.UTF_8),
            new String(message, FIXED_BYTES + labelBytes, protocolBytes, StandardCharsets.UTF_8)));
  }

  private static @Nullable Reliability reliability(int type, long parameter) {
    return switch (type) {
      case RELIABLE -> Reliability.RELIABLE;
      case RETRANSMITS -> Reliability.retransmits((int) Math.min(parameter, Integer.MAX_VALUE));
      case LIFETIME -> new Reliability(-1, parameter * 1_000_000);
      default -> null;
    };
  }

  byte[] write() {
    byte[] labelBytes = name(label);
    byte[] protocolBytes = name(protocol);
    ByteBuffer out = ByteBuffer.allocate(FIXED_BYTES + labelBytes.length + protocolBytes.length);
    out.put((byte) TYPE);
    if (reliability.maxRetransmits() >= 0) {
      out.put(type(RETRANSMITS)).putShort((short) 0).putInt(reliability.maxRetransmits());
    } else if (reliability.lifetimeNanos() != Long.MAX_VALUE) {
      out.put(type(LIFETIME)).putShort((short) 0);
      out.putInt((int) (reliability.lifetimeNanos() / 1_000_000));
    } else {
      out.put(type(RELIABLE)).putShort((short) 0).putInt(0);
    }
    out.putShort((short) labelBytes.length).putShort((short) protocolBytes.length);
    return out.put(labelBytes).put(protocolBytes).array();
  }

  private byte type(int type) {
    return (byte) (ordered ? type : type | UNORDERED);
  }

  private static byte[] name(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_NAME_BYTES) {
      throw new IllegalArgumentException(
          "A label or protocol has at most " + MAX_NAME_BYTES + " bytes, but " + bytes.length);
    }
    return bytes;
  }
}
