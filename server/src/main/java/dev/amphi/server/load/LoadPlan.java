package dev.amphi.server.load;

import dev.amphi.interactive.api.TrackView;
import java.net.URI;
import java.time.Duration;

/**
 * What a run is to do.
 *
 * @param origin of the node
 * @param air whether the class is put on air
 * @param removeRoom deletes the room afterwards when the run made it
 */
public record LoadPlan(
    URI origin,
    String room,
    int publishers,
    int subscribers,
    int viewers,
    Duration duration,
    int width,
    int height,
    int framesPerSecond,
    TrackView.Codec codec,
    Air air,
    boolean removeRoom) {
  /** Whether a run puts the class on air. */
  public enum Air {
    YES,
    NO,
    /** When the run made the room, nobody else will. */
    WHEN_MADE
  }

  /** Publishers beyond so many share one coder. */
  static final int OWN_CODERS = 3;

  /** Viewers who decode what they see and read the clock in it. */
  static final int WATCHING = 2;

  /** The multivariant playlist of the class. */
  URI playlist() {
    return origin.resolve("/hls/" + room + "/index.m3u8");
  }
}
