package dev.amphi.server.load.hls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the samples of movie fragments with one track (ISO 14496-12 §8.8). */
final class Fragment {
  private static final int BASE_DATA_OFFSET = 0x1;
  private static final int DESCRIPTION_INDEX = 0x2;
  private static final int DEFAULT_DURATION = 0x8;
  private static final int DEFAULT_SIZE = 0x10;
  private static final int DEFAULT_FLAGS = 0x20;
  private static final int RUN_DATA_OFFSET = 0x1;
  private static final int RUN_FIRST_FLAGS = 0x4;
  private static final int RUN_DURATION = 0x100;
  private static final int RUN_SIZE = 0x200;
  private static final int RUN_FLAGS = 0x400;
  private static final int RUN_OFFSET = 0x800;
  private static final int NON_SYNC = 0x10000;

  private final ByteBuffer bytes;
  private final List<MediaSample> samples = new ArrayList<>();
  private int defaultDuration;
  private int defaultSize;
  private int defaultFlags;

  private Fragment(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** One coded picture or frame of sound; times in the track's ticks. */
  record MediaSample(long timeTicks, int durationTicks, boolean sync, ByteBuffer data) {}

  /** All samples of a segment or part: one or more pairs of moof and mdat. */
  static List<MediaSample> parse(ByteBuffer bytes) throws MediaException {
    Fragment fragment = new Fragment(bytes);
    try {
      for (Boxes.Box box : Boxes.in(bytes)) {
        if (box.type().equals("moof")) {
          fragment.movieFragment(box);
        }
      }
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new MediaException("a movie fragment that points outside itself");
    }
    return fragment.samples;
  }

  private void movieFragment(Boxes.Box moof) throws MediaException {
    for (Boxes.Box traf : Boxes.in(moof.body())) {
      if (traf.type().equals("traf")) {
        trackFragment(traf.body(), moof.offset());
      }
    }
  }

  private void trackFragment(ByteBuffer traf, int moofOffset) throws MediaException {
    defaults(Boxes.need(traf, "tfhd"));
    ByteBuffer decodeTime = Boxes.need(traf, "tfdt");
    long time =
        decodeTime.get(0) == 1 ? decodeTime.getLong(4) : decodeTime.getInt(4) & 0xffff_ffffL;
    for (Boxes.Box box : Boxes.in(traf)) {
      if (box.type().equals("trun")) {
        time = run(box.body(), moofOffset, time);
      }
    }
  }

  private void defaults(ByteBuffer header) {
    int flags = header.getInt() & 0xffffff;
    header.getInt(); // track id
    skip(header, flags, BASE_DATA_OFFSET, 8);
    skip(header, flags, DESCRIPTION_INDEX, 4);
    defaultDuration = (flags & DEFAULT_DURATION) != 0 ? header.getInt() : 0;
    defaultSize = (flags & DEFAULT_SIZE) != 0 ? header.getInt() : 0;
    defaultFlags = (flags & DEFAULT_FLAGS) != 0 ? header.getInt() : 0;
  }

  private static void skip(ByteBuffer bytes, int flags, int flag, int length) {
    if ((flags & flag) != 0) {
      bytes.position(bytes.position() + length);
    }
  }

  /** Gives the decode time after the run. */
  private long run(ByteBuffer run, int moofOffset, long start) throws MediaException {
    int flags = run.getInt() & 0xffffff;
    int count = run.getInt();
    if ((flags & RUN_DATA_OFFSET) == 0) {
      throw new MediaException("a track run without a data offset");
    }
    int at = moofOffset + run.getInt();
    int firstFlags = (flags & RUN_FIRST_FLAGS) != 0 ? run.getInt() : -1;
    long time = start;
    for (int i = 0; i < count; i++) {
      int duration = (flags & RUN_DURATION) != 0 ? run.getInt() : defaultDuration;
      int size = (flags & RUN_SIZE) != 0 ? run.getInt() : defaultSize;
      int own = (flags & RUN_FLAGS) != 0 ? run.getInt() : defaultFlags;
      int sampleFlags = i == 0 && (flags & RUN_FIRST_FLAGS) != 0 ? firstFlags : own;
      skip(run, flags, RUN_OFFSET, 4);
      boolean sync = (sampleFlags & NON_SYNC) == 0;
      samples.add(new MediaSample(time, duration, sync, bytes.slice(at, size)));
      at += size;
      time += duration;
    }
    return time;
  }
}
