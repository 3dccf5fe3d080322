package dev.amphi.interactive.api;

import java.util.Locale;

/**
 * One published source as others see it.
 *
 * @param id unique in the room, stable while the track lives
 * @param muted the publisher, or a moderator, silenced it
 */
public record TrackView(
    String id, String participantId, Kind kind, Source source, Codec codec, boolean muted) {
  /** Sound or picture. */
  public enum Kind {
    AUDIO,
    VIDEO;

    /** The name used in JSON and SDP. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the track shows. */
  public enum Source {
    MICROPHONE,
    CAMERA,
    SCREEN,
    SCREEN_AUDIO;

    /** The name used in JSON. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The coding that arrives from the publisher. */
  public enum Codec {
    OPUS(48_000),
    VP8(90_000),
    H264(90_000),
    VP9(90_000),
    AV1(90_000);

    private final int clockRate;

    Codec(int clockRate) {
      this.clockRate = clockRate;
    }

    /** RTP clock, ticks per second. */
    public int clockRate() {
      return clockRate;
    }
  }
}
