package dev.amphi.interactive.sctp;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Everything about an association that stands (RFC 9260 §14: the transmission control block). */
final class ControlBlock {
  /** RFC 9260 §16: Association.Max.Retrans. */
  private static final int MAX_TIMEOUTS = 10;

  final InitChunk remote;
  final int outgoingStreams;
  final Inbound inbound;
  final Outbound outbound;
  final StreamResets resets;
  final Heartbeat heartbeat;
  private int silentHeartbeats;

  ControlBlock(
      SctpConfig config,
      InitChunk local,
      InitChunk remote,
      OutboundQueue queue,
      RandomGenerator random,
      SctpStats stats,
      Consumer<InboundMessage> messages,
      StreamResets.Owner owner) {
    this.remote = remote;
    this.outgoingStreams = Math.min(local.outgoingStreams(), remote.incomingStreams());
    this.inbound = new Inbound(config, remote.initialTsn(), stats, messages);
    this.outbound =
        new Outbound(
            config, queue, local.initialTsn(), remote.windowBytes(), remote.forwardTsn(), stats);
    this.resets =
        new StreamResets(owner, inbound, outbound, local.initialTsn(), remote.initialTsn());
    this.heartbeat = new Heartbeat(random);
  }

  /** Whether the far side has been silent for too long. */
  boolean unreachable() {
    return outbound.timeoutsInARow() + silentHeartbeats > MAX_TIMEOUTS;
  }

  void pollTimers(long nowNanos) {
    outbound.pollTimer(nowNanos);
    resets.poll(nowNanos);
  }

  void writeHeartbeat(PacketWriter out, long nowNanos) {
    if (heartbeat.unanswered()) {
      silentHeartbeats++;
    }
    heartbeat.write(out, nowNanos, outbound.timer().timeoutNanos());
  }

  void onHeartbeatAck(byte[] in, int at, int length, long nowNanos) {
    long roundTrip = heartbeat.onAcknowledged(in, at, length, nowNanos);
    if (roundTrip >= 0) {
      outbound.timer().onRoundTrip(roundTrip);
      heard();
    }
  }

  void heard() {
    silentHeartbeats = 0;
    outbound.heard();
  }

  long nextDeadlineNanos() {
    long next = Math.min(inbound.nextDeadlineNanos(), outbound.timer().deadlineNanos());
    return Math.min(next, Math.min(resets.nextDeadlineNanos(), heartbeat.nextDeadlineNanos()));
  }
}
