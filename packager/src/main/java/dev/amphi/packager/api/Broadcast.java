package dev.amphi.packager.api;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * One room's program on its way to the audience and to the recording. Confined to one caller at a
 * time; no call blocks on a disk.
 */
public interface Broadcast extends AutoCloseable {
  /**
   * Declares a rendition, or a discontinuity when it is known already.
   *
   * @param video false for the one audio rendition
   * @param width pixels, 0 for sound
   * @param height pixels, 0 for sound
   * @param bitrateBps declared as BANDWIDTH's base
   * @param codecConfig avcC content or AudioSpecificConfig; copied
   * @param timescale ticks per second of this rendition's times
   * @param startsAt wall clock at time zero, for PROGRAM-DATE-TIME
   */
  void format(
      String renditionId,
      boolean video,
      int width,
      int height,
      int bitrateBps,
      ByteBuffer codecConfig,
      int timescale,
      Instant startsAt);

  /** Takes one coded access unit, see the composer's sample; the payload is copied. */
  void sample(
      String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync);

  /**
   * Whoever made the program is gone: the open segments end where they are, and the time until the
   * next {@link #format} is told as missing (EXT-X-GAP).
   */
  default void interrupted() {}

  /**
   * Switches the recording. On: from the next segment start on, not a byte before. Off: the
   * recording is finished and becomes an MP4.
   */
  CompletionStage<RecordingView> recording(boolean on);

  /**
   * Keeps tracks of single participants beside the recording that runs, from now on and until it
   * ends; they pause with it. Nothing is kept where nothing is recorded.
   *
   * @return takes their frames from any thread
   */
  default TrackSink tracks() {
    return TrackSink.NONE;
  }

  /**
   * Pauses the recording that runs, or lets it go on: of what comes meanwhile not a byte is kept,
   * and in the MP4 its time is not there. Going on begins at the next segment, as a recording does.
   * Nothing where nothing is recorded.
   */
  default void paused(boolean on) {}

  /**
   * Says that something new begins in the class; kept where it is being recorded.
   *
   * @param at wall clock, as the program's
   * @param title one line, for people
   */
  default void chapter(Instant at, String title) {}

  /**
   * Says that something happens in the class from now on, until the next of its kind does: it is
   * listed with the media (EXT-X-DATERANGE).
   *
   * @param type a name in reverse-DNS order, for example {@code dev.amphi.slide}
   * @param at wall clock of the program
   * @param title one line, for people
   */
  default void happens(String type, Instant at, String title) {}

  /**
   * Captions the class.
   *
   * @param from wall clock of the program
   * @param until at most 30 s later
   * @param text up to 500 characters without markup
   * @return false when there are too many cues already
   * @throws IllegalArgumentException when nobody could read it; says why
   */
  default boolean caption(Instant from, Instant until, String text) {
    return false;
  }

  /**
   * Shows the program in small, for who looks for a moment; kept where it is being recorded.
   *
   * @param at wall clock of the program
   * @param width pixels, as {@code height}
   * @param jpeg a whole file that its maker's word was not taken for; copied
   */
  default void thumbnail(Instant at, int width, int height, ByteBuffer jpeg) {}

  /**
   * Says what the program's picture shows from now on; kept where it is being recorded, and told
   * again to a recording that is switched on later.
   *
   * @param line one JSON object on one line
   */
  default void scene(String line) {}

  /**
   * Ends this node's part of a class that goes on, after a restart or on another node: the
   * recording is finished and becomes an MP4, but the playlists get no ENDLIST, after which no
   * player would ask again.
   */
  void suspend();

  /** Ends the class: the playlists get ENDLIST, the recording is finished and becomes an MP4. */
  @Override
  void close();
}
