package dev.amphi.interactive.api;

import dev.amphi.interactive.api.TrackView.Kind;

/**
 * One coded stream of a room's program, as those take it who watch over WebRTC.
 *
 * @param name a picture's rendition, as {@code 720p}; a sound's participant who is left out of it,
 *     or "" when nobody is
 */
public record ProgramStream(Kind kind, String name) {
  /** What everybody hears. */
  public static final ProgramStream SOUND = new ProgramStream(Kind.AUDIO, "");

  /** The picture in one size. */
  public static ProgramStream picture(String rendition) {
    return new ProgramStream(Kind.VIDEO, rendition);
  }

  /** The sound without one participant's own voice (mix-minus). */
  public static ProgramStream soundWithout(String participantId) {
    return new ProgramStream(Kind.AUDIO, participantId);
  }
}
