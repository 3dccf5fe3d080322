package dev.amphi.packager.webm;

import dev.amphi.packager.mp4.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * H.264 as Matroska has it (ISO 14496-15 §5): units with four-byte lengths instead of start codes,
 * and the parameter sets of the first key frame apart as well; later ones stay where they came.
 */
final class Avc {
  private static final int IDR = 5;
  private static final int SPS = 7;
  private static final int PPS = 8;
  private static final int DELIMITER = 9;
  private static final int FILLER = 12;
  private static final int MACROBLOCK = 16;

  private Avc() {}

  /** An access unit in Annex B form, in the other. */
  static Bytes block(ByteBuffer accessUnit) {
    List<byte[]> units =
        units(accessUnit).stream()
            .filter(unit -> type(unit) != DELIMITER && type(unit) != FILLER)
            .toList();
    ByteBuffer out = ByteBuffer.allocate(units.stream().mapToInt(u -> 4 + u.length).sum());
    units.forEach(unit -> out.putInt(unit.length).put(unit));
    return Bytes.wrap(out.array());
  }

  /** What an IDR with its parameter sets says. */
  static Optional<Coding> coding(ByteBuffer accessUnit) {
    List<byte[]> units = units(accessUnit);
    Optional<byte[]> sps = units.stream().filter(unit -> type(unit) == SPS).findFirst();
    Optional<byte[]> pps = units.stream().filter(unit -> type(unit) == PPS).findFirst();
    if (sps.isEmpty()
        || sps.get().length < 4
        || sps.get().length > Coding.LONGEST_HEADER
        || pps.isEmpty()
        || pps.get().length > Coding.LONGEST_HEADER
        || units.stream().noneMatch(unit -> type(unit) == IDR)) {
      return Optional.empty();
    }
    return coding(sps.get(), pps.get());
  }

  private static int type(byte[] unit) {
    return unit[0] & 0x1f;
  }

  /** The units between start codes (Annex B); zeros at the end of one belong to what follows. */
  private static List<byte[]> units(ByteBuffer accessUnit) {
    byte[] in = Bytes.copyOf(accessUnit).toByteArray();
    List<byte[]> units = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= in.length; i++) {
      boolean code = i + 3 <= in.length && in[i] == 0 && in[i + 1] == 0 && in[i + 2] == 1;
      if (!code && i < in.length) {
        continue;
      }
      int end = i;
      while (start >= 0 && end > start && in[end - 1] == 0) {
        end--;
      }
      if (start >= 0 && end > start) {
        units.add(Arrays.copyOfRange(in, start, end));
      }
      start = i + 3;
      i += code ? 2 : 0;
    }
    return units;
  }

  /** ITU-T H.264 §7.3.2.1.1, and the record of ISO 14496-15 §5.3.3.1. */
  private static Optional<Coding> coding(byte[] sps, byte[] pps) {
    Bits in = new Bits(unescaped(sps));
    in.skip(8);
    int profile = (int) in.number(8);
    in.skip(16);
    in.golomb();
    long chroma = 1;
    long lumaBits = 0;
    long chromaBits = 0;
    boolean high = profile == 100 || profile == 110 || profile == 122 || profile == 244;
    if (high) {
      chroma = in.golomb();
      in.skip(chroma == 3 ? 1 : 0);
      lumaBits = in.golomb();
      chromaBits = in.golomb();
      in.skip(1);
      if (in.flag()) {
        return Optional.empty(); // scaling matrices: no browser sends them
      }
    }
    in.golomb();
    long order = in.golomb();
    if (order == 0) {
      in.golomb();
    } else if (order == 1) {
      return Optional.empty(); // nor this order
    }
    in.golomb();
    in.skip(1);
    long width = (in.golomb() + 1) * MACROBLOCK;
    long rows = in.golomb() + 1;
    boolean frames = in.flag();
    in.skip(frames ? 0 : 1);
    long height = rows * MACROBLOCK * (frames ? 1 : 2);
    in.skip(1);
    if (in.flag()) {
      long unitX = chroma == 1 || chroma == 2 ? 2L : 1L;
      long unitY = (chroma == 1 ? 2L : 1L) * (frames ? 1L : 2L);
      width -= unitX * (in.golomb() + in.golomb());
      height -= unitY * (in.golomb() + in.golomb());
    }
    if (in.isOver() || width <= 0 || height <= 0 || width > 0xffff || height > 0xffff) {
      return Optional.empty();
    }
    ByteBuffer out = ByteBuffer.allocate(11 + sps.length + pps.length + (high ? 4 : 0));
    out.put((byte) 1).put(sps, 1, 3).put((byte) 0xff).put((byte) 0xe1);
    out.putShort((short) sps.length).put(sps).put((byte) 1);
    out.putShort((short) pps.length).put(pps);
    if (high) {
      out.put((byte) (0xfc | chroma)).put((byte) (0xf8 | lumaBits));
      out.put((byte) (0xf8 | chromaBits)).put((byte) 0);
    }
    return Optional.of(new Coding((int) width, (int) height, Bytes.wrap(out.array())));
  }

  /** Without the bytes that prevent start codes (§7.4.1). */
  private static byte[] unescaped(byte[] unit) {
    byte[] out = new byte[unit.length];
    int length = 0;
    for (int i = 0; i < unit.length; i++) {
      boolean prevention = i >= 2 && unit[i] == 3 && unit[i - 1] == 0 && unit[i - 2] == 0;
      if (!prevention) {
        out[length++] = unit[i];
      }
    }
    return Arrays.copyOf(out, length);
  }
}
