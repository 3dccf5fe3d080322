package dev.amphi.packager.mp4;

import java.util.Locale;

/**
 * How one track is coded.
 *
 * @param video false for sound
 * @param width pixels, 0 for sound
 * @param height pixels, 0 for sound
 * @param bitrateBps the encoder's target
 * @param codecConfig the {@code avcC} box's content (ISO 14496-15 §5.3.3.1), or the
 *     AudioSpecificConfig (ISO 14496-3 §1.6.2.1)
 * @param timescale ticks per second
 */
public record TrackFormat(
    boolean video, int width, int height, int bitrateBps, Bytes codecConfig, int timescale) {
  private static final int[] SAMPLING_RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350
  };

  /** Refuses what no box can be made of. */
  public TrackFormat {
    if (timescale <= 0) {
      throw new IllegalArgumentException("a timescale must be positive, not " + timescale);
    }
    if (codecConfig.length() < (video ? 7 : 2)) {
      throw new IllegalArgumentException(
          (video ? "avcC content has at least 7 bytes, not " : "AudioSpecificConfig has 2, not ")
              + codecConfig.length());
    }
    if (video && (width <= 0 || height <= 0 || width > 0xffff || height > 0xffff)) {
      throw new IllegalArgumentException("a picture cannot be " + width + "×" + height);
    }
  }

  /** The CODECS name (RFC 6381 §3.3, ISO 14496-15 Annex E). */
  public String codecName() {
    return video
        ? String.format(
            Locale.ROOT,
            "avc1.%02x%02x%02x",
            codecConfig.at(1),
            codecConfig.at(2),
            codecConfig.at(3))
        : "mp4a.40." + (codecConfig.at(0) >>> 3);
  }

  /** Sound channels that the AudioSpecificConfig declares. */
  public int channels() {
    return (codecConfig.at(1) >>> 3) & 0xf;
  }

  /** Sound samples per second that the AudioSpecificConfig declares, or the timescale. */
  public int samplingRate() {
    int index = ((codecConfig.at(0) & 7) << 1) | (codecConfig.at(1) >>> 7);
    return index < SAMPLING_RATES.length ? SAMPLING_RATES[index] : timescale;
  }
}
