package dev.amphi.server.node;

import dev.amphi.interactive.api.LinkSample;
import dev.amphi.interactive.api.PathSample;
import dev.amphi.interactive.api.RoomCounter;
import dev.amphi.interactive.api.RoomSample;
import dev.amphi.interactive.api.Stage;
import dev.amphi.interactive.api.StageMeter.Way;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is looked at every few seconds: streams, paths and counters of all rooms, for Prometheus.
 */
final class SampledMetrics {
  /** Layers' names come from strangers; these are the usual ones, all others count as one. */
  private static final Set<String> LAYERS = Set.of("", "q", "h", "f");

  private static final RoomSample NOTHING = new RoomSample(List.of(), List.of(), Map.of());
  private static final long PATIENCE_MILLIS = 3_000;

  private final MeterRegistry registry;
  private final Map<Way, AtomicInteger> links = new EnumMap<>(Way.class);
  private final AtomicInteger paused = new AtomicInteger();
  private final AtomicInteger associations = new AtomicInteger();
  private final Map<RoomCounter, Counter> counters = new EnumMap<>(RoomCounter.class);
  private final AtomicBoolean looking = new AtomicBoolean();

  SampledMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (Way way : Way.values()) {
      links.put(way, new AtomicInteger());
      Gauge.builder("amphi.links", () -> links(way).get())
          .description("Peer connections that are up, by what carries them")
          .tag("path", way.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Gauge.builder("amphi.bandwidth.paused.slots", paused::get)
        .description("Tracks that rest for lack of bandwidth")
        .register(registry);
    Gauge.builder("amphi.sctp.associations", associations::get)
        .description("Associations for data channels that stand")
        .register(registry);
    for (RoomCounter counter : RoomCounter.values()) {
      counters.put(counter, counter(counter));
    }
  }

  private AtomicInteger links(Way way) {
    return links.getOrDefault(way, new AtomicInteger());
  }

  /** Looks at all rooms; to be called every few seconds, and passed over while one is slow. */
  void sample(Stage stage) {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    List<CompletableFuture<RoomSample>> asked =
        stage.rooms().stream()
            .map(
                room ->
                    stage
                        .sample(room)
                        .toCompletableFuture()
                        // A room that was closed meanwhile, or hangs, has nothing to tell.
                        .exceptionally(gone -> NOTHING)
                        .completeOnTimeout(NOTHING, PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
            .toList();
    CompletionStage<Void> all = CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
    all.whenComplete(
        (done, failure) -> {
          looking.set(false);
          record(asked.stream().map(CompletableFuture::join).toList());
        });
  }

  void record(List<RoomSample> rooms) {
    Map<Way, Integer> byWay = new EnumMap<>(Way.class);
    int resting = 0;
    int standing = 0;
    for (RoomSample room : rooms) {
      room.streams().forEach(this::stream);
      for (PathSample path : room.paths()) {
        byWay.merge(path.way(), 1, Integer::sum);
        resting += path.pausedSlots();
        standing += path.data() ? 1 : 0;
        if (path.slots() > 0) {
          summary(
                  "amphi.bandwidth.estimate",
                  "bits",
                  "Bits per second that may be sent to somebody who receives",
                  Tags.empty(),
                  32e3,
                  20e6)
              .record((double) path.estimateBps());
        }
      }
      room.counts().forEach((counter, growth) -> counted(counter).increment(growth));
    }
    links.forEach((way, gauge) -> gauge.set(byWay.getOrDefault(way, 0)));
    paused.set(resting);
    associations.set(standing);
  }

  private Counter counted(RoomCounter counter) {
    Counter known = counters.get(counter);
    return known == null ? counter(counter) : known;
  }

  private void stream(LinkSample sample) {
    Tags tags =
        Tags.of(
            "direction",
            sample.direction().name().toLowerCase(Locale.ROOT),
            "kind",
            sample.kind().wireName(),
            "layer",
            LAYERS.contains(sample.layer()) ? sample.layer() : "other");
    summary("amphi.link.bitrate", "bits", "Bits per second of one stream", tags, 16e3, 10e6)
        .record(sample.bitsPerSecond());
    summary(
            "amphi.link.loss",
            "ratio",
            "Packets lost, after retransmission where known",
            tags,
            0.001,
            0.5)
        .record(sample.lossFraction());
    if (sample.jitterMillis() >= 0) {
      summary("amphi.link.jitter", "ms", "Interarrival jitter (RFC 3550)", tags, 1, 1000)
          .record(sample.jitterMillis());
    }
    if (sample.roundTripMillis() >= 0) {
      summary(
              "amphi.link.round.trip",
              "ms",
              "Round trip between node and participant",
              tags,
              1,
              2000)
          .record(sample.roundTripMillis());
    }
  }

  private DistributionSummary summary(
      String name, String unit, String description, Tags tags, double least, double most) {
    return DistributionSummary.builder(name)
        .baseUnit(unit)
        .description(description)
        .tags(tags)
        .publishPercentileHistogram()
        .minimumExpectedValue(least)
        .maximumExpectedValue(most)
        .register(registry);
  }

  private Counter counter(RoomCounter counter) {
    return switch (counter) {
      case PROBES -> counter("amphi.bandwidth.probes", "Probes of what a path carries");
      case OVERUSES -> counter("amphi.bandwidth.overuses", "Estimates lowered for a queue");
      case PACED -> counter("amphi.pacer.delayed", "Packets that waited in a pacer");
      case PACER_DROPS -> counter("amphi.pacer.drops", "Packets that a pacer dropped");
      case RETRANSMITTED -> repair("rtx");
      case REDUNDANT -> repair("red");
      case PARITY -> repair("flexfec");
      case RETRANSMISSIONS_REFUSED ->
          counter("amphi.repair.refused", "Packets asked for again: unknown, or beyond the budget");
      case PATH_SWITCHES ->
          counter("amphi.ice.switches", "Times that another address pair took over");
      case DROPS_GUARD -> drops("dtls_guard");
      case DROPS_AUTHENTICATION -> drops("authentication");
      case DROPS_REPLAY -> drops("replay");
      case DROPS_QUEUE -> drops("late");
      case DROPS_UNKNOWN -> drops("unknown");
      case DROPS_SEND -> drops("send");
      case SCTP_RECEIVED -> sctp("packets", "in");
      case SCTP_SENT -> sctp("packets", "out");
      case SCTP_BYTES_RECEIVED -> sctp("bytes", "in");
      case SCTP_BYTES_SENT -> sctp("bytes", "out");
      case SCTP_RETRANSMISSIONS -> counter("amphi.sctp.retransmissions", "DATA chunks sent again");
      case SCTP_REFUSED ->
          counter("amphi.sctp.refused", "Packets, chunks and channels of SCTP refused");
      case SCTP_ABANDONED ->
          counter("amphi.sctp.abandoned", "Messages given up, as their channel allows");
      case GESTURES_RELAYED -> gestures("relayed");
      case GESTURES_REFUSED -> gestures("refused");
      case GESTURES_DROPPED -> gestures("dropped");
    };
  }

  private Counter repair(String by) {
    return counter("amphi.repair.packets", "Packets sent to mend or prevent a loss", "by", by);
  }

  private Counter drops(String cause) {
    return counter("amphi.transport.drops", "Datagrams of participants dropped", "cause", cause);
  }

  private Counter sctp(String what, String direction) {
    return counter("amphi.sctp." + what, "What SCTP carried, in " + what, "direction", direction);
  }

  private Counter gestures(String outcome) {
    return counter(
        "amphi.gestures",
        "Cursors, strokes and reactions by what became of them",
        "outcome",
        outcome);
  }

  private Counter counter(String name, String description, String... tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }
}
