package dev.amphi.interactive.room;

import dev.amphi.interactive.api.LinkSample;
import dev.amphi.interactive.api.LinkSample.Direction;
import dev.amphi.interactive.api.TrackView.Kind;
import java.util.List;
import java.util.Locale;

/** How well a participant's link does, as people are told. */
enum LinkQuality {
  /** Something is lost or late all the time: others notice. */
  POOR,
  /** Retransmission copes, mostly. */
  WEAK,
  GOOD;

  private static final double WEAK_LOSS = 0.02;
  private static final double POOR_LOSS = 0.08;
  private static final double WEAK_ROUND_TRIP_MILLIS = 300;
  private static final double POOR_ROUND_TRIP_MILLIS = 700;
  private static final double WEAK_JITTER_MILLIS = 60;
  private static final double POOR_JITTER_MILLIS = 200;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The worst of what a participant's streams show; good when there is none. */
  static LinkQuality of(List<LinkSample> streams) {
    LinkQuality worst = GOOD;
    for (LinkSample stream : streams) {
      worst = worse(worst, grade(stream.lossFraction(), WEAK_LOSS, POOR_LOSS));
      worst =
          worse(
              worst,
              grade(stream.roundTripMillis(), WEAK_ROUND_TRIP_MILLIS, POOR_ROUND_TRIP_MILLIS));
      // Large pictures leave in bursts: the jitter of video says more of the encoder than of the
      // link.
      if (stream.direction() == Direction.UP && stream.kind() == Kind.AUDIO) {
        worst = worse(worst, grade(stream.jitterMillis(), WEAK_JITTER_MILLIS, POOR_JITTER_MILLIS));
      }
    }
    return worst;
  }

  static LinkQuality worse(LinkQuality a, LinkQuality b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static LinkQuality grade(double value, double weak, double poor) {
    return value >= poor ? POOR : value >= weak ? WEAK : GOOD;
  }
}
