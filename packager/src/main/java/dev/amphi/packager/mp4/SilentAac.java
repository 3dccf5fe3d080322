package dev.amphi.packager.mp4;

import java.util.Optional;

/**
 * AAC-LC frames that decode to silence: a raw data block of ISO 14496-3 §4.4.2.1 whose channel
 * elements have no coefficients. They fill the time in which a program made no sound.
 */
public final class SilentAac {
  private static final Bytes MONO = Bytes.fromHex("00c800802380");
  private static final Bytes STEREO = Bytes.fromHex("2100499002190023" + "80");
  private static final String LOW_COMPLEXITY = "mp4a.40.2";

  private SilentAac() {}

  /** A frame for this coding, or nothing where none is known. */
  public static Optional<Bytes> frame(TrackFormat format) {
    if (format.video() || !format.codecName().equals(LOW_COMPLEXITY)) {
      return Optional.empty();
    }
    return switch (format.channels()) {
      case 1 -> Optional.of(MONO);
      case 2 -> Optional.of(STEREO);
      default -> Optional.empty();
    };
  }
}
