package dev.amphi.composer.api;

import java.nio.ByteBuffer;

/**
 * One room's running program. Starts as a slate and never stops by itself. Thread-safe; no call
 * blocks: what the process cannot take in time is dropped, oldest first, and counted.
 */
public interface Composition extends AutoCloseable {
  /** Adds a source, or changes the name, role or codec of one with the same id. */
  void putSource(SourceSpec source);

  /** Takes a source out of the picture and the sound; unknown ids are ignored. */
  void removeSource(String sourceId);

  /** Shows initials, or silence, while a source is muted. */
  void muteSource(String sourceId, boolean muted);

  /**
   * Hands over one coded frame; the buffer is copied before the call returns. For the parameters
   * see the fields of the stage's encoded frame: ticks of 48,000 (Opus) or 90,000 per second,
   * monotonic nanoseconds of this machine, NTP nanoseconds of the sender or -1.
   */
  void frame(
      String sourceId,
      ByteBuffer payload,
      long timestampTicks,
      long arrivalNanos,
      long captureNtpNanos,
      boolean keyFrame);

  /**
   * Chooses the layout ({@code speaker, grid, presentation_pip}) and who leads, or "" for nobody.
   */
  void layout(String layout, String spotlightParticipantId);

  /** Tells who is loudest; empty for nobody. */
  void speaker(String participantId);

  /** Ends the program; the last samples still come, then {@link ProgramListener#ended}. */
  @Override
  void close();
}
