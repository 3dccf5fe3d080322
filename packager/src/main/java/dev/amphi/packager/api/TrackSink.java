package dev.amphi.packager.api;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Takes the coded frames of single participants as they came, to be kept beside the recording.
 * Thread-safe; no call blocks.
 */
public interface TrackSink {
  /** Keeps nothing. */
  TrackSink NONE =
      new TrackSink() {
        @Override
        public void frame(Source source, ByteBuffer payload, Instant at, boolean keyFrame) {}

        @Override
        public void cut(String sourceId) {}
      };

  /**
   * Something that a participant publishes.
   *
   * @param id unique in the recording, stable while it is published
   * @param name for people
   * @param kind {@code microphone, camera, screen} or {@code screen_audio}
   * @param codec {@code opus, vp8, vp9, av1} or {@code h264}
   * @param role of the participant when it begins, as {@code instructor}
   */
  record Source(
      String id, String participantId, String name, String kind, String codec, String role) {}

  /**
   * Takes one frame.
   *
   * @param payload one VP8 or VP9 frame, an AV1 temporal unit, an H.264 access unit in Annex B form
   *     or an Opus packet; copied
   * @param at wall clock of the program at which it is seen or heard
   * @param keyFrame whether decoding can start here
   */
  void frame(Source source, ByteBuffer payload, Instant at, boolean keyFrame);

  /** Whether nothing is kept any more, though nobody ended it: its disk was full, or too slow. */
  default boolean isOver() {
    return false;
  }

  /** What comes next of a source does not follow what came: pictures begin with a key frame. */
  void cut(String sourceId);
}
