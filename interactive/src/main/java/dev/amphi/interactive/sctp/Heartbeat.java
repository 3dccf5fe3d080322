package dev.amphi.interactive.sctp;

import dev.amphi.interactive.rtp.ByteFields;
import java.util.random.RandomGenerator;

/** Asks a silent far side whether it is there (RFC 9260 §8.3). */
final class Heartbeat {
  private static final long INTERVAL_NANOS = 30_000_000_000L;
  private static final int PARAMETER_BYTES = 20;

  private final RandomGenerator random;
  private long dueNanos = Long.MAX_VALUE;
  private long nonce;
  private long sentNanos;
  private boolean waiting;

  Heartbeat(RandomGenerator random) {
    this.random = random;
  }

  void start(long nowNanos) {
    dueNanos = nowNanos + INTERVAL_NANOS;
  }

  long nextDeadlineNanos() {
    return dueNanos;
  }

  boolean due(long nowNanos) {
    return nowNanos >= dueNanos;
  }

  /** Whether the last one was not answered. */
  boolean unanswered() {
    return waiting;
  }

  void write(PacketWriter out, long nowNanos, long timeoutNanos) {
    nonce = random.nextLong();
    sentNanos = nowNanos;
    waiting = true;
    dueNanos = nowNanos + INTERVAL_NANOS + timeoutNanos;
    out.beginChunk(ChunkType.HEARTBEAT, 0);
    out.put16(1);
    out.put16(PARAMETER_BYTES);
    out.put32(nonce >>> 32);
    out.put32(nonce);
    out.put32(nowNanos >>> 32);
    out.put32(nowNanos);
    out.endChunk();
  }

  /** Takes an answer's value; the round trip, or -1 when it answers nothing of ours. */
  long onAcknowledged(byte[] in, int at, int length, long nowNanos) {
    if (!waiting
        || length != PARAMETER_BYTES
        || ByteFields.u64(in, at + 4) != nonce
        || ByteFields.u64(in, at + 12) != sentNanos) {
      return -1;
    }
    waiting = false;
    return nowNanos - sentNanos;
  }
}
