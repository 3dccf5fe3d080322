package dev.amphi.server.load.sfu;

import dev.amphi.server.load.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All measurements of a run.
 *
 * @param versions what ran
 * @param machine what it ran on, and how busy that was
 * @param samples in the order in which they were taken
 * @param notes what a reader has to know to judge the numbers
 */
public record SfuReport(
    List<String> versions, List<String> machine, List<SfuSample> samples, List<String> notes) {
  public SfuReport {
    versions = List.copyOf(versions);
    machine = List.copyOf(machine);
    samples = List.copyOf(samples);
    notes = List.copyOf(notes);
  }

  /** All measurements of one server with one load. */
  record Row(SfuPlan.Peer peer, SfuPlan.Load load, List<SfuSample> samples) {
    Spread of(ToDoubleFunction<SfuSample> value) {
      return Spread.of(samples.stream().mapToDouble(value).toArray());
    }
  }

  /** A row for each load and server, in the order of the measurements. */
  List<Row> rows() {
    return samples.stream()
        .map(sample -> new Row(sample.peer(), sample.load(), List.of()))
        .distinct()
        .map(
            row ->
                new Row(
                    row.peer,
                    row.load,
                    samples.stream()
                        .filter(s -> s.peer() == row.peer && s.load().equals(row.load))
                        .toList()))
        .toList();
  }

  /**
   * By how much this node forwards more packets per CPU-second than Janus with a load, round by
   * round; NaN when one of the two was not measured.
   */
  Spread ratio(SfuPlan.Load load) {
    double[] janus = rates(SfuPlan.Peer.JANUS, load);
    double[] amphi = rates(SfuPlan.Peer.AMPHI, load);
    double[] ratios = new double[Math.min(janus.length, amphi.length)];
    Arrays.setAll(ratios, i -> amphi[i] / janus[i]);
    return Spread.of(ratios);
  }

  private double[] rates(SfuPlan.Peer peer, SfuPlan.Load load) {
    return samples.stream()
        .filter(sample -> sample.peer() == peer && sample.load().equals(load))
        .mapToDouble(SfuSample::packetsPerCpuSecond)
        .toArray();
  }
}
