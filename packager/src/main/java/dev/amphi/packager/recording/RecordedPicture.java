package dev.amphi.packager.recording;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One small picture of a recording, as an address names it: by its place among all of them.
 *
 * @param offset in the file of all of them, bytes
 * @param length bytes
 */
public record RecordedPicture(String recordingId, long offset, int length) {
  /** In a file name this stands between the recording's id and the place. */
  private static final String OF = ".thumbnails.";

  private static final int LONGEST = 64 * 1024;
  private static final Pattern NAME =
      Pattern.compile("([^.]{1,200})\\.thumbnails\\.(\\d{1,15})-(\\d{1,6})\\.jpg");
  private static final int START_OF_IMAGE = 0xffd8;
  private static final int END_OF_IMAGE = 0xffd9;

  /** Reads the last word of an address; empty when it names none of these. */
  public static Optional<RecordedPicture> read(String word) {
    Matcher name = NAME.matcher(word);
    if (!name.matches()) {
      return Optional.empty();
    }
    int length = Integer.parseInt(name.group(3));
    return length < 4 || length > LONGEST
        ? Optional.empty()
        : Optional.of(new RecordedPicture(name.group(1), Long.parseLong(name.group(2)), length));
  }

  /** The last word of its address. */
  public String fileName() {
    return recordingId + OF + offset + "-" + length + ".jpg";
  }

  /** Whether bytes that were read there are one picture, as far as their ends say. */
  public boolean is(ByteBuffer bytes) {
    return bytes.remaining() == length
        && (bytes.getShort(bytes.position()) & 0xffff) == START_OF_IMAGE
        && (bytes.getShort(bytes.limit() - 2) & 0xffff) == END_OF_IMAGE;
  }
}
