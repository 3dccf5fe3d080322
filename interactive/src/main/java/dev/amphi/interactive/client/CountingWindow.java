package dev.amphi.interactive.client;

/**
 * What all counting clients together saw in one stretch of time.
 *
 * @param clients connected at its end
 * @param silent of them those to whom nothing came
 * @param packets of media
 * @param lost of media, by the holes in the sequence numbers; nothing is asked for again
 * @param repair retransmissions and probes
 * @param forged samples that were not authentic
 * @param delays of every packet of the probes, from the sender's stamp
 * @param bulkDelays of a sample of the others' packets: what the load client itself adds when many
 *     come at once is in it
 */
public record CountingWindow(
    int clients,
    int silent,
    long packets,
    long lost,
    long repair,
    long forged,
    DelayHistogram delays,
    DelayHistogram bulkDelays) {

  /** Adds up; confined to one thread at a time. */
  static final class Sum {
    int clients;
    int silent;
    long packets;
    long lost;
    long repair;
    long forged;
    final DelayHistogram delays = new DelayHistogram();
    final DelayHistogram bulkDelays = new DelayHistogram();

    Sum plus(Sum other) {
      clients += other.clients;
      silent += other.silent;
      packets += other.packets;
      lost += other.lost;
      repair += other.repair;
      forged += other.forged;
      delays.add(other.delays);
      bulkDelays.add(other.bulkDelays);
      return this;
    }

    CountingWindow window() {
      return new CountingWindow(clients, silent, packets, lost, repair, forged, delays, bulkDelays);
    }
  }

  /** Lost of what should have come, in percent; 0 of nothing. */
  public double lossPercent() {
    return packets + lost == 0 ? 0 : 100.0 * lost / (packets + lost);
  }
}
