package dev.amphi.interactive.pipeline;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * One direction of a network in virtual time: delay, jitter (which reorders), loss, duplication and
 * a bottleneck with a queue, all from one seed.
 */
public final class SeededNetwork {
  /** What the network does to a datagram. */
  public record Conditions(
      long delayNanos,
      long jitterNanos,
      double loss,
      double duplication,
      long bandwidthBps,
      long queueNanos) {
    public static final Conditions PERFECT = new Conditions(1_000_000, 0, 0, 0, 0, 0);

    public Conditions {
      if (loss < 0 || loss > 1 || duplication < 0 || duplication > 1) {
        throw new IllegalArgumentException("Probabilities run from 0 to 1");
      }
    }

    public static Conditions of(long delayMillis, long jitterMillis, double loss) {
      return new Conditions(delayMillis * 1_000_000, jitterMillis * 1_000_000, loss, 0, 0, 0);
    }
  }

  /** Where datagrams come out. */
  public interface Receiver {
    void receive(byte[] datagram, long nowNanos);
  }

  private static final class Datagram {
    final long atNanos;
    final long order;
    final byte[] bytes;

    Datagram(long atNanos, long order, byte[] bytes) {
      this.atNanos = atNanos;
      this.order = order;
      this.bytes = bytes;
    }
  }

  private final Random random;
  private final Receiver receiver;
  private final PriorityQueue<Datagram> inFlight =
      new PriorityQueue<>(
          Comparator.<Datagram>comparingLong(d -> d.atNanos).thenComparingLong(d -> d.order));
  private Conditions conditions;
  private double reordered;
  private long heldBackNanos;
  private long order;
  private Stalls stalls = Stalls.NONE;
  private long polledNanos;
  private long lineFreeNanos = Long.MIN_VALUE;
  private long policedBps;
  private double burstBytes;
  private double tokens;
  private long refilledNanos;
  private long sent;
  private long lost;

  public SeededNetwork(long seed, Conditions conditions, Receiver receiver) {
    this.random = new Random(seed);
    this.conditions = conditions;
    this.receiver = receiver;
  }

  public void conditions(Conditions conditions) {
    this.conditions = conditions;
  }

  /** When nobody reads what comes out. */
  void stalls(Stalls stalls) {
    this.stalls = stalls;
  }

  /** Holds some datagrams back for a while, so that others overtake them. */
  public void reordering(double part, long heldBackNanos) {
    this.reordered = part;
    this.heldBackNanos = heldBackNanos;
  }

  /** Drops what exceeds a token bucket, and lets nothing wait; 0 for no such thing. */
  void policing(long bandwidthBps, long burstBytes) {
    this.policedBps = bandwidthBps;
    this.burstBytes = (double) burstBytes;
    this.tokens = (double) burstBytes;
  }

  private boolean exceeds(int length, long nowNanos) {
    tokens = Math.min(burstBytes, tokens + policedBps * (nowNanos - refilledNanos) / 8e9);
    refilledNanos = nowNanos;
    if (tokens < length) {
      return true;
    }
    tokens -= length;
    return false;
  }

  public void send(byte[] buffer, int offset, int length, long nowNanos) {
    sent++;
    if (policedBps > 0 && exceeds(length, nowNanos)) {
      lost++;
      return;
    }
    long departure = nowNanos;
    if (conditions.bandwidthBps() > 0) {
      departure = Math.max(nowNanos, lineFreeNanos);
      if (departure - nowNanos > conditions.queueNanos()) {
        lost++;
        return;
      }
      departure += length * 8L * 1_000_000_000L / conditions.bandwidthBps();
      lineFreeNanos = departure;
    }
    if (random.nextDouble() < conditions.loss()) {
      lost++;
      return;
    }
    byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + length);
    deliver(bytes, departure);
    if (random.nextDouble() < conditions.duplication()) {
      deliver(bytes, departure);
    }
  }

  private void deliver(byte[] bytes, long departureNanos) {
    long jitter =
        conditions.jitterNanos() == 0 ? 0 : (long) (random.nextDouble() * conditions.jitterNanos());
    long held = reordered > 0 && random.nextDouble() < reordered ? heldBackNanos : 0;
    long atNanos = departureNanos + conditions.delayNanos() + jitter + held;
    inFlight.add(new Datagram(atNanos, order++, bytes));
  }

  public void poll(long nowNanos) {
    polledNanos = nowNanos;
    while (stalls.freeAt(nowNanos) == nowNanos) {
      Datagram next = inFlight.peek();
      if (next == null || next.atNanos > nowNanos) {
        return;
      }
      inFlight.poll();
      receiver.receive(next.bytes.clone(), nowNanos);
    }
  }

  public long nextDeadlineNanos() {
    Datagram next = inFlight.peek();
    return next == null ? Long.MAX_VALUE : stalls.freeAt(Math.max(next.atNanos, polledNanos));
  }

  public long sent() {
    return sent;
  }

  public long lost() {
    return lost;
  }
}
