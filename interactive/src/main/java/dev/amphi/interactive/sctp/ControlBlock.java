package dev.amphi.interactive.sctp;

import dev.amphi.interactive.rtp.ByteFields;
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
      SctpListener listener) {
    this.remote = remote;
    this.outgoingStreams = Math.min(local.outgoingStreams(), remote.incomingStreams());
    this.inbound =
        new Inbound(
            config,
            remote.initialTsn(),
            stats,
            message -> listener.message(message.stream, message.payloadType, message.data));
    this.outbound =
        new Outbound(
            config, queue, local.initialTsn(), remote.windowBytes(), remote.forwardTsn(), stats);
    this.resets =
        new StreamResets(listener, inbound, outbound, local.initialTsn(), remote.initialTsn());
    this.heartbeat = new Heartbeat(random);
  }

  /** What became of a chunk. */
  enum Verdict {
    TAKEN,
    UNEXPECTED,
    /** A message that is empty or too large. */
    BAD_MESSAGE,
    /** Of what was never sent. */
    BAD_ACKNOWLEDGEMENT,
    /** Both sides know that it is over. */
    SHUT_DOWN
  }

  /** Takes the chunk that the reader stands at. */
  Verdict take(PacketReader reader, PacketAssembly packets, Teardown teardown, long nowNanos) {
    byte[] in = reader.bytes();
    int at = reader.value();
    int length = reader.valueBytes();
    return switch (reader.type()) {
      case ChunkType.DATA ->
          inbound.onData(reader.flags(), in, at, length) ? Verdict.TAKEN : Verdict.BAD_MESSAGE;
      case ChunkType.SACK ->
          outbound.onSack(in, at, length, nowNanos) ? Verdict.TAKEN : Verdict.BAD_ACKNOWLEDGEMENT;
      case ChunkType.HEARTBEAT -> taken(packets.answerHeartbeat(in, at, length));
      case ChunkType.HEARTBEAT_ACK -> {
        onHeartbeatAck(in, at, length, nowNanos);
        yield Verdict.TAKEN;
      }
      case ChunkType.FORWARD_TSN -> {
        inbound.onForwardTsn(in, at, length);
        yield Verdict.TAKEN;
      }
      case ChunkType.RE_CONFIG -> taken(resets.onChunk(in, at, length, nowNanos));
      case ChunkType.SHUTDOWN -> {
        if (length >= 4) {
          outbound.onCumulative(ByteFields.u32(in, at), nowNanos);
          teardown.onShutdown(nowNanos);
        }
        yield taken(length >= 4);
      }
      case ChunkType.SHUTDOWN_ACK -> {
        if (teardown.endedByAck()) {
          packets.completeShutdown();
          yield Verdict.SHUT_DOWN;
        }
        yield Verdict.UNEXPECTED;
      }
      case ChunkType.SHUTDOWN_COMPLETE ->
          teardown.endedByComplete() ? Verdict.SHUT_DOWN : Verdict.UNEXPECTED;
      // RFC 9260 §3.3.10: errors alone end nothing.
      case ChunkType.ERROR -> Verdict.TAKEN;
      default -> Verdict.UNEXPECTED;
    };
  }

  private static Verdict taken(boolean sound) {
    return sound ? Verdict.TAKEN : Verdict.UNEXPECTED;
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
