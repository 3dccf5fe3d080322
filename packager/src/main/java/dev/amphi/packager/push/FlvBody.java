package dev.amphi.packager.push;

import java.util.LinkedHashMap;
import java.util.Map;

/** The bodies of FLV's tags (Adobe Flash Video File Format 10.1, §E.4), which RTMP carries too. */
final class FlvBody {
  private static final int KEY_FRAME_AVC = 0x17;
  private static final int INTER_FRAME_AVC = 0x27;

  /** AAC is always told as 44 kHz, 16 bit, stereo; the AudioSpecificConfig says what is true. */
  private static final int AAC = 0xaf;

  private FlvBody() {}

  /** What decoders need to know first. */
  static byte[] config(CodedFormat format) {
    return format.video()
        ? video(KEY_FRAME_AVC, 0, format.config())
        : new ByteQueue().u8(AAC).u8(0).add(format.config()).take();
  }

  static byte[] sample(CodedSample sample) {
    return sample.format().video()
        ? video(sample.sync() ? KEY_FRAME_AVC : INTER_FRAME_AVC, 1, sample.payload())
        : new ByteQueue().u8(AAC).u8(1).add(sample.payload()).take();
  }

  /** Shown when it is decoded: the composition time offset is 0. */
  private static byte[] video(int kind, int packet, byte[] bytes) {
    return new ByteQueue().u8(kind).u8(packet).u24(0).add(bytes).take();
  }

  /** {@code onMetaData} (§E.5). */
  static byte[] metadata(CodedFormat picture) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("width", (double) picture.width());
    fields.put("height", (double) picture.height());
    fields.put("videocodecid", 7.0);
    fields.put("videodatarate", picture.bitrateBps() / 1000.0);
    fields.put("framerate", 30.0);
    fields.put("audiocodecid", 10.0);
    fields.put("audiosamplerate", 48_000.0);
    fields.put("audiosamplesize", 16.0);
    fields.put("stereo", true);
    fields.put("encoder", "Amphi");
    return Amf0.write("@setDataFrame", "onMetaData", fields);
  }
}
