package dev.amphi.interactive.client;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Source;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a client sends and how much it can receive.
 *
 * @param publish each source with its codec; OPUS for sound, VP8 or H264 for pictures
 * @param audioSlots sounds that it can receive at a time
 * @param videoSlots pictures that it can receive at a time, VP8 or H.264
 */
public record MediaPlan(Map<Source, Codec> publish, int audioSlots, int videoSlots) {
  public MediaPlan {
    EnumMap<Source, Codec> copy = new EnumMap<>(Source.class);
    copy.putAll(publish);
    copy.forEach(
        (source, codec) -> {
          boolean sound = source == Source.MICROPHONE || source == Source.SCREEN_AUDIO;
          if (sound != (codec == Codec.OPUS)) {
            throw new IllegalArgumentException("A " + source + " cannot be coded as " + codec);
          }
        });
    publish = Collections.unmodifiableMap(copy);
  }

  /** Sends a microphone and a camera, receives nothing. */
  public static MediaPlan sending(Codec video) {
    return new MediaPlan(Map.of(Source.MICROPHONE, Codec.OPUS, Source.CAMERA, video), 0, 0);
  }

  /** Only receives. */
  public static MediaPlan receiving(int audioSlots, int videoSlots) {
    return new MediaPlan(Map.of(), audioSlots, videoSlots);
  }

  /** The same with slots. */
  public MediaPlan withSlots(int audio, int video) {
    return new MediaPlan(publish, audio, video);
  }
}
