package dev.amphi.server.load.sfu;

import java.util.OptionalDouble;

/**
 * One measurement of one server with one load.
 *
 * @param seconds its length
 * @param offered packets that should have reached subscribers: published times copies
 * @param packets that did
 * @param lost by the holes in the sequence numbers, with nothing asked for again
 * @param serverCpuSeconds user and system time of all threads of the server's process
 * @param clientCpuSeconds of the load client, to see whether it was the limit
 * @param residentMib of the server
 * @param heapMibPerParticipant after a collection, above that of the idle server
 * @param clientDrops datagrams that this side's sockets or its network queue had no room for
 * @param joined subscribers that got media
 */
public record SfuSample(
    SfuPlan.Peer peer,
    SfuPlan.Load load,
    double seconds,
    long offered,
    long packets,
    long lost,
    double serverCpuSeconds,
    double clientCpuSeconds,
    double delayP50Micros,
    double delayP99Micros,
    double delayMostMicros,
    double residentMib,
    OptionalDouble heapMibPerParticipant,
    long clientDrops,
    int joined) {

  /** Packets that reached subscribers for one second of CPU. */
  double packetsPerCpuSecond() {
    return packets / serverCpuSeconds;
  }

  double packetsPerSecond() {
    return packets / seconds;
  }

  /** Of the server's core, in percent. */
  double cpuPercent() {
    return 100 * serverCpuSeconds / seconds;
  }

  /** Lost of what was sent, in percent. */
  double lossPercent() {
    return packets + lost == 0 ? 0 : 100.0 * lost / (packets + lost);
  }

  /** What arrived of what was offered, in percent; a server that falls behind shows here first. */
  double carriedPercent() {
    return offered == 0 ? 0 : 100.0 * packets / offered;
  }

  double clientCpuPercent() {
    return 100 * clientCpuSeconds / seconds;
  }
}
