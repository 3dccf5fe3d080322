package dev.amphi.server.load;

import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import java.util.List;

/** The stage's side of a run: those who publish and those who subscribe. */
final class StageFloor implements AutoCloseable {
  private final LoadPlan plan;
  private final RoomTokens tokens;
  private final FfmpegCodecs codecs;
  private final StageLine line;
  private final Cameras cameras;
  private final Fleet publishers;
  private final Fleet subscribers;
  private final Distribution glassToGlass = new Distribution();

  StageFloor(LoadPlan plan, RoomTokens tokens, FfmpegCodecs codecs, Errors errors) {
    this.plan = plan;
    this.tokens = tokens;
    this.codecs = codecs;
    line = new StageLine(plan.origin(), plan.room());
    cameras = new Cameras(plan, codecs);
    publishers = new Fleet("publisher", errors);
    subscribers = new Fleet("subscriber", errors);
  }

  /** The first is the instructor, the others are students. */
  void publish(List<String> notes) throws InterruptedException {
    publishers.join(
        plan.publishers(),
        index -> {
          String role = index == 0 ? "instructor" : "student";
          String name = (index == 0 ? "Teacher " : "Student ") + index;
          String token = tokens.token(role, "load-p" + index, name);
          return StageParticipant.publish(line, token, cameras.of(index, name), plan.codec());
        });
    if (plan.publishers() > LoadPlan.OWN_CODERS) {
      notes.add("all publishers send the same coded picture and sound, coded once");
    }
  }

  /** Each receives every track; the first one also looks at the clocks. */
  void subscribe() throws InterruptedException {
    int sources = Math.max(1, publishers.members().size());
    subscribers.join(
        plan.subscribers(),
        index -> {
          String token = tokens.token("student", "load-s" + index, "Guest " + index);
          StageEyes eyes = index == 0 ? StageEyes.open(codecs, glassToGlass) : StageEyes.closed();
          return StageParticipant.subscribe(line, token, sources, eyes);
        });
  }

  int publishing() {
    return publishers.members().size();
  }

  int subscribed() {
    return subscribers.members().size();
  }

  LoadReport.Group publisherReport() {
    return report(publishers);
  }

  LoadReport.Group subscriberReport() {
    return report(subscribers);
  }

  private static LoadReport.Group report(Fleet fleet) {
    long packets = 0;
    long lost = 0;
    boolean lossKnown = false;
    double kbps = 0;
    for (StageParticipant member : fleet.members()) {
      StageParticipant.Traffic traffic = member.traffic();
      packets += traffic.packets();
      lost += traffic.lost();
      lossKnown |= traffic.lossKnown();
      kbps += traffic.kbps();
    }
    double loss = packets == 0 || !lossKnown ? Double.NaN : 100.0 * lost / (packets + lost);
    return new LoadReport.Group(
        fleet.asked(), fleet.members().size(), fleet.joinMillis(), loss, kbps);
  }

  Distribution.Summary glassToGlass() {
    return glassToGlass.summary();
  }

  @Override
  public void close() {
    publishers.close();
    subscribers.close();
    cameras.close();
    line.close();
  }
}
