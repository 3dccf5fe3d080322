package dev.amphi.packager.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recording as the REST surface shows it.
 *
 * @param state {@code recording, processing, ready} or {@code failed}
 * @param durationS seconds recorded so far
 * @param url the MP4's path below {@code /api}, empty until ready
 * @param detail what went wrong, also where it is ready; empty otherwise
 * @param chapters in order; there when it is ready
 * @param onDisk what is kept of it; null before anything is
 * @param paused whether nothing is recorded for now, until it goes on
 * @param trim a part of it, beside it; null where there is none
 * @param captionsUrl the WebVTT file's path below {@code /api}, empty where nothing was captioned
 * @param small what shows it in small; null where nothing does
 * @param compositions what was composed again of its tracks, or is to be
 */
public record RecordingView(
    String id,
    String roomId,
    String state,
    double durationS,
    String url,
    String detail,
    List<Chapter> chapters,
    @Nullable Kept onDisk,
    boolean paused,
    @Nullable Trim trim,
    String captionsUrl,
    @Nullable Pictures small,
    List<Composition> compositions) {

  /**
   * How a recording is kept.
   *
   * @param startedAt wall clock
   * @param held whether a legal hold forbids that it is erased
   * @param encrypted whether its media cannot be read without a master key
   * @param expiresAt when it is erased by itself; null for never
   * @param stored whether the object store has it; null where there is none
   * @param title what people call it; "" where nobody gave it a name
   * @param published whether those who do not moderate may see it
   */
  public record Kept(
      Instant startedAt,
      boolean held,
      boolean encrypted,
      @Nullable Instant expiresAt,
      @Nullable Stored stored,
      String title,
      boolean published) {}

  /**
   * Where a recording is.
   *
   * @param state {@code local}: on the node's disk; {@code uploading}; or {@code stored}: all of it
   *     in the object store, compared
   * @param detail why it is not there yet; empty where all goes well
   */
  public record Stored(String state, String detail) {}

  /**
   * A part of a recording, cut at a picture that can be decoded by itself.
   *
   * @param fromS where it begins in the whole, seconds
   * @param url the MP4's path, as {@code captionsUrl}, which is empty where nothing was said
   * @param chapters in order, from its own beginning
   * @param thumbnailsUrl the track of small pictures, empty where there is none
   */
  public record Trim(
      double fromS,
      double durationS,
      String url,
      String captionsUrl,
      List<Chapter> chapters,
      String thumbnailsUrl) {
    public Trim {
      chapters = List.copyOf(chapters);
    }
  }

  /**
   * What shows a recording in small.
   *
   * @param thumbnailsUrl a WebVTT file whose cues are addresses of pictures
   * @param posterUrl a JPEG
   */
  public record Pictures(String thumbnailsUrl, String posterUrl) {}

  /**
   * A class composed again of the tracks of its recording.
   *
   * @param show as {@code slides}
   * @param state {@code processing, ready} or {@code failed}
   * @param durationS 0 until it is ready
   * @param url the MP4's path below {@code /api}, empty until it is ready
   * @param detail what went wrong, also where it is ready; empty otherwise
   */
  public record Composition(
      String show, String state, double durationS, String url, String detail) {}

  public RecordingView {
    chapters = List.copyOf(chapters);
    compositions = List.copyOf(compositions);
  }

  /** Before it is known what is kept of it. */
  public RecordingView(
      String id,
      String roomId,
      String state,
      double durationS,
      String url,
      String detail,
      List<Chapter> chapters) {
    this(
        id, roomId, state, durationS, url, detail, chapters, null, false, null, "", null,
        List.of());
  }

  /** Without chapters. */
  public RecordingView(
      String id, String roomId, String state, double durationS, String url, String detail) {
    this(id, roomId, state, durationS, url, detail, List.of());
  }

  /** The same recording, kept like this. */
  public RecordingView kept(Kept now) {
    return new RecordingView(
        id,
        roomId,
        state,
        durationS,
        url,
        detail,
        chapters,
        now,
        paused,
        trim,
        captionsUrl,
        small,
        compositions);
  }

  /** The same recording, with captions there. */
  public RecordingView captioned(String captions) {
    return new RecordingView(
        id,
        roomId,
        state,
        durationS,
        url,
        detail,
        chapters,
        onDisk,
        paused,
        trim,
        captions,
        small,
        compositions);
  }

  /** The same recording, shown in small by these. */
  public RecordingView pictured(Pictures pictures) {
    return new RecordingView(
        id,
        roomId,
        state,
        durationS,
        url,
        detail,
        chapters,
        onDisk,
        paused,
        trim,
        captionsUrl,
        pictures,
        compositions);
  }

  /** What shows it in small. */
  public Optional<Pictures> pictures() {
    return Optional.ofNullable(small);
  }

  /** The same recording with this part beside it, or with none. */
  public RecordingView trimmed(@Nullable Trim part) {
    return new RecordingView(
        id,
        roomId,
        state,
        durationS,
        url,
        detail,
        chapters,
        onDisk,
        paused,
        part,
        captionsUrl,
        small,
        compositions);
  }

  /** The part of it that there is. */
  public Optional<Trim> part() {
    return Optional.ofNullable(trim);
  }

  /** The same recording, paused or not. */
  public RecordingView paused(boolean on) {
    return new RecordingView(
        id,
        roomId,
        state,
        durationS,
        url,
        detail,
        chapters,
        onDisk,
        on,
        trim,
        captionsUrl,
        small,
        compositions);
  }

  /** The same recording with these compositions beside it. */
  public RecordingView composed(List<Composition> now) {
    return new RecordingView(
        id,
        roomId,
        state,
        durationS,
        url,
        detail,
        chapters,
        onDisk,
        paused,
        trim,
        captionsUrl,
        small,
        now);
  }

  /** How it is kept, once anything is. */
  public Optional<Kept> kept() {
    return Optional.ofNullable(onDisk);
  }
}
