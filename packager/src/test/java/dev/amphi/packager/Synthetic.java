package dev.amphi.packager;

import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.Sample;
import dev.amphi.packager.mp4.TrackFormat;

/** Small samples with the times of a real program, for tests that decode nothing. */
public final class Synthetic {
  public static final TrackFormat PICTURE =
      new TrackFormat(
          true,
          1280,
          720,
          2_500_000,
          Bytes.fromHex("0164001fffe1000467640 01f01000268ee".replace(" ", "")),
          90_000);
  public static final TrackFormat SOUND =
      new TrackFormat(false, 0, 0, 128_000, Bytes.fromHex("1190"), 48_000);
  public static final int PICTURES_PER_SEGMENT = 48;

  private Synthetic() {}

  /** The n-th picture of thirty a second. */
  public static Sample picture(int n) {
    boolean sync = n % PICTURES_PER_SEGMENT == 0;
    return new Sample(Bytes.fromHex("0000000265" + hex(n)), n * 3000L, 3000, sync);
  }

  /** The n-th AAC frame. */
  public static Sample sound(int n) {
    return new Sample(Bytes.fromHex("21" + hex(n)), n * 1024L, 1024, true);
  }

  private static String hex(int n) {
    return String.format(java.util.Locale.ROOT, "%02x", n & 0xff);
  }
}
