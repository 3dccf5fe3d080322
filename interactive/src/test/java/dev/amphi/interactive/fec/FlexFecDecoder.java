package dev.amphi.interactive.fec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a browser does with FlexFEC: written from the draft alone, beside the encoder and not out of
 * it, so that one error does not hide the other.
 */
public final class FlexFecDecoder {
  private static final int KEPT = 512;

  private static final class Parity {
    final int base;
    final int mask;
    final byte[] header;
    final byte[] body;

    Parity(byte[] payload) {
      ByteBuffer b = ByteBuffer.wrap(payload);
      base = b.getShort(16) & 0xFFFF;
      mask = b.getShort(18) & 0x7FFF;
      header = Arrays.copyOf(payload, 8);
      body = Arrays.copyOfRange(payload, 20, payload.length);
    }
  }

  private final long ssrc;
  private final Map<Integer, byte[]> media = new TreeMap<>();
  private final List<Integer> order = new ArrayList<>();
  private final List<Parity> parities = new ArrayList<>();

  /** A decoder for the stream with this SSRC. */
  public FlexFecDecoder(long ssrc) {
    this.ssrc = ssrc;
  }

  /** Takes a packet of the stream, with the extensions that change on the way set to zero. */
  public Optional<byte[]> onMedia(byte[] packet) {
    remember(packet);
    return recover();
  }

  private void remember(byte[] packet) {
    int sequence = ByteBuffer.wrap(packet).getShort(2) & 0xFFFF;
    if (media.put(sequence, packet) == null) {
      order.add(sequence);
      if (order.size() > KEPT) {
        media.remove(order.removeFirst());
      }
    }
  }

  /** Takes the payload of a FlexFEC packet. */
  public Optional<byte[]> onParity(byte[] payload) {
    ByteBuffer b = ByteBuffer.wrap(payload);
    if (payload.length < 20
        || (payload[0] & 0xC0) != 0
        || payload[8] != 1
        || (b.getInt(12) & 0xFFFF_FFFFL) != ssrc
        || (payload[18] & 0x80) == 0) {
      throw new IllegalArgumentException("Not FlexFEC-03 with a short mask for this stream");
    }
    parities.add(new Parity(payload));
    if (parities.size() > 64) {
      parities.removeFirst();
    }
    return recover();
  }

  private Optional<byte[]> recover() {
    for (Parity parity : parities) {
      List<Integer> missing = new ArrayList<>();
      for (int i = 0; i < 15; i++) {
        int sequence = (parity.base + i) & 0xFFFF;
        if ((parity.mask & (0x4000 >> i)) != 0 && !media.containsKey(sequence)) {
          missing.add(sequence);
        }
      }
      if (missing.size() == 1) {
        parities.remove(parity);
        byte[] made = make(parity, missing.getFirst());
        remember(made);
        return Optional.of(made);
      }
    }
    return Optional.empty();
  }

  private byte[] make(Parity parity, int sequence) {
    byte[] header = parity.header.clone();
    byte[] body = Arrays.copyOf(parity.body, 1500);
    for (int i = 0; i < 15; i++) {
      int other = (parity.base + i) & 0xFFFF;
      if ((parity.mask & (0x4000 >> i)) == 0 || other == sequence) {
        continue;
      }
      byte[] packet = Objects.requireNonNull(media.get(other));
      int length = packet.length - 12;
      header[0] ^= (byte) (packet[0] & 0x3F);
      header[1] ^= packet[1];
      header[2] ^= (byte) (length >> 8);
      header[3] ^= (byte) length;
      for (int j = 4; j < 8; j++) {
        header[j] ^= packet[j];
      }
      for (int j = 0; j < length; j++) {
        body[j] ^= packet[12 + j];
      }
    }
    int length = (header[2] & 0xFF) << 8 | (header[3] & 0xFF);
    ByteBuffer made = ByteBuffer.allocate(12 + length);
    made.put((byte) (0x80 | header[0])).put(header[1]).putShort((short) sequence);
    made.put(header, 4, 4).putInt((int) ssrc).put(body, 0, length);
    return made.array();
  }
}
