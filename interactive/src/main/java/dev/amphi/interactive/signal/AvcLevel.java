package dev.amphi.interactive.signal;

import dev.amphi.interactive.api.TrackView.Codec;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * H.264's levels, which say how large pictures a decoder takes and how many of them (H.264 table
 * A-1), and where SDP tells one: the last two digits of profile-level-id (RFC 6184 §8.1). Browsers
 * offer 3.1, which is 1280×720 at 30; what is sent must not need more. A level is written as ten
 * times its number.
 */
public final class AvcLevel {
  private static final int MACROBLOCK = 16;
  private static final Pattern PROFILE_LEVEL =
      Pattern.compile(
          "(profile-level-id=\\p{XDigit}{4})(\\p{XDigit}{2})", Pattern.CASE_INSENSITIVE);

  /**
   * One row of the table.
   *
   * @param perSecond macroblocks a second, at most
   * @param size macroblocks a picture, at most
   */
  private record Row(int level, int perSecond, int size) {}

  private static final List<Row> TABLE =
      List.of(
          new Row(10, 1_485, 99),
          new Row(11, 3_000, 396),
          new Row(12, 6_000, 396),
          new Row(13, 11_880, 396),
          new Row(21, 19_800, 792),
          new Row(22, 20_250, 1_620),
          new Row(30, 40_500, 1_620),
          new Row(31, 108_000, 3_600),
          new Row(32, 216_000, 5_120),
          new Row(40, 245_760, 8_192),
          new Row(42, 522_240, 8_704),
          new Row(50, 589_824, 22_080),
          new Row(51, 983_040, 36_864),
          new Row(52, 2_073_600, 36_864));

  private AvcLevel() {}

  /** The least level that allows such pictures, by their size in pixels. */
  public static int needed(int width, int height, int framesPerSecond) {
    long size = (long) blocks(width) * blocks(height);
    return TABLE.stream()
        .filter(row -> size <= row.size() && size * framesPerSecond <= row.perSecond())
        .findFirst()
        .orElse(TABLE.getLast())
        .level();
  }

  private static int blocks(int pixels) {
    return (pixels + MACROBLOCK - 1) / MACROBLOCK;
  }

  /** Up to which level the far side takes H.264 there; 0 when it does not. */
  public static int of(Outgoing section) {
    return section
        .format(Codec.H264)
        .map(format -> PROFILE_LEVEL.matcher(format.parameters()))
        .filter(Matcher::find)
        .map(found -> Integer.parseInt(found.group(2), 16))
        .orElse(0);
  }

  /**
   * The offer as of somebody who takes that level at least: who asks for a larger picture by its
   * name. The answer then says what is sent (RFC 6184 §8.2.2).
   */
  public static SessionDescription raised(SessionDescription offer, int level) {
    return new SessionDescription(
        offer.attributes(),
        offer.sections().stream().map(section -> raised(section, level)).toList());
  }

  private static MediaDescription raised(MediaDescription section, int level) {
    return new MediaDescription(
        section.media(),
        section.port(),
        section.protocol(),
        section.formats(),
        section.mid(),
        new SdpAttributes(
            section.attributes().lines().stream()
                .map(line -> line.name().equals("fmtp") ? raised(line, level) : line)
                .toList()));
  }

  private static SdpAttribute raised(SdpAttribute line, int level) {
    String value =
        PROFILE_LEVEL
            .matcher(line.value())
            .replaceAll(
                found ->
                    Integer.parseInt(found.group(2), 16) < level
                        ? found.group(1) + String.format(Locale.ROOT, "%02x", level)
                        : found.group());
    return new SdpAttribute(line.name(), value);
  }
}
