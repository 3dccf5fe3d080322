package dev.amphi.interactive.bandwidth;

import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.NtpClock;

/**
 * Spreads what one transport sends: sound at once, then retransmissions, then video, and padding
 * when the estimator wants to probe. As long as the budget lasts (two and a half times the
 * estimate, saved up for 40 ms) a packet passes straight through, in the caller's burst; beyond
 * that it waits. Nothing is dropped: its stream's number is in it, and a hole would cost a
 * retransmission or a key frame. As long as nothing says that the way is narrow the pace rises, so
 * that none waits longer than two seconds; on a narrow one it does not, and what waits leaves late.
 * What finds the queue full sends the first of it on its way. Packets get send time and
 * transport-wide number as they leave.
 */
public final class Pacer {
  /** The way out, when a packet's turn has come. The buffer may be changed in place. */
  public interface Departure {
    void depart(byte[] buffer, int offset, int length);
  }

  /** Something to send when nothing else is there. */
  public interface Padding {
    /**
     * Sends about {@code bytes}, by way of this pacer.
     *
     * @return the bytes sent; 0 when there is nothing to send padding with
     */
    int sendPadding(int bytes, long nowNanos);
  }

  /** What a packet is, and so when its turn comes. */
  public enum Kind {
    AUDIO,
    RETRANSMISSION,
    VIDEO
  }

  static final long TICK_NANOS = 5_000_000;
  static final long MAX_WAIT_NANOS = 2_000_000_000;

  /** What has waited for longer is worth nothing once something else is shown. */
  static final long LATE_NANOS = 200_000_000;

  static final int VIDEO_PACKETS = 1024;
  static final int RETRANSMITTED_PACKETS = 64;

  private static final double BURST_SECONDS = 0.04;
  private static final double MIN_BURST_BYTES = 3750;
  private static final long PROBE_NANOS = 25_000_000;
  private static final int PROBE_PACKETS = 5;
  private static final int PADDING_BYTES = 1200;
  private static final int SMALLEST_PADDING = 200;

  private final BandwidthEstimator estimator;
  private final DepartureStamp stamp;
  private final Departure departure;
  private final Padding padding;
  private final PacketQueue retransmissions = new PacketQueue(RETRANSMITTED_PACKETS);
  private final PacketQueue video = new PacketQueue(VIDEO_PACKETS);
  private double budgetBytes = MIN_BURST_BYTES;
  private long refilledNanos = Long.MIN_VALUE;
  private int probe;
  private long probeBps;
  private int probeBytes;
  private int probeSent;
  private long probeStartNanos;
  private boolean padded;
  private long waited;
  private long longestWaitNanos;
  private long hurried;
  private long discarded;
  private long recalled;

  /** A pacer with empty queues. */
  public Pacer(
      BandwidthEstimator estimator,
      HeaderExtensions extensions,
      NtpClock ntp,
      Departure departure,
      Padding padding) {
    this.estimator = estimator;
    this.stamp = new DepartureStamp(extensions, ntp);
    this.departure = departure;
    this.padding = padding;
  }

  /** Sends a packet now or keeps a copy until its turn. */
  public void send(byte[] buffer, int offset, int length, Kind kind, long nowNanos) {
    refill(nowNanos);
    if (mayPass(kind, nowNanos)) {
      depart(buffer, offset, length, nowNanos);
      return;
    }
    PacketQueue queue = kind == Kind.VIDEO ? video : retransmissions;
    if (queue.isFull()) {
      hurried++;
      departFirst(queue, nowNanos);
    }
    queue.add(buffer, offset, length, nowNanos);
    waited++;
  }

  private boolean mayPass(Kind kind, long nowNanos) {
    if (padded || kind == Kind.AUDIO) {
      return true;
    }
    boolean first = retransmissions.isEmpty() && (kind == Kind.RETRANSMISSION || video.isEmpty());
    return first && (budgetBytes > 0 || !estimator.limiting(nowNanos));
  }

  private void refill(long nowNanos) {
    if (refilledNanos == Long.MIN_VALUE) {
      refilledNanos = nowNanos;
    }
    double perSecond = bytesPerSecond(nowNanos);
    double most = Math.max(MIN_BURST_BYTES, perSecond * BURST_SECONDS);
    budgetBytes += perSecond * (nowNanos - refilledNanos) / 1e9;
    budgetBytes = Math.clamp(budgetBytes, -most, most);
    refilledNanos = nowNanos;
  }

  private double bytesPerSecond(long nowNanos) {
    double urgent = Math.max(urgency(video, nowNanos), urgency(retransmissions, nowNanos));
    return estimator.paceBps(8 * urgent) / 8;
  }

  /** Bytes per second so that the first of a queue need not wait too long. */
  private static double urgency(PacketQueue queue, long nowNanos) {
    if (queue.isEmpty()) {
      return 0;
    }
    long left = MAX_WAIT_NANOS - (nowNanos - queue.firstQueuedNanos());
    return queue.bytes() * 1e9 / Math.max(TICK_NANOS, left);
  }

