package dev.amphi.interactive.room;

import dev.amphi.interactive.api.PathSample;
import dev.amphi.interactive.api.RoomCounter;
import dev.amphi.interactive.api.RoomSample;
import dev.amphi.interactive.api.StageMeter.Way;
import dev.amphi.interactive.bandwidth.BandwidthStats;
import dev.amphi.interactive.sctp.DataChannels;
import dev.amphi.interactive.sctp.SctpStats;
import dev.amphi.interactive.send.RtpSender;
import dev.amphi.interactive.send.SenderStats;
import dev.amphi.interactive.transport.TransportStats;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How a room's paths stand, and what they counted between two looks. What ended in between is read
 * once more, so that nothing is lost but what began and ended between two looks. Runs on the room's
 * loop.
 */
final class PathSampler {
  /** What one part of a room counted since its beginning. */
  private record Part(Supplier<Map<RoomCounter, Long>> counters, Map<RoomCounter, Long> counted) {
    /** As it is now; the growth is added to {@code sum}. */
    Part readAgain(Map<RoomCounter, Long> sum) {
      Map<RoomCounter, Long> now = counters.get();
      now.forEach(
          (counter, value) -> {
            long growth = value - counted.getOrDefault(counter, 0L);
            if (growth > 0) {
              sum.merge(counter, growth, Long::sum);
            }
          });
      return new Part(counters, now);
    }
  }

  private final Room room;
  private final LinkSampler streams = new LinkSampler();
  private Map<Object, Part> parts = new HashMap<>();

  PathSampler(Room room) {
    this.room = room;
  }

  RoomSample sample() {
    long now = room.now();
    Map<RoomCounter, Long> counts = new EnumMap<>(RoomCounter.class);
    List<MediaSession> sessions = room.floor().sessions();
    Map<Object, Part> before = parts;
    parts = new HashMap<>();
    look(before, room.gestures(), () -> of(room.gestures()), counts);
    List<PathSample> paths = new ArrayList<>();
    for (MediaSession session : sessions) {
      MediaPath path = session.path();
      if (path != null) {
        look(before, path, () -> of(path, room.now()), counts);
        if (session.connected()) {
          paths.add(state(session, path, now));
        }
      }
      for (Slot slot : session.slots().all()) {
        RtpSender sender = slot.sender();
        look(before, sender, () -> of(sender.stats()), counts);
      }
    }
    before.values().forEach(gone -> gone.readAgain(counts));
    return new RoomSample(streams.sample(sessions, now), paths, counts);
  }

  private void look(
      Map<Object, Part> before,
      Object key,
      Supplier<Map<RoomCounter, Long>> counters,
      Map<RoomCounter, Long> counts) {
    Part known = before.remove(key);
    Part part = known == null ? new Part(counters, Map.of()) : known;
    parts.put(key, part.readAgain(counts));
  }

  private static PathSample state(MediaSession session, MediaPath path, long now) {
    int shown = 0;
    int paused = 0;
    for (Slot slot : session.slots().all()) {
      shown += slot.track() != null ? 1 : 0;
      paused += slot.track() != null && slot.paused() ? 1 : 0;
    }
    DataLink data = path.data();
    return new PathSample(
        way(path.transport().stats()),
        path.endpoint().bandwidthStats(now).estimateBps(),
        shown,
        paused,
        data != null && data.channels().association().established());
  }

  /** What carries a path. */
  static Way way(TransportStats stats) {
    if (stats.remoteKind() == TransportStats.AddressKind.RELAY) {
      return Way.RELAY;
    }
    return stats.protocol() == TransportStats.Protocol.TCP ? Way.TCP : Way.UDP;
  }

  private static Map<RoomCounter, Long> of(MediaPath path, long now) {
    Map<RoomCounter, Long> all = new EnumMap<>(RoomCounter.class);
    BandwidthStats bandwidth = path.endpoint().bandwidthStats(now);
    all.put(RoomCounter.PROBES, bandwidth.probes());
    all.put(RoomCounter.OVERUSES, bandwidth.overuses());
    all.put(RoomCounter.PACED, bandwidth.pacer().waited());
    all.put(RoomCounter.PACER_DROPS, bandwidth.pacer().discarded());
    TransportStats transport = path.transport().stats();
    all.put(RoomCounter.PATH_SWITCHES, transport.pathSwitches());
    all.put(RoomCounter.DROPS_GUARD, transport.dropsGuard());
    all.put(RoomCounter.DROPS_AUTHENTICATION, transport.dropsAuthentication());
    all.put(RoomCounter.DROPS_REPLAY, transport.dropsReplay());
    all.put(RoomCounter.DROPS_QUEUE, transport.dropsQueue());
    all.put(
        RoomCounter.DROPS_UNKNOWN,
        transport.dropsUnknown()
            + transport.dropsOversize()
            + path.endpoint().stats().unknownStream());
    all.put(RoomCounter.DROPS_SEND, transport.dropsSend());
    DataLink data = path.data();
    if (data != null) {
      put(data.channels(), all);
    }
    return all;
  }

  private static void put(DataChannels channels, Map<RoomCounter, Long> all) {
    SctpStats sctp = channels.association().stats();
    all.put(RoomCounter.SCTP_RECEIVED, sctp.packetsReceived());
    all.put(RoomCounter.SCTP_SENT, sctp.packetsSent());
    all.put(RoomCounter.SCTP_BYTES_RECEIVED, sctp.bytesReceived());
    all.put(RoomCounter.SCTP_BYTES_SENT, sctp.bytesSent());
    all.put(RoomCounter.SCTP_RETRANSMISSIONS, sctp.retransmissions());
    all.put(
        RoomCounter.SCTP_REFUSED,
        sctp.malformed()
            + sctp.wrongTag()
            + sctp.unexpected()
            + sctp.refusedChunks()
            + sctp.badCookies()
            + channels.refused());
    all.put(RoomCounter.SCTP_ABANDONED, sctp.abandonedMessages());
  }

  private static Map<RoomCounter, Long> of(SenderStats sent) {
    Map<RoomCounter, Long> all = new EnumMap<>(RoomCounter.class);
    all.put(RoomCounter.RETRANSMITTED, sent.retransmitted());
    all.put(RoomCounter.RETRANSMISSIONS_REFUSED, sent.retransmissionsRefused());
    all.put(RoomCounter.REDUNDANT, sent.redundant());
    all.put(RoomCounter.PARITY, sent.parity());
    return all;
  }

  private static Map<RoomCounter, Long> of(Gestures gestures) {
    Map<RoomCounter, Long> all = new EnumMap<>(RoomCounter.class);
    all.put(RoomCounter.GESTURES_RELAYED, gestures.relayed());
    all.put(RoomCounter.GESTURES_REFUSED, gestures.refused());
    all.put(RoomCounter.GESTURES_DROPPED, gestures.dropped());
    return all;
  }
}
