package dev.amphi.interactive.room;

import dev.amphi.interactive.api.LinkSample;
import dev.amphi.interactive.api.LinkSample.Direction;
import dev.amphi.interactive.receive.ReceiverStats;
import dev.amphi.interactive.send.SenderStats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How some peer connections' streams did between two looks at their counters; a stream's first look
 * gives nothing. Runs on the room's loop.
 */
final class LinkSampler {
  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  /** RFC 3550 §6.4.1: the fraction lost is in 1/256. */
  private static final double FRACTION = 256;

  private record Counters(long bytes, long packets, long lost) {}

  private Map<Object, Counters> before = new HashMap<>();
  private Map<Object, Counters> now = new HashMap<>();
  private long lookedAtNanos;

  List<LinkSample> sample(List<MediaSession> sessions, long nowNanos) {
    double seconds = (nowNanos - lookedAtNanos) / NANOS;
    List<LinkSample> samples = new ArrayList<>();
    for (MediaSession session : sessions) {
      for (MediaTrack track : session.publications().tracks().values()) {
        for (Encoding encoding : track.streams()) {
          up(track, encoding, seconds, samples);
        }
      }
      for (Slot slot : session.slots().all()) {
        down(slot, seconds, samples);
      }
    }
    Map<Object, Counters> old = before;
    before = now;
    now = old;
    now.clear();
    lookedAtNanos = nowNanos;
    return samples;
  }

  private void up(MediaTrack track, Encoding encoding, double seconds, List<LinkSample> samples) {
    ReceiverStats stats = encoding.receiver().stats();
    Counters after = new Counters(stats.bytes(), stats.packets(), stats.lost());
    Counters gone = since(encoding, after);
    if (gone != null && gone.packets > 0) {
      double lost = Math.max(0, gone.lost);
      samples.add(
          new LinkSample(
              Direction.UP,
              track.view().kind(),
              encoding.rid(),
              gone.bytes * 8 / seconds,
              lost / (lost + gone.packets),
              1000.0 * stats.jitterTicks() / track.view().codec().clockRate(),
              -1));
    }
  }

  private void down(Slot slot, double seconds, List<LinkSample> samples) {
    SenderStats stats = slot.sender().stats();
    Counters gone = since(slot.sender(), new Counters(stats.bytes(), stats.packets(), 0));
    if (gone != null && gone.packets > 0) {
      samples.add(
          new LinkSample(
              Direction.DOWN,
              slot.kind(),
              "",
              gone.bytes * 8 / seconds,
              stats.fractionLost() / FRACTION,
              -1,
              stats.roundTripNanos() < 0 ? -1 : stats.roundTripNanos() / NANOS_PER_MILLI));
    }
  }

  private @Nullable Counters since(Object stream, Counters after) {
    now.put(stream, after);
    Counters first = before.get(stream);
    return first == null
        ? null
        : new Counters(
            after.bytes - first.bytes, after.packets - first.packets, after.lost - first.lost);
  }
}
