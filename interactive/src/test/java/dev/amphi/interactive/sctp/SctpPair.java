package dev.amphi.interactive.sctp;

import dev.amphi.interactive.pipeline.SeededNetwork;
import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Two associations joined by a seeded network each way, in virtual time. */
final class SctpPair {
  static final long MILLI = 1_000_000;

  final SctpEnd near;
  final SctpEnd far;
  final SeededNetwork there;
  final SeededNetwork back;
  private final List<Runnable> beforeEachStep = new ArrayList<>();
  private long nowNanos = 1_000_000_000L;

  SctpPair(long seed, Conditions conditions) {
    this(new Random(seed), new Random(seed + 1), seed, conditions);
  }

  SctpPair(Random nearRandom, Random farRandom, long seed, Conditions conditions) {
    near = new SctpEnd(SctpConfig.WEBRTC, nearRandom);
    far = new SctpEnd(SctpConfig.WEBRTC, farRandom);
    there =
        new SeededNetwork(
            seed + 2, conditions, (packet, now) -> far.onPacket(packet, packet.length, now));
    back =
        new SeededNetwork(
            seed + 3, conditions, (packet, now) -> near.onPacket(packet, packet.length, now));
  }

  /** A pair whose handshake is done. */
  static SctpPair established(long seed, Conditions conditions) {
    SctpPair pair = new SctpPair(seed, conditions);
    pair.near.association.connect(pair.now());
    pair.run(30_000);
    if (!pair.near.association.established() || !pair.far.association.established()) {
      throw new IllegalStateException("No association came up with seed " + seed);
    }
    return pair;
  }

  long now() {
    return nowNanos;
  }

  /** Runs something before each step, as an application that sends whenever there is room. */
  void beforeEachStep(Runnable action) {
    beforeEachStep.add(action);
  }

  void conditions(Conditions conditions) {
    there.conditions(conditions);
    back.conditions(conditions);
  }

  /** Lets virtual time pass. */
  void run(long millis) {
    long until = nowNanos + millis * MILLI;
    while (true) {
      beforeEachStep.forEach(Runnable::run);
      there.poll(nowNanos);
      back.poll(nowNanos);
      poll(near, there);
      poll(far, back);
      long next = Math.min(there.nextDeadlineNanos(), back.nextDeadlineNanos());
      next = Math.min(next, near.association.nextDeadlineNanos());
      next = Math.min(next, far.association.nextDeadlineNanos());
      if (next > until) {
        nowNanos = until;
        return;
      }
      nowNanos = Math.max(nowNanos, next);
    }
  }

  private void poll(SctpEnd end, SeededNetwork out) {
    if (end.association.nextDeadlineNanos() <= nowNanos) {
      end.association.poll(
          nowNanos, (buffer, offset, length) -> out.send(buffer, offset, length, nowNanos));
    }
  }
}
