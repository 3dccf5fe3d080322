package dev.amphi.packager.thumbnails;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spells and reads a track of small pictures: WebVTT whose cues are addresses, each with the place
 * of the picture in its file (Media Fragments URI 1.0 §4.2.2), as players know it.
 *
 * <pre>
 * WEBVTT
 *
 * 00:00:05.000 --> 00:00:10.000
 * 12.jpg#xywh=0,0,256,144
 * </pre>
 */
public final class PictureTrack {
  private static final String TIME = "(\\d{2,6}):(\\d\\d):(\\d\\d)\\.(\\d{3})";
  private static final Pattern CUE =
      Pattern.compile(TIME + " --> " + TIME + "\n([^#\\s]{1,500})#xywh=0,0,(\\d{1,4}),(\\d{1,4})");

  private PictureTrack() {}

  /**
   * A whole file.
   *
   * @param header one more line of the file's head, or ""
   * @param cues in the order of their beginnings
   */
  public static String write(String header, List<PictureCue> cues) {
    StringBuilder out = new StringBuilder(96 + 96 * cues.size()).append("WEBVTT\n");
    if (!header.isEmpty()) {
      out.append(header).append('\n');
    }
    for (PictureCue cue : cues) {
      out.append('\n').append(time(cue.startMs())).append(" --> ").append(time(cue.endMs()));
      out.append('\n').append(cue.uri());
      out.append("#xywh=0,0,").append(cue.width()).append(',').append(cue.height()).append('\n');
    }
    return out.toString();
  }

  /** Reads what {@link #write} wrote; of anything else what is like it. */
  public static List<PictureCue> read(String file) {
    List<PictureCue> cues = new ArrayList<>();
    for (String block : file.strip().split("\n\n", -1)) {
      Matcher cue = CUE.matcher(block);
      if (cue.matches()) {
        cues.add(
            new PictureCue(
                millis(cue, 1),
                millis(cue, 5),
                cue.group(9),
                Integer.parseInt(cue.group(10)),
                Integer.parseInt(cue.group(11))));
      }
    }
    return cues;
  }

  private static long millis(Matcher cue, int group) {
    long minutes = Long.parseLong(cue.group(group)) * 60 + Long.parseLong(cue.group(group + 1));
    long seconds = minutes * 60 + Long.parseLong(cue.group(group + 2));
    return seconds * 1_000 + Long.parseLong(cue.group(group + 3));
  }

  private static String time(long millis) {
    StringBuilder out = new StringBuilder(16);
    padded(out, millis / 3_600_000, 10).append(':');
    padded(out, millis / 60_000 % 60, 10).append(':');
    padded(out, millis / 1000 % 60, 10).append('.');
    return padded(out, millis % 1000, 100).toString();
  }

  /** A number with zeros before it, so that it has as many digits as {@code least} at least. */
  private static StringBuilder padded(StringBuilder out, long number, int least) {
    for (int digit = least; digit > 1 && number < digit; digit /= 10) {
      out.append('0');
    }
    return out.append(number);
  }
}
