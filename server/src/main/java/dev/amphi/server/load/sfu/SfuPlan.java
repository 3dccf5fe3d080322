package dev.amphi.server.load.sfu;

import java.util.List;
import java.util.Set;

/**
 * What is measured.
 *
 * @param fanOut numbers of subscribers to one publisher
 * @param stages numbers of participants who all see each other
 * @param seconds length of one measurement
 * @param settleSeconds between the last who joined and the measurement
 * @param rounds how often each server is measured with each load, in turn
 * @param peers the servers
 * @param namespaces whether servers run in network namespaces on a core of their own; otherwise on
 *     loopback, on any core, and without Janus
 * @param janusEventLoops 0 for Janus's default, a thread for each peer connection
 */
public record SfuPlan(
    List<Integer> fanOut,
    List<Integer> stages,
    int seconds,
    int settleSeconds,
    int rounds,
    Set<Peer> peers,
    boolean namespaces,
    int janusEventLoops) {
  public SfuPlan {
    fanOut = List.copyOf(fanOut);
    stages = List.copyOf(stages);
    peers = Set.copyOf(peers);
  }

  /** A server that can be measured. */
  public enum Peer {
    JANUS,
    AMPHI
  }

  /** One kind of load. */
  public record Load(boolean stage, int size) {
    int publishers() {
      return stage ? size : 1;
    }

    int subscribers() {
      return size;
    }

    /** How often each published packet is to leave the server. */
    int copies() {
      return stage ? size - 1 : size;
    }

    /** As people write it. */
    public String label() {
      return stage ? size + " → " + size : "1 → " + size;
    }
  }

  List<Load> loads() {
    return java.util.stream.Stream.concat(
            fanOut.stream().map(size -> new Load(false, size)),
            stages.stream().map(size -> new Load(true, size)))
        .toList();
  }
}
