package dev.amphi.server.node;

import dev.amphi.interactive.api.ClientDigest;
import dev.amphi.interactive.api.ClientDigest.Candidate;
import dev.amphi.interactive.api.LinkSample.Direction;
import dev.amphi.interactive.api.StageMeter;
import dev.amphi.interactive.api.TrackView.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;

/** What browsers measured of themselves, for Prometheus. */
final class ClientMetrics {
  private final MeterRegistry registry;

  ClientMetrics(MeterRegistry registry) {
    this.registry = registry;
    digests("taken");
    for (StageMeter.DigestRefusal why : StageMeter.DigestRefusal.values()) {
      refused(why);
    }
  }

  void drop(StageMeter.DigestRefusal why) {
    refused(why).increment();
  }

  private Counter refused(StageMeter.DigestRefusal why) {
    return digests(why.name().toLowerCase(Locale.ROOT));
  }

  private Counter digests(String result) {
    return Counter.builder("amphi.client.digests")
        .description("What browsers told of their peer connections, taken or dropped")
        .tag("result", result)
        .register(registry);
  }

  void record(ClientDigest digest) {
    digests("taken").increment();
    path(digest.path());
    for (ClientDigest.Track track : digest.tracks()) {
      if (track.direction() == Direction.DOWN) {
        received(track, digest.seconds());
      } else {
        sent(track);
      }
    }
  }

  private void path(ClientDigest.Path path) {
    if (path.local() != Candidate.UNKNOWN) {
      boolean relayed = path.local() == Candidate.RELAY;
      Counter.builder("amphi.client.paths")
          .description("Digests by what kind of candidate the browser's side of the pair is")
          .tag("candidate", path.local().wireName())
          .tag("protocol", (relayed ? path.relayProtocol() : path.protocol()).wireName())
          .register(registry)
          .increment();
    }
    if (path.roundTripMillis() >= 0) {
      summary("round.trip", "ms", "Round trip of the browser's last check", Tags.empty(), 1, 2000)
          .record(path.roundTripMillis());
    }
  }

  private void received(ClientDigest.Track track, double seconds) {
    Tags kind = Tags.of("kind", track.kind().wireName());
    if (track.bufferMillis() >= 0) {
      summary("jitter.buffer", "ms", "Time in the browser's jitter buffer", kind, 1, 2000)
          .record(track.bufferMillis());
    }
    if (track.kind() == Kind.AUDIO) {
      if (track.samples() > 0 && track.concealedSamples() >= 0) {
        summary("concealment", "ratio", "Sound that was made up", Tags.empty(), 0.001, 1)
            .record(Math.min(1, (double) track.concealedSamples() / track.samples()));
      }
      return;
    }
    if (track.freezeMillis() >= 0) {
      summary("freeze", "ratio", "Time that a picture stood still", Tags.empty(), 0.001, 1)
          .record(Math.min(1, track.freezeMillis() / 1000 / seconds));
    }
    frameRate(track, "down");
  }

  private void sent(ClientDigest.Track track) {
    if (track.kind() == Kind.VIDEO) {
      frameRate(track, "up");
      if (track.limit() != ClientDigest.Limit.UNKNOWN) {
        Counter.builder("amphi.client.encoders")
            .description("Published pictures in digests, by what limits the encoder")
            .tag("limited", track.limit().wireName())
            .register(registry)
            .increment();
      }
    }
  }

  private void frameRate(ClientDigest.Track track, String direction) {
    if (track.framesPerSecond() >= 0) {
      summary(
              "frame.rate",
              "fps",
              "Pictures per second that a browser shows (down) or encodes (up)",
              Tags.of("direction", direction),
              1,
              60)
          .record(track.framesPerSecond());
    }
  }

  private DistributionSummary summary(
      String name, String unit, String description, Tags tags, double least, double most) {
    return DistributionSummary.builder("amphi.client." + name)
        .baseUnit(unit)
        .description(description)
        .tags(tags)
        .publishPercentileHistogram()
        .minimumExpectedValue(least)
        .maximumExpectedValue(most)
        .register(registry);
  }
}
