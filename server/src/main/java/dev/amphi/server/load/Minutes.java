package dev.amphi.server.load;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a run without end meets, and forgets it with each report. Thread-safe. */
final class Minutes {
  final Distribution glassToGlass = new Distribution();
  private final Distribution joins = new Distribution();
  private final Group publishers;
  private final Group subscribers;
  private final Group viewers;
  private final Set<StageParticipant> receiving = ConcurrentHashMap.newKeySet();
  private Errors errors = new Errors();
  private int failures;
  private long packetsOfGone;
  private long lostOfGone;
  private long packetsBefore;
  private long lostBefore;

  Minutes(LoadPlan plan) {
    publishers = new Group("publisher", plan.publishers());
    subscribers = new Group("subscriber", plan.subscribers());
    viewers = new Group("viewer", plan.viewers());
  }

  /** Those of one kind. */
  final class Group implements Regular.Attendance {
    private final String what;
    private final int of;
    private final AtomicInteger in = new AtomicInteger();

    Group(String what, int of) {
      this.what = what;
      this.of = of;
    }

    @Override
    public void came(double joinMillis) {
      in.incrementAndGet();
      joins.add(joinMillis);
    }

    @Override
    public void left() {
      in.decrementAndGet();
    }

    @Override
    public void failed(String why) {
      Minutes.this.failed(what + ": " + why);
    }

    MinuteReport.Present present() {
      return new MinuteReport.Present(in.get(), of);
    }
  }

  Group publishers() {
    return publishers;
  }

  Group subscribers() {
    return subscribers;
  }

  Group viewers() {
    return viewers;
  }

  private synchronized void failed(String sentence) {
    failures++;
    errors.add(sentence);
  }

  /** Loss is counted at who receives. */
  void receives(StageParticipant subscriber) {
    receiving.add(subscriber);
  }

  /** To be called while it can still be asked. */
  synchronized void leaves(StageParticipant subscriber) {
    if (receiving.remove(subscriber)) {
      StageParticipant.Traffic traffic = subscriber.traffic();
      packetsOfGone += traffic.packets();
      lostOfGone += traffic.lost();
    }
  }

  /** What happened since the last report. */
  synchronized MinuteReport report(Instant at) {
    long packets = packetsOfGone;
    long lost = lostOfGone;
    for (StageParticipant subscriber : receiving) {
      StageParticipant.Traffic traffic = subscriber.traffic();
      packets += traffic.packets();
      lost += traffic.lost();
    }
    long packetsNow = packets - packetsBefore;
    long lostNow = Math.max(0, lost - lostBefore);
    packetsBefore = packets;
    lostBefore = lost;
    List<String> sentences = errors.sentences();
    int failed = failures;
    errors = new Errors();
    failures = 0;
    return new MinuteReport(
        at,
        publishers.present(),
        subscribers.present(),
        viewers.present(),
        joins.drain(),
        failed,
        packetsNow <= 0 ? Double.NaN : 100.0 * lostNow / (packetsNow + lostNow),
        glassToGlass.drain(),
        sentences);
  }
}
