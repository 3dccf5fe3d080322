package dev.amphi.server.load.composer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Spells a report as one JSON object with every measurement. Pure. */
public final class ComposerJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ComposerJson() {}

  public static String text(ComposerReport report) {
    ObjectNode all = JSON.createObjectNode();
    report.versions().forEach(all.putArray("versions")::add);
    report.machine().forEach(all.putArray("machine")::add);
    var samples = all.putArray("samples");
    report.samples().forEach(sample -> sample(samples.addObject(), sample));
    report.commands().forEach(all.putArray("commands")::add);
    report.notes().forEach(all.putArray("notes")::add);
    return all.toString();
  }

  private static void sample(ObjectNode to, ComposerSample sample) {
    to.put("case", sample.of().id()).put("who", sample.who()).put("round", sample.round());
    number(to, "cpu", sample.cpu());
    number(to, "resident_mib", sample.residentMib());
    number(to, "kbps", sample.kbps());
    number(to, "speed", sample.speed());
    number(to, "pictures_per_second", sample.pictures());
    to.put("x264", sample.settings());
  }

  private static void number(ObjectNode to, String name, double value) {
    if (Double.isFinite(value)) {
      to.put(name, Math.round(value * 1_000) / 1_000.0);
    }
  }
}
