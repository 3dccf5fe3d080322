package dev.amphi.composer.api;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/**
 * One room's running program. Starts as a slate and never stops by itself. Thread-safe; no call
 * blocks: what the process cannot take in time is dropped, oldest first, and counted.
 */
public interface Composition extends AutoCloseable {
  /** The director chooses the layout, as long as none is pinned. */
  String AUTO = "auto";

  /** What {@link Arrangement#layout} may be. */
  List<String> LAYOUTS =
      List.of(
          AUTO,
          "speaker",
          "presentation_pip",
          "presentation_side",
          "side_by_side",
          "grid",
          "presentation");

  /** That of everybody, and four with one participant left out. */
  int MOST_MIXES = 5;

  /** Adds a source, or changes the name, role or codec of one with the same id. */
  void putSource(SourceSpec source);

  /**
   * Takes a source out of the picture and the sound, and out of quarantine; unknown ids are
   * ignored.
   */
  void removeSource(String sourceId);

  /**
   * Takes a source out that stays with its participant and is put again, as after a break: what is
   * in quarantine comes back so.
   */
  void restSource(String sourceId);

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
   * Shows another picture of a source whose codec is {@code STILL}, which has been put before.
   *
   * @param page what it is a picture of: one page in several sizes has one name; "" is of nothing
   *     else than itself
   * @param width pixels, even, at most 4,096
   * @param height the same
   * @param packed its planes, deflated, as {@code codec.PackedPicture} makes them; copied
   * @throws IllegalArgumentException when they are too long for a message of 4 MiB
   */
  void still(String sourceId, String page, int width, int height, ByteBuffer packed);

  /** A picture that there is in one size only. */
  default void still(String sourceId, int width, int height, ByteBuffer packed) {
    still(sourceId, "", width, height, packed);
  }

  /** Changes what is drawn over a source's picture. */
  void ink(InkChange change);

  /** Chooses layout, spotlight and who is hidden. */
  void arrange(Arrangement arrangement);

  /** Chooses one of {@link #LAYOUTS} and who leads, or "" for nobody; hides nobody. */
  default void layout(String layout, String spotlightParticipantId) {
    arrange(new Arrangement(layout, spotlightParticipantId, Set.of()));
  }

  /** Says what is shown while nobody is in the picture; {@code BEGINS} until the first call. */
  void slate(Slate slate);

  /** Tells who is loudest; empty for nobody. */
  void speaker(String participantId);

  /**
   * Says which mixes are listened to in real time, beside the broadcast's sound; {@link
   * ProgramListener#sound} then brings them until another call.
   *
   * @param mixes at most {@link #MOST_MIXES}; each is named by the participant whose voice is left
   *     out of it, "" leaves nobody out
   */
  void listen(Set<String> mixes);

  /**
   * Ends the program, after {@code ENDED} was told not before it was seen for {@link
   * Slate#FAREWELL_NANOS}; the last samples still come, then {@link ProgramListener#ended}.
   */
  @Override
  void close();
}
