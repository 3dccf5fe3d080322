package dev.amphi.interactive.rtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads compound RTCP packets (RFC 3550 §6.1; reduced size as in RFC 5506). Stops at the first
 * malformed packet, keeps what came before, counts. Bounded: at most {@link #MAX_PACKETS} packets
 * and {@link #MAX_NACKED} sequence numbers per message.
 */
public final class RtcpReader {
  static final int SENDER_REPORT = 200;
  static final int RECEIVER_REPORT = 201;
  static final int SOURCE_DESCRIPTION = 202;
  static final int BYE = 203;
  static final int TRANSPORT_LAYER_FEEDBACK = 205;
  static final int PAYLOAD_SPECIFIC_FEEDBACK = 206;
  static final int GENERIC_NACK = 1;
  static final int TRANSPORT_CC = 15;
  static final int PLI = 1;
  static final int FIR = 4;
  static final int APPLICATION_LAYER = 15;
  static final long REMB_NAME = 0x52454D42; // "REMB"

  /** Packets read from one compound; the rest is ignored. */
  public static final int MAX_PACKETS = 32;

  /** Sequence numbers read from one NACK; the rest is ignored. */
  public static final int MAX_NACKED = 1024;

  private static final int REPORT_BLOCK = 24;

  private long malformed;

  /** Compounds with a malformed packet so far. */
  public long malformed() {
    return malformed;
  }

  /** The packets of a compound, in order; those before the first malformed one. */
  public List<RtcpPacket> read(byte[] buffer, int offset, int length) {
    List<RtcpPacket> packets = new ArrayList<>(4);
    int end = offset + length;
    int at = offset;
    while (at < end && packets.size() < MAX_PACKETS) {
      if (end - at < 8 || (buffer[at] & 0xC0) != 0x80) {
        malformed++;
        return packets;
      }
      int size = 4 * (ByteFields.u16(buffer, at + 2) + 1);
      int padding = paddingOf(buffer, at, size, end);
      if (size > end - at || size < 8 || padding < 0) {
        malformed++;
        return packets;
      }
      if (!readOne(buffer, at, size - padding, packets)) {
        malformed++;
        return packets;
      }
      at += size;
    }
    return packets;
  }

  private static int paddingOf(byte[] b, int at, int size, int end) {
    if ((b[at] & 0x20) == 0) {
      return 0;
    }
    if (size > end - at) {
      return -1;
    }
    int padding = ByteFields.u8(b, at + size - 1);
    return padding == 0 || padding > size - 8 ? -1 : padding;
  }

  private static boolean readOne(byte[] b, int at, int size, List<RtcpPacket> out) {
    int format = b[at] & 0x1F;
    int type = ByteFields.u8(b, at + 1);
    long sender = ByteFields.u32(b, at + 4);
    RtcpPacket packet =
        switch (type) {
          case SENDER_REPORT -> senderReport(b, at, size, format, sender);
          case RECEIVER_REPORT -> receiverReport(b, at, size, format, sender);
          case SOURCE_DESCRIPTION -> sourceDescription(b, at, size, sender);
          case BYE -> bye(b, at, size, format, sender);
          case TRANSPORT_LAYER_FEEDBACK -> transportLayer(b, at, size, format, sender);
          case PAYLOAD_SPECIFIC_FEEDBACK -> payloadSpecific(b, at, size, format, sender, out);
          default -> new RtcpPacket.Unsupported(sender, type, format);
        };
    if (packet == null) {
      return false;
    }
    out.add(packet);
    return true;
  }

  private static @Nullable RtcpPacket senderReport(
      byte[] b, int at, int size, int count, long sender) {
    if (size < 28 + count * REPORT_BLOCK) {
      return null;
    }
    return new RtcpPacket.SenderReport(
        sender,
        ByteFields.u64(b, at + 8),
        ByteFields.u32(b, at + 16),
        ByteFields.u32(b, at + 20),
        ByteFields.u32(b, at + 24),
        blocks(b, at + 28, count));
  }

  private static @Nullable RtcpPacket receiverReport(
      byte[] b, int at, int size, int count, long sender) {
    return size < 8 + count * REPORT_BLOCK
        ? null
        : new RtcpPacket.ReceiverReport(sender, blocks(b, at + 8, count));
  }

  private static List<ReportBlock> blocks(byte[] b, int start, int count) {
    List<ReportBlock> blocks = new ArrayList<>(count);
    for (int at = start; at < start + count * REPORT_BLOCK; at += REPORT_BLOCK) {
      blocks.add(
          new ReportBlock(
              ByteFields.u32(b, at),
              ByteFields.u8(b, at + 4),
              ByteFields.u24(b, at + 5) << 8 >> 8,
              ByteFields.u32(b, at + 8),
              ByteFields.u32(b, at + 12),
              ByteFields.u32(b, at + 16),
              ByteFields.u32(b, at + 20)));
    }
    return blocks;
  }

  private static RtcpPacket sourceDescription(byte[] b, int start, int size, long sender) {
    int end = start + size;
    int at = start + 8;
    while (at + 2 <= end && b[at] != 0) {
      int textLength = ByteFields.u8(b, at + 1);
      if (b[at] == 1 && at + 2 + textLength <= end) {
        return new RtcpPacket.SourceDescription(
            sender, new String(b, at + 2, textLength, StandardCharsets.UTF_8));
      }
      at += 2 + textLength;
    }
    return new RtcpPacket.SourceDescription(sender, "");
  }

  private static @Nullable RtcpPacket bye(byte[] b, int at, int size, int count, long sender) {
    if (size < 4 + 4 * count) {
      return null;
    }
    List<Long> ssrcs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ssrcs.add(ByteFields.u32(b, at + 4 + 4 * i));
    }
    return new RtcpPacket.Bye(sender, ssrcs);
  }

  private static @Nullable RtcpPacket transportLayer(
      byte[] b, int at, int size, int format, long sender) {
    if (size < 12) {
      return null;
    }
    long media = ByteFields.u32(b, at + 8);
    if (format == GENERIC_NACK) {
      return new RtcpPacket.Nack(sender, media, nacked(b, at + 12, at + size));
    }
    if (format == TRANSPORT_CC) {
      TransportArrivals arrivals = TransportFeedbackReader.read(b, at + 12, size - 12);
      return arrivals == null ? null : new RtcpPacket.TransportFeedback(sender, media, arrivals);
    }
    return new RtcpPacket.Unsupported(sender, TRANSPORT_LAYER_FEEDBACK, format);
  }

  private static List<Integer> nacked(byte[] b, int start, int end) {
    List<Integer> sequences = new ArrayList<>();
    for (int at = start; at + 4 <= end && sequences.size() < MAX_NACKED; at += 4) {
      int first = ByteFields.u16(b, at);
      sequences.add(first);
      int following = ByteFields.u16(b, at + 2);
      for (int bit = 0; bit < 16; bit++) {
        if ((following >> bit & 1) != 0) {
          sequences.add((first + bit + 1) & 0xFFFF);
        }
      }
    }
    return sequences;
  }

  private static @Nullable RtcpPacket payloadSpecific(
      byte[] b, int at, int size, int format, long sender, List<RtcpPacket> out) {
    if (size < 12) {
      return null;
    }
    return switch (format) {
      case PLI -> new RtcpPacket.PictureLoss(sender, ByteFields.u32(b, at + 8));
      case FIR -> fullIntra(b, at, size, sender, out);
      case APPLICATION_LAYER -> estimate(b, at, size, sender);
      default -> new RtcpPacket.Unsupported(sender, PAYLOAD_SPECIFIC_FEEDBACK, format);
    };
  }

  /** All entries but the last go to {@code out}, the last is returned. */
  private static @Nullable RtcpPacket fullIntra(
      byte[] b, int start, int size, long sender, List<RtcpPacket> out) {
    RtcpPacket last = null;
    for (int at = start + 12; at + 8 <= start + size && out.size() < MAX_PACKETS - 1; at += 8) {
      if (last != null) {
        out.add(last);
      }
      last =
          new RtcpPacket.FullIntraRequest(sender, ByteFields.u32(b, at), ByteFields.u8(b, at + 4));
    }
    return last;
  }

  private static @Nullable RtcpPacket estimate(byte[] b, int at, int size, long sender) {
    if (size < 20 || ByteFields.u32(b, at + 12) != REMB_NAME) {
      return new RtcpPacket.Unsupported(sender, PAYLOAD_SPECIFIC_FEEDBACK, APPLICATION_LAYER);
    }
    int count = ByteFields.u8(b, at + 16);
    if (size < 20 + 4 * count) {
      return null;
    }
    int exponent = ByteFields.u8(b, at + 17) >> 2;
    long mantissa = ByteFields.u24(b, at + 17) & 0x3FFFF;
    // An exponent of up to 63 would shift into the sign: clamp instead.
    long bitrateBps = exponent > 44 ? Long.MAX_VALUE : mantissa << exponent;
    List<Long> ssrcs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ssrcs.add(ByteFields.u32(b, at + 20 + 4 * i));
    }
    return new RtcpPacket.ReceiverEstimate(sender, bitrateBps, ssrcs);
  }
}
