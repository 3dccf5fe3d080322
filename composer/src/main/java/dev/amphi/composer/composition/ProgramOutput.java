package dev.amphi.composer.composition;

import dev.amphi.composer.api.Shed;
import dev.amphi.composer.api.ShownScene;
import dev.amphi.composer.load.Strain;
import java.nio.ByteBuffer;

/** Takes what a program makes; called from several threads, so it is thread-safe. */
public interface ProgramOutput {
  /** A rendition's coding; comes before its samples. */
  void format(
      String renditionId, boolean video, int width, int height, ByteBuffer config, int timescale);

  /**
   * One coded access unit; the payload is valid during the call. A picture may last several frames,
   * but not beyond its part of eight.
   */
  void sample(
      String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync);

  /**
   * One Opus packet of 20 ms of a mix that is listened to.
   *
   * @param without the participant who is left out of it, or ""
   * @param timeTicks in 1/48,000 s
   */
  void sound(String without, ByteBuffer payload, long timeTicks);

  /**
   * How loud the program is, once a second.
   *
   * @param lufs of all since it began, gated (ITU-R BS.1770); −70 before there is anything
   */
  void loudness(double lufs);

  /**
   * How the program does, once a second and when something changes.
   *
   * @param lateNanos how far its pictures were behind the clock since this was told last, at most
   */
  default void load(Shed shed, long lateNanos) {}

  /** The program goes without something else from now on, for that reason. */
  default void shedding(Shed now, Strain strain) {}

  /** The picture shows another scene. */
  default void scene(ShownScene scene) {}

  /**
   * A small JPEG of what the program shows then; the bytes are valid during the call.
   *
   * @param timeTicks in 1/90,000 s
   */
  default void thumbnail(ByteBuffer jpeg, long timeTicks) {}

  /** Somebody has been told by name and role, to the end. */
  default void introduced(String participantId) {}

  /** A source can only be decoded again from a key frame on. */
  void keyFrameWanted(String sourceId);
}
