package dev.amphi.interactive.send;

import dev.amphi.interactive.api.TrackView.Codec;
import java.util.EnumMap;
import java.util.Map;

/** What runs on in a slot, whatever it shows and over whichever path: its numbers and times. */
final class StreamLine {
  private final Timeline timeline = new Timeline();
  private final Map<Codec, Continuity> continuities = new EnumMap<>(Codec.class);

  Timeline timeline() {
    return timeline;
  }

  /** What runs on inside the packets of a codec. */
  Continuity continuity(Codec codec) {
    return continuities.computeIfAbsent(codec, StreamLine::create);
  }

  private static Continuity create(Codec codec) {
    return switch (codec) {
      case VP8 -> new Vp8Continuity();
      case VP9 -> new Vp9Continuity();
      case AV1 -> new Av1Continuity();
      case OPUS, H264 -> new PlainContinuity();
    };
  }
}
