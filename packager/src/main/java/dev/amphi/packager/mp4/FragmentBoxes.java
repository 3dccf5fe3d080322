package dev.amphi.packager.mp4;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The boxes of a movie fragment, each named by its code (ISO 14496-12 §8.8). */
final class FragmentBoxes {
  /** Depends on no other sample (§8.8.3.1). */
  static final int SYNC_FLAGS = 0x0200_0000;

  /** Depends on others, is no sync sample. */
  static final int NON_SYNC_FLAGS = 0x0101_0000;

  static final int TFHD_DEFAULT_DURATION = 0x08;
  static final int TFHD_DEFAULT_FLAGS = 0x20;
  static final int TFHD_BASE_IS_MOOF = 0x02_0000;
  static final int TRUN_DATA_OFFSET = 0x001;
  static final int TRUN_FIRST_FLAGS = 0x004;
  static final int TRUN_DURATION = 0x100;
  static final int TRUN_SIZE = 0x200;
  static final int TRUN_FLAGS = 0x400;

  private FragmentBoxes() {}

  static Box trex(int trackId) {
    return Box.full("trex", 0, 0, new Fields().u32(trackId).u32(1).zeros(12));
  }

  static Box moof(long sequenceNumber, Box traf) {
    return Box.of("moof", Box.full("mfhd", 0, 0, new Fields().u32(sequenceNumber)), traf);
  }

  /** In front of the fragment that is made when it happens (ISO 23009-1 §5.10.3.3.3, version 1). */
  static Box emsg(EventMessage event) {
    return Box.full(
        "emsg",
        1,
        0,
        new Fields()
            .u32(event.timescale())
            .u64(event.timeTicks())
            .u32(EventMessage.UNKNOWN_DURATION)
            .u32(event.id())
            .string(EventMessage.SCHEME)
            .string(event.value())
            .bytes(Bytes.wrap(event.text().getBytes(StandardCharsets.UTF_8))));
  }

  static Box tfhd(int trackId, int defaultDuration, int defaultFlags) {
    return Box.full(
        "tfhd",
        0,
        TFHD_BASE_IS_MOOF | TFHD_DEFAULT_DURATION | TFHD_DEFAULT_FLAGS,
        new Fields().u32(trackId).u32(defaultDuration).u32(defaultFlags));
  }

  static Box tfdt(long baseMediaDecodeTime) {
    return Box.full("tfdt", 1, 0, new Fields().u64(baseMediaDecodeTime));
  }

  /** Sizes for each sample; durations and flags only where the defaults do not say it all. */
  static Box trun(
      List<Sample> samples, int dataOffset, boolean ownDurations, boolean ownFlags, boolean first) {
    int flags =
        TRUN_DATA_OFFSET
            | TRUN_SIZE
            | (first ? TRUN_FIRST_FLAGS : 0)
            | (ownDurations ? TRUN_DURATION : 0)
            | (ownFlags ? TRUN_FLAGS : 0);
    Fields fields = new Fields().u32(samples.size()).u32(dataOffset);
    if (first) {
      fields.u32(SYNC_FLAGS);
    }
    for (Sample sample : samples) {
      if (ownDurations) {
        fields.u32(sample.durationTicks());
      }
      fields.u32(sample.payload().length());
      if (ownFlags) {
        fields.u32(sample.sync() ? SYNC_FLAGS : NON_SYNC_FLAGS);
      }
    }
    return Box.full("trun", 0, flags, fields);
  }
}
