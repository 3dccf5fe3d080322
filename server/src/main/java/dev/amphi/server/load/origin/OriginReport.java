package dev.amphi.server.load.origin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured.
 *
 * @param versions of the two, and the machine
 * @param sizes bytes of the playlist (packed, plain) and of the segment
 * @param samples per case and server, a sample a round
 * @param idleCpu CPU-seconds per second of the node's process while nobody asks
 */
public record OriginReport(
    List<String> versions,
    Sizes sizes,
    Map<OriginPlan.Case, Map<String, List<Wrk.Sample>>> samples,
    double idleCpu,
    Optional<WaitingRun.Result> waiting,
    Optional<CrowdRun.Result> crowd) {
  /** In bytes. */
  public record Sizes(int playlist, int segment) {}
}
