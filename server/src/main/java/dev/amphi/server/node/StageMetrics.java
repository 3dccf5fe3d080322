package dev.amphi.server.node;

import dev.amphi.interactive.api.ClientDigest;
import dev.amphi.interactive.api.StageMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What becomes of peer connections and signalling, for Prometheus. */
final class StageMetrics implements StageMeter {
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
    for (Return outcome : Return.values()) {
      returns(outcome);
    }
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
  public void signallingReturned(Return outcome) {
    returns(outcome).increment();
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

  private Counter returns(Return outcome) {
    return Counter.builder("amphi.signalling.returns")
        .description("Lost signalling sockets that came back")
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }
}
