package dev.amphi.packager.recording;

import dev.amphi.packager.webm.TrackCodec;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of single participants' tracks that people may have.
 *
 * @param fileName what it is called in its recording's folder
 * @param contentType the media type
 */
public record TrackFile(String fileName, String contentType) {
  /** What the tracks are, and where they stand in the movie. */
  public static final TrackFile LIST =
      new TrackFile(RecordingFolder.TRACKS_LIST, "application/json");

  private static final Pattern NUMBERED = Pattern.compile("[1-9][0-9]{0,3}\\.[a-z]{1,4}");

  /** Reads the last word of an address, as {@code 3.webm}; empty when it names no track. */
  public static Optional<TrackFile> read(String word) {
    if (!NUMBERED.matcher(word).matches()) {
      return Optional.empty();
    }
    String suffix = word.substring(word.indexOf('.'));
    for (TrackCodec codec : TrackCodec.values()) {
      if (codec.suffix().equals(suffix)) {
        return Optional.of(new TrackFile("track-" + word, "video/" + codec.subtype()));
      }
    }
    return Optional.empty();
  }
}
