package dev.amphi.packager.push;

import java.util.Arrays;

/**
 * How the samples of one track are coded.
 *
 * @param width in pixels; 0 for sound, as height
 * @param bitrateBps what it is coded for
 * @param config the avcC box's content (ISO 14496-15 §5.3.3), or the AudioSpecificConfig (ISO
 *     14496-3 §1.6); never changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by sameConfig alone
public record CodedFormat(boolean video, int width, int height, int bitrateBps, byte[] config) {
  /** Whether a decoder may go on without being told. */
  public boolean sameConfig(CodedFormat other) {
    return Arrays.equals(config, other.config);
  }
}
