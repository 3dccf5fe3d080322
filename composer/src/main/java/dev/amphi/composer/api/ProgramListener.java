package dev.amphi.composer.api;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Takes what a composition makes; called from one thread at a time, in decode order, but for {@link
 * #quarantined} and {@link #released}, which may come on that of whoever changes a source.
 */
public interface ProgramListener {
  /**
   * A rendition's coding is known; comes before its first sample and again after each restart of
   * the process, which then is a discontinuity with a new {@code startsAt}.
   *
   * @param codecConfig the avcC box's content (ISO 14496-15), or the AudioSpecificConfig
   * @param timescale ticks per second of all times of this rendition: 90,000 or 48,000
   * @param startsAt the wall clock at the program's time zero
   * @param epoch rises with each restart of the process, from 0
   */
  void format(
      String renditionId,
      boolean video,
      int width,
      int height,
      ByteBuffer codecConfig,
      int timescale,
      Instant startsAt,
      int epoch);

  /**
   * One coded access unit: H.264 with four-byte lengths, or one AAC frame of 1,024 samples; no
   * B-frames, so that it is shown in the order it comes. A picture of a busy machine may last up to
   * eight frames. The payload is valid during the call only.
   */
  void sample(
      String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync);

  /**
   * One Opus packet of 20 ms of a mix that {@link Composition#listen} asked for. The payload is
   * valid during the call only.
   *
   * @param without the participant whose voice is left out, or ""
   * @param timeTicks in 1/48,000 s from the program's time zero
   */
  default void sound(String without, ByteBuffer payload, long timeTicks) {}

  /**
   * How loud the program is, once a second.
   *
   * @param lufs of all since the process started, gated (ITU-R BS.1770); −70 before there is
   *     anything
   */
  default void loudness(double lufs) {}

  /**
   * How the program does on its machine, once a second and when something changes.
   *
   * @param shed what it goes without
   * @param lateMillis how far its pictures were behind the clock, at most
   */
  default void load(Shed shed, long lateMillis) {}

  /**
   * The picture shows another scene; the first one comes with each start of the process.
   *
   * @param startsAt the wall clock at the program's time zero
   */
  default void scene(ShownScene scene, Instant startsAt) {}

  /**
   * A small picture of what the program shows then, every {@link ThumbnailShape#EVERY_S} seconds as
   * long as the machine has the time for it; not while anything is shed.
   *
   * @param jpeg a whole baseline JPEG of that shape, valid during the call only
   * @param timeTicks in 1/90,000 s
   * @param startsAt the wall clock at the program's time zero
   */
  default void thumbnail(ByteBuffer jpeg, ThumbnailShape shape, long timeTicks, Instant startsAt) {}

  /**
   * Decoding a source's pictures takes more than there is: they are left out for so long, and then
   * up to its next key frame. Its participant's initials stand for a camera after 3 s, a share
   * keeps its last picture. It may be told again as soon as the time is over.
   */
  default void rests(String sourceId, long millis) {}

  /** A decoder lost its way; ask the publisher for a key frame. */
  void keyFrameWanted(String sourceId);

  /**
   * The process died or hung and is being started again; the program goes on within two seconds.
   */
  void interrupted(String reason);

  /**
   * A source made the process crash or hang again and again: until it is taken out it is not
   * decoded any more, its participant's initials stand for its picture, and its sound is silence.
   * One that stands still is not shown until it brings another picture.
   */
  default void quarantined(String sourceId, String reason) {}

  /** A source is in quarantine no longer: it was taken out, or it shows another picture. */
  default void released(String sourceId) {}

  /** The program is over: nothing comes after this. */
  void ended();
}
