package dev.amphi.packager.recording;

import dev.amphi.packager.api.TrackComposer;
import java.util.Optional;

/** The files of a recording that people may have. */
public enum RecordedFile {
  /** All of it. */
  MOVIE("recording.mp4", ".mp4", "video/mp4"),
  /** What was said in it. */
  CAPTIONS("captions.vtt", ".vtt", "text/vtt; charset=utf-8"),
  /** A part of it. */
  TRIMMED("trimmed.mp4", ".trimmed.mp4", "video/mp4"),
  /** What was said in that. */
  TRIMMED_CAPTIONS("trimmed.vtt", ".trimmed.vtt", "text/vtt; charset=utf-8"),
  /** What it shows in small, and where. */
  THUMBNAILS("thumbnails.vtt", ".thumbnails.vtt", "text/vtt; charset=utf-8"),
  /** All these small pictures behind each other. */
  PICTURES("thumbnails.mjpeg", ".thumbnails.mjpeg", "video/x-mjpeg"),
  /** One of them, which stands for the whole. */
  POSTER("poster.jpg", ".jpg", "image/jpeg"),
  /** What its part shows in small; the pictures are those of the whole. */
  TRIMMED_THUMBNAILS(
      "trimmed.thumbnails.vtt", ".trimmed.thumbnails.vtt", "text/vtt; charset=utf-8"),
  /** The shared screens of it alone. */
  SLIDES("slides.mp4", ".slides.mp4", "video/mp4"),
  /** Who teaches in it alone. */
  TEACHER("teacher.mp4", ".teacher.mp4", "video/mp4");

  private final String fileName;
  private final String suffix;
  private final String contentType;

  RecordedFile(String fileName, String suffix, String contentType) {
    this.fileName = fileName;
    this.suffix = suffix;
    this.contentType = contentType;
  }

  /** Which one an address asks for, and of which recording. */
  public record Asked(String recordingId, RecordedFile file) {}

  /** Reads the last word of an address; empty when it names none of these. */
  public static Optional<Asked> read(String word) {
    int dot = word.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    for (RecordedFile file : values()) {
      if (word.substring(dot).equals(file.suffix)) {
        return Optional.of(new Asked(word.substring(0, dot), file));
      }
    }
    return Optional.empty();
  }

  /** Where it is, below {@code /api}'s host. */
  String url(String roomId, String recordingId) {
    return "/api/rooms/" + roomId + "/recordings/" + recordingId + suffix;
  }

  /** What is composed again of its tracks to show that. */
  static RecordedFile of(TrackComposer.Show show) {
    return switch (show) {
      case SLIDES -> SLIDES;
      case TEACHER -> TEACHER;
    };
  }

  /** What it shows, where it was composed again of the tracks. */
  Optional<TrackComposer.Show> show() {
    for (TrackComposer.Show show : TrackComposer.Show.values()) {
      if (this == of(show)) {
        return Optional.of(show);
      }
    }
    return Optional.empty();
  }

  /** Whether it is there only as long as the recording has a part. */
  boolean isOfPart() {
    return this == TRIMMED || this == TRIMMED_CAPTIONS || this == TRIMMED_THUMBNAILS;
  }

  /** What it is called in its recording's folder. */
  String fileName() {
    return fileName;
  }

  /** What comes behind the recording's id where it is offered to people. */
  public String suffix() {
    return suffix;
  }

  /** The media type. */
  public String contentType() {
    return contentType;
  }
}
