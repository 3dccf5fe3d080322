package dev.amphi.packager.webm;

import dev.amphi.packager.mp4.Bytes;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * AV1 as Matroska has it ("AV1 in Matroska and WebM", AOM): temporal units without their delimiter,
 * and the sequence header apart as well. Of the profiles only Main with eight bits.
 */
final class Av1 {
  private static final int SEQUENCE_HEADER = 1;
  private static final int TEMPORAL_DELIMITER = 2;
  private static final int CONFIG_BYTES = 4;
  private static final int MARKER_AND_VERSION = 0x81;
  private static final int CHROMA_420 = 0x0c;
  private static final int HAS_EXTENSION = 4;
  private static final int HAS_SIZE = 2;

  private Av1() {}

  /** An OBU with its place in a temporal unit; {@code start} is its header. */
  private record Obu(int type, int start, int payload, int end) {}

  static Bytes block(ByteBuffer unit) {
    Bytes all = Bytes.copyOf(unit);
    Optional<Obu> first = obu(all, 0);
    return first.isPresent() && first.get().type() == TEMPORAL_DELIMITER
        ? all.slice(first.get().end(), all.length())
        : all;
  }

  static Optional<Coding> coding(ByteBuffer unit) {
    Bytes all = Bytes.copyOf(unit);
    Optional<Obu> obu = obu(all, 0);
    while (obu.isPresent() && obu.get().type() != SEQUENCE_HEADER) {
      obu = obu(all, obu.get().end());
    }
    return obu.filter(found -> found.end() - found.start() <= Coding.LONGEST_HEADER)
        .flatMap(found -> coding(all, found));
  }

  /** §5.3.2; each has its size, as the network's depacketizer wrote it. */
  private static Optional<Obu> obu(Bytes in, int at) {
    if (at >= in.length() || (in.at(at) & HAS_SIZE) == 0) {
      return Optional.empty();
    }
    int head = in.at(at);
    int next = at + ((head & HAS_EXTENSION) != 0 ? 2 : 1);
    long size = 0;
    for (int i = 0; i < 8 && next < in.length(); i++) {
      int digit = in.at(next++);
      size |= (long) (digit & 0x7f) << (7 * i);
      if (digit < 0x80) {
        break;
      }
    }
    return size > in.length() - next
        ? Optional.empty()
        : Optional.of(new Obu(head >> 3 & 0xf, at, next, (int) (next + size)));
  }

  /** §5.5.1, as far as the size. */
  private static Optional<Coding> coding(Bytes all, Obu header) {
    Bits in = new Bits(all.slice(header.payload(), header.end()).toByteArray());
    int profile = (int) in.number(3);
    in.skip(1);
    boolean reduced = in.flag();
    if (profile != 0) {
      return Optional.empty();
    }
    int level = 0;
    int tier = 0;
    if (reduced) {
      level = (int) in.number(5);
    } else {
      int delayBits = 0;
      if (in.flag()) {
        in.skip(64);
        if (in.flag()) {
          in.golomb();
        }
        if (in.flag()) {
          delayBits = (int) in.number(5) + 1;
          in.skip(32 + 5 + 5);
        }
      }
      boolean displayDelay = in.flag();
      int points = (int) in.number(5) + 1;
      for (int i = 0; i < points; i++) {
        in.skip(12);
        int ownLevel = (int) in.number(5);
        int ownTier = ownLevel > 7 ? (int) in.number(1) : 0;
        level = i == 0 ? ownLevel : level;
        tier = i == 0 ? ownTier : tier;
        if (delayBits > 0 && in.flag()) {
          in.skip(2 * delayBits + 1);
        }
        if (displayDelay && in.flag()) {
          in.skip(4);
        }
      }
    }
    int widthBits = (int) in.number(4) + 1;
    int heightBits = (int) in.number(4) + 1;
    int width = (int) in.number(widthBits) + 1;
    int height = (int) in.number(heightBits) + 1;
    if (in.isOver()) {
      return Optional.empty();
    }
    ByteBuffer config = ByteBuffer.allocate(CONFIG_BYTES + header.end() - header.start());
    config.put((byte) MARKER_AND_VERSION).put((byte) (profile << 5 | level));
    config.put((byte) (tier << 7 | CHROMA_420)).put((byte) 0);
    all.slice(header.start(), header.end()).putInto(config);
    return Optional.of(new Coding(width, height, Bytes.wrap(config.array())));
  }
}
