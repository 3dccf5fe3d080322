package dev.amphi.packager.origin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one immutable file of a rendition. Names are recognised, never joined to a path.
 *
 * <pre>
 * init-0.mp4   12.m4s   12.3.m4s   12.now.m4s   12.vtt   12.jpg
 * </pre>
 */
public sealed interface MediaName {
  /** A header. */
  record Init(int index) implements MediaName {
    @Override
    public String fileName() {
      return "init-" + index + ".mp4";
    }
  }

  /** A whole segment. */
  record WholeSegment(long msn) implements MediaName {
    @Override
    public String fileName() {
      return msn + ".m4s";
    }
  }

  /** A part of a segment. */
  record SegmentPart(long msn, int part) implements MediaName {
    @Override
    public String fileName() {
      return msn + "." + part + ".m4s";
    }
  }

  /** A segment that may be asked for while it is being made. */
  record GrowingSegment(long msn) implements MediaName {
    /** Its name in a description by numbers (ISO 23009-1 §5.3.9.4.4). */
    public static final String TEMPLATE = "$Number$.now.m4s";

    @Override
    public String fileName() {
      return msn + ".now.m4s";
    }
  }

  /** The captions of a segment. */
  record Captions(long msn) implements MediaName {
    @Override
    public String fileName() {
      return msn + ".vtt";
    }
  }

  /** A small picture of the program. */
  record Picture(long number) implements MediaName {
    @Override
    public String fileName() {
      return number + ".jpg";
    }
  }

  Pattern PICTURE = Pattern.compile("([0-9]{1,15})\\.jpg");
  Pattern CAPTIONS = Pattern.compile("([0-9]{1,15})\\.vtt");
  Pattern INIT = Pattern.compile("init-([0-9]{1,6})\\.mp4");
  Pattern GROWING = Pattern.compile("([0-9]{1,15})\\.now\\.m4s");
  Pattern MEDIA = Pattern.compile("([0-9]{1,15})(?:\\.([0-9]{1,4}))?\\.m4s");

  /** The name as it stands in playlists. */
  String fileName();

  /** Recognises a name. */
  static Optional<MediaName> parse(String fileName) {
    Matcher init = INIT.matcher(fileName);
    if (init.matches()) {
      return Optional.of(new Init(Integer.parseInt(init.group(1))));
    }
    Matcher captions = CAPTIONS.matcher(fileName);
    if (captions.matches()) {
      return Optional.of(new Captions(Long.parseLong(captions.group(1))));
    }
    Matcher picture = PICTURE.matcher(fileName);
    if (picture.matches()) {
      return Optional.of(new Picture(Long.parseLong(picture.group(1))));
    }
    Matcher growing = GROWING.matcher(fileName);
    if (growing.matches()) {
      return Optional.of(new GrowingSegment(Long.parseLong(growing.group(1))));
    }
    Matcher media = MEDIA.matcher(fileName);
    if (!media.matches()) {
      return Optional.empty();
    }
    long msn = Long.parseLong(media.group(1));
    return Optional.of(
        media.group(2) == null
            ? new WholeSegment(msn)
            : new SegmentPart(msn, Integer.parseInt(media.group(2))));
  }
}
