package dev.amphi.server.node;

import dev.amphi.interactive.api.ClientDigest;
import dev.amphi.interactive.api.LinkSample;
import dev.amphi.interactive.api.Stage;
import dev.amphi.interactive.api.StageMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How peer connections come up, and how their streams do, for Prometheus. */
final class StageMetrics implements StageMeter {
  /** Layers' names come from strangers; these are the usual ones, all others count as one. */
  private static final Set<String> LAYERS = Set.of("", "q", "h", "f");

  /** Takes what browsers tell; the operator asked for it. */
  interface Browsers {
    void measured(String roomId, String link, String json);
  }

  private final MeterRegistry registry;
  private final ClientMetrics clients;
  private final Optional<Browsers> browsers;

  /**
   * @param browsers empty when browsers are not to be asked
   */
  StageMetrics(MeterRegistry registry, Optional<Browsers> browsers) {
    this.registry = registry;
    this.browsers = browsers;
    this.clients = new ClientMetrics(registry);
    for (Way way : Way.values()) {
      setUp(way);
    }
    for (Failure failure : Failure.values()) {
      failures(failure);
    }
    restarts();
    returns(true);
    returns(false);
  }

  @Override
  public void callConnected(Duration setUp, Way way) {
    setUp(way).record(setUp);
  }

  @Override
  public void callFailed(Failure failure) {
    failures(failure).increment();
  }

  @Override
  public void callRestarted() {
    restarts().increment();
  }

  @Override
  public void signallingReturned(boolean resumed) {
    returns(resumed).increment();
  }

  @Override
  public boolean asksBrowsers() {
    return browsers.isPresent();
  }

  @Override
  public void browserMeasured(String roomId, String link, ClientDigest digest, String json) {
    clients.record(digest);
    browsers.ifPresent(taking -> taking.measured(roomId, link, json));
  }

  @Override
  public void digestRefused(DigestRefusal why) {
    clients.drop(why);
  }

  @Override
  public void commandRefused(String code) {
    Counter.builder("amphi.signalling.refusals")
        .description("Commands that were refused")
        .tag("code", code)
        .register(registry)
        .increment();
  }

  /** Looks at all streams; to be called every few seconds. */
  void sample(Stage stage) {
    for (String room : stage.rooms()) {
      // A room that was closed meanwhile has nothing to tell.
      stage.sample(room).thenAccept(samples -> samples.forEach(this::record));
    }
  }

  private void record(LinkSample sample) {
    Tags tags =
        Tags.of(
            "direction",
            sample.direction().name().toLowerCase(Locale.ROOT),
            "kind",
            sample.kind().wireName(),
            "layer",
            LAYERS.contains(sample.layer()) ? sample.layer() : "other");
    summary("bitrate", "bits", "Bits per second of one stream", tags, 16e3, 10e6)
        .record(sample.bitsPerSecond());
    summary("loss", "ratio", "Packets lost, after retransmission where known", tags, 0.001, 0.5)
        .record(sample.lossFraction());
    if (sample.jitterMillis() >= 0) {
      summary("jitter", "ms", "Interarrival jitter (RFC 3550)", tags, 1, 1000)
          .record(sample.jitterMillis());
    }
    if (sample.roundTripMillis() >= 0) {
      summary("round.trip", "ms", "Round trip between node and participant", tags, 1, 2000)
          .record(sample.roundTripMillis());
    }
  }

  private DistributionSummary summary(
      String name, String unit, String description, Tags tags, double least, double most) {
    return DistributionSummary.builder("amphi.link." + name)
        .baseUnit(unit)
        .description(description)
        .tags(tags)
        .publishPercentileHistogram()
        .minimumExpectedValue(least)
        .maximumExpectedValue(most)
        .register(registry);
  }

  private Timer setUp(Way way) {
    return Timer.builder("amphi.call.setup")
        .description("From a peer connection's offer until media could flow")
        .tag("way", way.name().toLowerCase(Locale.ROOT))
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(10))
        .maximumExpectedValue(Duration.ofSeconds(30))
        .register(registry);
  }

  private Counter failures(Failure failure) {
    return Counter.builder("amphi.call.failures")
        .description("Peer connections given up before media could flow")
        .tag("reason", failure.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private Counter restarts() {
    return Counter.builder("amphi.call.restarts")
        .description("ICE restarts that were followed")
        .register(registry);
  }

  private Counter returns(boolean resumed) {
    return Counter.builder("amphi.signalling.returns")
        .description("Lost signalling sockets that came back")
        .tag("resumed", Boolean.toString(resumed))
        .register(registry);
  }
}
