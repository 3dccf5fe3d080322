package dev.amphi.packager.mp4;

/** The sample entries and what is in them. */
final class SampleEntries {
  private SampleEntries() {}

  static Box entry(TrackFormat format) {
    return format.video() ? avc1(format) : mp4a(format);
  }

  /** ISO 14496-15 §5.4.2.1. */
  static Box avc1(TrackFormat format) {
    return Box.of(
        "avc1",
        new Fields()
            .zeros(6)
            .u16(1)
            .zeros(16)
            .u16(format.width())
            .u16(format.height())
            .u32(0x480000)
            .u32(0x480000)
            .zeros(4)
            .u16(1)
            .zeros(32)
            .u16(0x18)
            .u16(0xffff)
            .box(Box.of("avcC", new Fields().bytes(format.codecConfig())))
            .box(Box.of("pasp", new Fields().u32(1).u32(1))));
  }

  /** ISO 14496-14 §5.6. */
  static Box mp4a(TrackFormat format) {
    return Box.of(
        "mp4a",
        new Fields()
            .zeros(6)
            .u16(1)
            .zeros(8)
            .u16(format.channels())
            .u16(16)
            .zeros(4)
            .u32((long) format.samplingRate() << 16)
            .box(esds(format)));
  }

  /**
   * ISO 14496-1 §7.2.6: ES_Descriptor (3) around DecoderConfigDescriptor (4) around
   * DecoderSpecificInfo (5), then SLConfigDescriptor (6).
   */
  static Box esds(TrackFormat format) {
    int specific = format.codecConfig().length();
    int config = 13 + 2 + specific;
    int stream = 3 + 2 + config + 3;
    if (stream > 127) {
      throw new IllegalArgumentException("an AudioSpecificConfig of " + specific + " bytes");
    }
    return Box.full(
        "esds",
        0,
        0,
        new Fields()
            .u8(3)
            .u8(stream)
            .u16(0)
            .u8(0)
            .u8(4)
            .u8(config)
            .u8(0x40)
            .u8(0x15)
            .u24(0)
            .u32(format.bitrateBps())
            .u32(format.bitrateBps())
            .u8(5)
            .u8(specific)
            .bytes(format.codecConfig())
            .u8(6)
            .u8(1)
            .u8(2));
  }
}
