package dev.amphi.server.load.sfu;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amphi.server.load.Spread;
import java.util.Locale;

/** Spells a report as one JSON object with every measurement. Pure. */
public final class SfuJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SfuJson() {}

  public static String text(SfuReport report) {
    ObjectNode all = JSON.createObjectNode();
    report.versions().forEach(all.putArray("versions")::add);
    report.machine().forEach(all.putArray("machine")::add);
    var samples = all.putArray("samples");
    report.samples().forEach(sample -> sample(samples.addObject(), sample));
    var ratios = all.putArray("ratios");
    report.samples().stream()
        .map(SfuSample::load)
        .distinct()
        .forEach(load -> ratio(ratios.addObject(), load, report.ratio(load)));
    report.notes().forEach(all.putArray("notes")::add);
    return all.toString();
  }

  private static void sample(ObjectNode to, SfuSample sample) {
    to.put("server", sample.peer().name().toLowerCase(Locale.ROOT));
    load(to, sample.load());
    number(to, "seconds", sample.seconds());
    to.put("offered", sample.offered())
        .put("arrived", sample.packets())
        .put("lost", sample.lost())
        .put("joined", sample.joined())
        .put("client_drops", sample.clientDrops());
    number(to, "packets_per_cpu_second", sample.packetsPerCpuSecond());
    number(to, "server_cpu_s", sample.serverCpuSeconds());
    number(to, "client_cpu_s", sample.clientCpuSeconds());
    number(to, "delay_p50_ms", sample.delayP50Micros() / 1_000);
    number(to, "delay_p99_ms", sample.delayP99Micros() / 1_000);
    number(to, "delay_max_ms", sample.delayMostMicros() / 1_000);
    number(to, "resident_mib", sample.residentMib());
    number(to, "heap_mib_per_participant", sample.heapMibPerParticipant().orElse(Double.NaN));
  }

  private static void ratio(ObjectNode to, SfuPlan.Load load, Spread ratio) {
    load(to, load);
    number(to, "median", ratio.median());
    number(to, "min", ratio.least());
    number(to, "max", ratio.most());
  }

  private static void load(ObjectNode to, SfuPlan.Load load) {
    to.put("load", load.stage() ? "n_to_n" : "1_to_n").put("n", load.size());
  }

  private static void number(ObjectNode to, String name, double value) {
    if (Double.isFinite(value)) {
      to.put(name, Math.round(value * 1_000) / 1_000.0);
    }
  }
}
