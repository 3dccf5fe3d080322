package dev.amphi.packager.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where the samples of one CMAF chunk are, read back from what {@link FragmentWriter} wrote.
 *
 * @param dataOffset of the first sample, from the start of the chunk
 */
public record FragmentIndex(int dataOffset, java.util.List<Entry> samples) {
  /** One sample. */
  public record Entry(int size, int durationTicks, boolean sync) {}

  /** Bytes of all samples. */
  public int dataLength() {
    return samples.stream().mapToInt(Entry::size).sum();
  }

  /** Reads a whole chunk; empty when it is none of ours. */
  public static Optional<FragmentIndex> read(Bytes chunk) {
    try {
      return Optional.ofNullable(new Reader(chunk).read());
    } catch (java.nio.BufferUnderflowException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static final class Reader {
    private final Bytes chunk;
    private int defaultDuration;
    private int defaultFlags;
    private final java.util.List<Entry> entries = new java.util.ArrayList<>();
    private int mdat = -1;

    Reader(Bytes chunk) {
      this.chunk = chunk;
    }

    @org.jspecify.annotations.Nullable
    FragmentIndex read() {
      boxes(0, chunk.length());
      FragmentIndex index = new FragmentIndex(mdat, java.util.List.copyOf(entries));
      return mdat < 0 || entries.isEmpty() || index.dataLength() != chunk.length() - mdat
          ? null
          : index;
    }

    private void boxes(int from, int to) {
      int at = from;
      while (at < to) {
        ByteBuffer head = chunk.slice(at, at + Box.HEADER).toByteBuffer();
        int size = head.getInt();
        byte[] code = new byte[4];
        head.get(code);
        if (size < Box.HEADER || size > to - at) {
          throw new IndexOutOfBoundsException("a box of " + size + " bytes");
        }
        box(new String(code, StandardCharsets.ISO_8859_1), at + Box.HEADER, at + size);
        at += size;
      }
    }

    private void box(String code, int from, int to) {
      ByteBuffer content = chunk.slice(from, to).toByteBuffer();
      switch (code) {
        case "moof", "traf" -> boxes(from, to);
        case "tfhd" -> {
          content.position(8);
          defaultDuration = content.getInt();
          defaultFlags = content.getInt();
        }
        case "trun" -> trun(content);
        case "mdat" -> mdat = from;
        default -> {
          // styp and mfhd say nothing about samples.
        }
      }
    }

    private void trun(ByteBuffer content) {
      int flags = content.getInt() & 0xff_ffff;
      int count = content.getInt();
      content.getInt();
      int firstFlags =
          (flags & FragmentBoxes.TRUN_FIRST_FLAGS) != 0 ? content.getInt() : defaultFlags;
      for (int i = 0; i < count; i++) {
        int duration =
            (flags & FragmentBoxes.TRUN_DURATION) != 0 ? content.getInt() : defaultDuration;
        int size = content.getInt();
        int own = (flags & FragmentBoxes.TRUN_FLAGS) != 0 ? content.getInt() : defaultFlags;
        int said = i == 0 && (flags & FragmentBoxes.TRUN_FLAGS) == 0 ? firstFlags : own;
        entries.add(new Entry(size, duration, (said & 0x1_0000) == 0));
      }
    }
  }
}