  private void depart(byte[] buffer, int offset, int length, long nowNanos) {
    budgetBytes -= length;
    if (stamp.stamp(buffer, offset, length, nowNanos)) {
      stamp.number(estimator.onSent(length, probe, nowNanos));
      probeSent += probe == 0 ? 0 : length;
    }
    departure.depart(buffer, offset, length);
  }

  /** Sends what is due. */
  public void poll(long nowNanos) {
    estimator.poll(nowNanos);
    refill(nowNanos);
    drain(retransmissions, nowNanos);
    if (retransmissions.isEmpty()) {
      drain(video, nowNanos);
    }
    probe(nowNanos);
    retransmissions.poll(nowNanos);
    video.poll(nowNanos);
  }

  private void drain(PacketQueue queue, long nowNanos) {
    while (!queue.isEmpty()) {
      if (budgetBytes <= 0 && estimator.limiting(nowNanos)) {
        return;
      }
      departFirst(queue, nowNanos);
    }
  }

  private void departFirst(PacketQueue queue, long nowNanos) {
    longestWaitNanos = Math.max(longestWaitNanos, nowNanos - queue.firstQueuedNanos());
    depart(queue.firstPacket(), 0, queue.firstLength(), nowNanos);
    queue.removeFirst();
  }

  private void probe(long nowNanos) {
    if (probe == 0) {
      probeBps = estimator.prober().next(estimator.targetBps(), nowNanos);
      if (probeBps == 0) {
        return;
      }
      probe = estimator.prober().begin();
      probeBytes =
          (int) Math.max(probeBps * PROBE_NANOS / 8_000_000_000L, PROBE_PACKETS * paddingBytes());
      probeSent = 0;
      probeStartNanos = nowNanos;
    }
    while (probeSent < probeBytes && probeDueNanos() <= nowNanos) {
      int before = probeSent;
      padded = true;
      int sent = padding.sendPadding((int) paddingBytes(), nowNanos);
      padded = false;
      // What leaves without a number tells nothing, and would never fill the probe.
      if (sent == 0 || probeSent == before) {
        estimator.prober().abandon(nowNanos);
        probe = 0;
        return;
      }
    }
    if (probeSent >= probeBytes) {
      estimator.prober().end(probeSent);
      probe = 0;
    }
  }

  /** One packet's worth a tick; small ones where the rate is low. */
  private long paddingBytes() {
    return Math.clamp(probeBps * TICK_NANOS / 8_000_000_000L, SMALLEST_PADDING, PADDING_BYTES);
  }

  /** When the next of the probe may leave, at its rate. */
  private long probeDueNanos() {
    return probeStartNanos + probeSent * 8_000_000_000L / probeBps;
  }

  /** When {@link #poll} wants to be called next, or {@code Long.MAX_VALUE}. */
  public long nextDeadlineNanos() {
    if (probe != 0) {
      return probeDueNanos();
    }
    long next = estimator.prober().deadlineNanos(estimator.targetBps());
    next = Math.min(next, retransmissions.nextDeadlineNanos());
    next = Math.min(next, video.nextDeadlineNanos());
    if (retransmissions.isEmpty() && video.isEmpty()) {
      return next;
    }
    long untilBudget = (long) (Math.max(0, -budgetBytes) / bytesPerSecond(refilledNanos) * 1e9) + 1;
    return Math.min(next, refilledNanos + Math.min(TICK_NANOS, untilBudget));
  }

  /** Packets that wait. */
  public int queued() {
    return retransmissions.size() + video.size();
  }

  /** Forgets what waits of one stream that has ended. */
  public void discard(long ssrc) {
    int before = queued();
    retransmissions.removeAll(ssrc, 0);
    video.removeAll(ssrc, 0);
    discarded += before - queued();
  }

  /**
   * Forgets what waits of one stream, when that has waited long: something else is shown from now
   * on, and on a narrow way the old would be late for seconds, and the new behind it.
   *
   * @param newest the stream's number that was given last
   * @return how many numbers up to that one never left; 0 also when others left in between
   */
  public int recall(long ssrc, long rtxSsrc, int newest, long nowNanos) {
    if (video.isEmpty() || nowNanos - video.firstQueuedNanos() < LATE_NANOS) {
      return 0;
    }
    int before = queued();
    retransmissions.removeAll(rtxSsrc, 0);
    int free = video.removeAll(ssrc, newest);
    recalled += before - queued();
    return free;
  }

  /** The counters so far, with the estimator's. */
  public BandwidthStats stats(long nowNanos) {
    PacerStats own =
        new PacerStats(queued(), waited, longestWaitNanos, hurried, discarded, recalled);
    return estimator.stats(own, nowNanos);
  }
}
