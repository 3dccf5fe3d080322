package dev.amphi.interactive.sctp;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One SCTP association (RFC 9260) in one DTLS association (RFC 8261). Sans-I/O, confined to one
 * loop: after each input call {@link #poll}, and again when {@link #nextDeadlineNanos} has come.
 *
 * <p>Not followed: restarts (another DTLS association comes with another one of these), I-DATA (RFC
 * 8260), several addresses, ECN.
 */
public final class SctpAssociation {
  /** How it stands with an association. */
  private enum Phase {
    OPENING,
    STANDING,
    ENDED
  }

  private static final int USER_INITIATED_ABORT = 12;
  private static final int PROTOCOL_VIOLATION = 13;

  private final SctpConfig config;
  private final RandomGenerator random;
  private final SctpListener listener;
  private final SctpStats stats = new SctpStats();
  private final PacketReader reader = new PacketReader();
  private final PacketAssembly packets;
  private final Handshake handshake;
  private final OutboundQueue queue;
  private final Teardown teardown = new Teardown();
  private final Set<Integer> resetsBefore = new HashSet<>();
  private Phase phase = Phase.OPENING;
  private @Nullable ControlBlock block;
  private boolean inputSeen;

  /** An association that waits for the far side's INIT; see {@link #connect}. */
  public SctpAssociation(SctpConfig config, RandomGenerator random, SctpListener listener) {
    this.config = config;
    this.random = random;
    this.listener = listener;
    this.packets = new PacketAssembly(config, stats);
    this.handshake = new Handshake(config, random);
    this.queue = new OutboundQueue(config.sendBytes());
  }

  /** Sends an INIT; harmless when the far side does so too. */
  public void connect(long nowNanos) {
    handshake.connect(nowNanos);
    inputSeen = true;
  }

  /** Whether messages can flow. */
  public boolean established() {
    return phase == Phase.STANDING;
  }

  /** Whether it is over. */
  public boolean ended() {
    return phase == Phase.ENDED;
  }

  /** Its counters, live. */
  public SctpStats stats() {
    return stats;
  }

  /**
   * Sends a message; before the association stands it waits.
   *
   * @param payloadType the payload protocol identifier
   * @param data of 1 to {@link SctpConfig#messageBytes} bytes, not to be changed afterwards
   * @return false when there is no room, no such stream, or no association any more
   */
  public boolean send(
      int stream,
      long payloadType,
      byte[] data,
      boolean unordered,
      Reliability reliability,
      long nowNanos) {
    int streams = block == null ? config.streams() : block.outgoingStreams;
    if (data.length == 0 || data.length > config.messageBytes()) {
      throw new IllegalArgumentException(
          "A message has 1 to " + config.messageBytes() + " bytes, but this one " + data.length);
    }
    if (phase == Phase.ENDED || !teardown.open() || stream < 0 || stream >= streams) {
      return false;
    }
    inputSeen = true;
    return queue.add(
        new OutboundMessage(stream, payloadType, data, unordered, reliability, nowNanos), nowNanos);
  }

  /** Bytes of a stream that are not acknowledged yet. */
  public long bufferedBytes(int stream) {
    return queue.bufferedBytes(stream);
  }

  /** Bytes held for both directions. */
  public long heldBytes() {
    return queue.bufferedBytes() + (block == null ? 0 : block.inbound.heldBytes());
  }

  /** Starts a stream of ours anew (RFC 6525) once all on it is acknowledged. */
  public void reset(int stream) {
    if (block == null) {
      resetsBefore.add(stream);
    } else {
      block.resets.want(stream);
      inputSeen = true;
    }
  }

  /** Ends the association when everything has arrived. */
  public void shutdown() {
    teardown.start();
    inputSeen = true;
  }

  /** Ends the association at once; the far side is told with the next poll. */
  public void abort(String reason) {
    end(reason, USER_INITIATED_ABORT);
  }

  private void end(String reason, int cause) {
    if (phase != Phase.ENDED) {
      phase = Phase.ENDED;
      packets.abort(cause);
      inputSeen = true;
      listener.closed(reason);
    }
  }

  /** When {@link #poll} wants to be called next, or {@link Long#MAX_VALUE}; the past means now. */
  public long nextDeadlineNanos() {
    if (inputSeen) {
      return Long.MIN_VALUE;
    }
    if (phase == Phase.ENDED) {
      return Long.MAX_VALUE;
    }
    ControlBlock standing = block;
    return standing == null
        ? handshake.nextDeadlineNanos()
        : Math.min(standing.nextDeadlineNanos(), teardown.nextDeadlineNanos());
  }

  /** Takes one packet; whatever it holds, nothing is thrown. */
  public void onPacket(byte[] packet, int offset, int length, long nowNanos) {
    if (phase == Phase.ENDED) {
      return;
    }
    stats.packetsReceived++;
    stats.bytesReceived += length;
    if (!reader.wrap(packet, offset, length)
        || reader.sourcePort() != config.port()
        || reader.destinationPort() != config.port()) {
      stats.malformed++;
      return;
    }
    inputSeen = true;
    long ours = handshake.local().tag();
    while (phase != Phase.ENDED && reader.nextChunk()) {
      long theirs = block == null ? ours : block.remote.tag();
      if (!reader.tagged(ours, theirs)) {
        stats.wrongTag++;
        return;
      }
      if (!onChunk(nowNanos)) {
        return;
      }
    }
    if (block != null) {
      block.inbound.endPacket(nowNanos);
    }
  }

  /** Takes a chunk; false when the rest of the packet is not to be looked at. */
  private boolean onChunk(long nowNanos) {
    byte[] in = reader.bytes();
    int at = reader.value();
    int length = reader.valueBytes();
    boolean sound =
        switch (reader.type()) {
          case ChunkType.INIT -> block == null && handshake.onInit(in, at, length);
          case ChunkType.INIT_ACK ->
              reader.alone()
                  && handshake.onInitAck(
                      in,
                      at,
                      length,
                      config.packetBytes() - PacketAssembly.HEADROOM_BYTES,
                      nowNanos);
          case ChunkType.COOKIE_ECHO -> onCookieEcho(in, at, length, nowNanos);
          case ChunkType.COOKIE_ACK -> onCookieAck(nowNanos);
          case ChunkType.ABORT -> {
            phase = Phase.ENDED;
            listener.closed("the far side aborted the SCTP association");
            yield true;
          }
          default -> block != null && onStanding(block, nowNanos);
        };
    if (!sound) {
      stats.unexpected++;
    }
    return sound || ChunkType.known(reader.type()) || ChunkType.skippable(reader.type());
  }

  private boolean onCookieEcho(byte[] in, int at, int length, long nowNanos) {
    InitChunk remote = handshake.onCookieEcho(in, at, length, nowNanos);
    if (remote == null || (block != null && block.remote.tag() != remote.tag())) {
      stats.badCookies++;
      return false;
    }
    packets.acknowledgeCookie();
    if (block == null) {
      stand(remote, nowNanos);
    }
    return true;
  }

  private boolean onCookieAck(long nowNanos) {
    InitChunk remote = handshake.onCookieAck();
    if (remote != null) {
      stand(remote, nowNanos);
    }
    return remote != null;
  }

  private void stand(InitChunk remote, long nowNanos) {
    ControlBlock standing =
        new ControlBlock(config, handshake.local(), remote, queue, random, stats, listener);
    standing.heartbeat.start(nowNanos);
    resetsBefore.forEach(standing.resets::want);
    block = standing;
    phase = Phase.STANDING;
    listener.established();
  }

  private boolean onStanding(ControlBlock standing, long nowNanos) {
    switch (standing.take(reader, packets, teardown, nowNanos)) {
      case TAKEN -> {
        return true;
      }
      case UNEXPECTED -> {
        return false;
      }
      case BAD_MESSAGE ->
          end("the far side sent a message that is empty or too large", PROTOCOL_VIOLATION);
      case BAD_ACKNOWLEDGEMENT ->
          end("the far side acknowledged what was never sent", PROTOCOL_VIOLATION);
      case SHUT_DOWN -> end("shut down", 0);
    }
    return true;
  }

  /** Fires what is due and sends what may be sent. */
  public void poll(long nowNanos, PacketSink out) {
    inputSeen = false;
    handshake.poll(packets.writer(), out, nowNanos);
    if (handshake.failed()) {
      end("the far side did not answer the SCTP handshake", 0);
    }
    ControlBlock standing = block;
    if (standing == null) {
      return;
    }
    if (phase == Phase.STANDING) {
      pollTimers(standing, nowNanos);
    }
    if (phase == Phase.STANDING) {
      packets.fill(standing, teardown, out, nowNanos);
    }
    if (phase == Phase.ENDED) {
      packets.sayGoodbye(standing, out);
      inputSeen = false;
    }
  }

  private void pollTimers(ControlBlock standing, long nowNanos) {
    standing.pollTimers(nowNanos);
    if (standing.unreachable() || !teardown.poll(standing.outbound.drained(), nowNanos)) {
      end("the far side does not answer SCTP any more", USER_INITIATED_ABORT);
    }
  }
}
