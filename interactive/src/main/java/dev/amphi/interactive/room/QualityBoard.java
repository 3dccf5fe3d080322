package dev.amphi.interactive.room;

import dev.amphi.interactive.signal.ServerMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells those on stage and those who moderate how everybody's link does. Worse is told at once,
 * better when it has lasted for two looks, so that no bar flickers.
 */
final class QualityBoard {
  static final long LOOK_NANOS = 3_000_000_000L;

  /** Newcomers hear it within so many looks, changed or not. */
  private static final int LOOKS_UNTIL_TOLD_AGAIN = 5;

  private static final class Link {
    final LinkSampler sampler = new LinkSampler();
    LinkQuality seen = LinkQuality.GOOD;
    LinkQuality told = LinkQuality.GOOD;
  }

  private final Room room;
  private Map<Participant, Link> links = new HashMap<>();
  private long nextNanos;
  private int looksSinceTold;

  QualityBoard(Room room) {
    this.room = room;
  }

  void poll(long nowNanos) {
    if (nowNanos < nextNanos) {
      return;
    }
    nextNanos = nowNanos + LOOK_NANOS;
    Map<Participant, Link> present = new HashMap<>();
    Map<String, String> levels = new TreeMap<>();
    boolean changed = false;
    for (Participant participant : room.roster().all()) {
      List<MediaSession> sessions = sessions(participant);
      if (!sessions.isEmpty()) {
        Link link = links.getOrDefault(participant, new Link());
        present.put(participant, link);
        changed |= look(link, sessions, nowNanos);
        levels.put(participant.id(), link.told.wireName());
      }
    }
    changed |= present.size() != links.size();
    links = present;
    if ((changed || ++looksSinceTold >= LOOKS_UNTIL_TOLD_AGAIN) && !levels.isEmpty()) {
      looksSinceTold = 0;
      tell(new ServerMessage.Quality(levels), nowNanos);
    }
  }

  private static boolean look(Link link, List<MediaSession> sessions, long nowNanos) {
    LinkQuality now = LinkQuality.of(link.sampler.sample(sessions, nowNanos));
    LinkQuality lasting = LinkQuality.worse(now, link.seen);
    LinkQuality next = now.compareTo(link.told) < 0 ? now : lasting;
    link.seen = now;
    boolean changed = next != link.told;
    link.told = next;
    return changed;
  }

  private static List<MediaSession> sessions(Participant participant) {
    List<MediaSession> sessions = new ArrayList<>();
    if (participant.media() != null) {
      sessions.add(participant.media());
    }
    if (participant.ingest() != null) {
      sessions.add(participant.ingest());
    }
    return sessions;
  }

  private void tell(ServerMessage message, long nowNanos) {
    String body = room.encoder().body(message);
    for (Participant participant : room.roster().all()) {
      SignalSession signal = participant.signal();
      if (signal != null && (participant.role().moderates() || participant.state().mayPublish())) {
        signal.send(body, nowNanos);
      }
    }
  }
}
