package dev.amphi.packager.mp4;

import java.util.List;

/** The boxes of {@code moov} but the sample tables, each named by its code (ISO 14496-12 §8). */
final class MovieBoxes {
  private MovieBoxes() {}

  static Box ftyp(String majorBrand, String... compatibleBrands) {
    return brands("ftyp", majorBrand, compatibleBrands);
  }

  static Box styp(String majorBrand, String... compatibleBrands) {
    return brands("styp", majorBrand, compatibleBrands);
  }

  static Box mvhd(int timescale, long duration, int nextTrackId) {
    return Box.full(
        "mvhd",
        1,
        0,
        new Fields()
            .zeros(16)
            .u32(timescale)
            .u64(duration)
            .u32(0x10000)
            .u16(0x100)
            .zeros(10)
            .unityMatrix()
            .zeros(24)
            .u32(nextTrackId));
  }

  static Box trak(int trackId, TrackFormat format, long movieDuration, Box mdia, List<Box> edts) {
    Fields fields = new Fields().box(tkhd(trackId, format, movieDuration));
    edts.forEach(fields::box);
    return Box.of("trak", fields.box(mdia));
  }

  static Box tkhd(int trackId, TrackFormat format, long movieDuration) {
    return Box.full(
        "tkhd",
        1,
        3,
        new Fields()
            .zeros(16)
            .u32(trackId)
            .zeros(4)
            .u64(movieDuration)
            .zeros(8)
            .u16(0)
            .u16(format.video() ? 0 : 1)
            .u16(format.video() ? 0 : 0x100)
            .zeros(2)
            .unityMatrix()
            .u32((long) format.width() << 16)
            .u32((long) format.height() << 16));
  }

  /** Shows nothing for a while, then the track from its beginning (§8.6.6). */
  static Box edts(long emptyMovieTicks, long movieDuration) {
    return Box.of(
        "edts",
        Box.full(
            "elst",
            1,
            0,
            new Fields()
                .u32(2)
                .u64(emptyMovieTicks)
                .u64(-1)
                .u32(0x10000)
                .u64(movieDuration)
                .u64(0)
                .u32(0x10000)));
  }

  static Box mdia(TrackFormat format, long duration, Box stbl) {
    return Box.of("mdia", mdhd(format.timescale(), duration), hdlr(format), minf(format, stbl));
  }

  static Box mdhd(int timescale, long duration) {
    return Box.full(
        "mdhd", 1, 0, new Fields().zeros(16).u32(timescale).u64(duration).u16(0x55c4).u16(0));
  }

  static Box hdlr(TrackFormat format) {
    return Box.full(
        "hdlr",
        0,
        0,
        new Fields()
            .zeros(4)
            .code(format.video() ? "vide" : "soun")
            .zeros(12)
            .string(format.video() ? "Picture" : "Sound"));
  }

  static Box minf(TrackFormat format, Box stbl) {
    Box header =
        format.video()
            ? Box.full("vmhd", 0, 1, new Fields().zeros(8))
            : Box.full("smhd", 0, 0, new Fields().zeros(4));
    Box url = Box.full("url ", 0, 1, new Fields());
    return Box.of(
        "minf", header, Box.of("dinf", Box.full("dref", 0, 0, new Fields().u32(1).box(url))), stbl);
  }

  private static Box brands(String type, String major, String... compatible) {
    Fields fields = new Fields().code(major).u32(0);
    for (String brand : compatible) {
      fields.code(brand);
    }
    return Box.of(type, fields);
  }
}
