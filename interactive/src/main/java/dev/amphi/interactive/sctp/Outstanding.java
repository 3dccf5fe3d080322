package dev.amphi.interactive.sctp;

import static dev.amphi.interactive.rtp.ByteFields.u16;

import org.jspecify.annotations.Nullable;

/**
 * Chunks that have a TSN and are not passed by the cumulative acknowledgement: those in flight,
 * those to be sent again, and those given up. TSNs are unwrapped.
 */
final class Outstanding {
  /** More are not sent before some are acknowledged. */
  static final int MAX_CHUNKS = 2_048;

  /** RFC 9260 §7.2.4. */
  private static final int MISSES_OF_A_LOSS = 3;

  private final @Nullable OutboundChunk[] ring = new OutboundChunk[MAX_CHUNKS];
  private long acknowledged;
  private long next;
  private long flightBytes;
  private int resends;

  // What the last SACK said.
  private long newlyAcknowledgedBytes;
  private long highestNewlyAcknowledged;
  private boolean lossSeen;
  private @Nullable OutboundChunk sample;

  Outstanding(long initialTsn) {
    acknowledged = initialTsn - 1;
    next = initialTsn;
  }

  /** The cumulative TSN that the far side acknowledged. */
  long acknowledged() {
    return acknowledged;
  }

  /** The next TSN to be given away. */
  long next() {
    return next;
  }

  boolean empty() {
    return next == acknowledged + 1;
  }

  boolean full() {
    // One place is kept for the rest of a message that is given up.
    return next - acknowledged >= MAX_CHUNKS;
  }

  long flightBytes() {
    return flightBytes;
  }

  OutboundChunk get(long tsn) {
    OutboundChunk chunk = ring[(int) (tsn & MAX_CHUNKS - 1)];
    if (chunk == null || chunk.tsn != tsn) {
      throw new IllegalStateException("TSN " + tsn + " is not outstanding");
    }
    return chunk;
  }

  OutboundChunk add(OutboundMessage message, int offset, int length) {
    OutboundChunk chunk = new OutboundChunk(next++, message, offset, length);
    ring[(int) (chunk.tsn & MAX_CHUNKS - 1)] = chunk;
    return chunk;
  }

  void sent(OutboundChunk chunk, long nowNanos) {
    chunk.sends++;
    chunk.sentNanos = nowNanos;
    chunk.misses = 0;
    resend(chunk, false);
    if (!chunk.inFlight) {
      chunk.inFlight = true;
      flightBytes += chunk.length;
    }
  }

  /** Takes a chunk out of flight: acknowledged, lost or given up. */
  void landed(OutboundChunk chunk) {
    if (chunk.inFlight) {
      chunk.inFlight = false;
      flightBytes -= chunk.length;
    }
  }

  /** Whether a chunk is to go out again. */
  void resend(OutboundChunk chunk, boolean again) {
    if (chunk.resend != again) {
      chunk.resend = again;
      resends += again ? 1 : -1;
    }
  }

  /** The first chunk that is to go out again, or null. */
  @Nullable OutboundChunk nextToResend() {
    if (resends > 0) {
      for (long tsn = acknowledged + 1; tsn < next; tsn++) {
        OutboundChunk chunk = get(tsn);
        if (chunk.resend) {
          return chunk;
        }
      }
    }
    return null;
  }

  boolean anyToResend() {
    return resends > 0;
  }

  /** Starts to read a SACK. */
  void beginSack() {
    sample = null;
    newlyAcknowledgedBytes = 0;
    highestNewlyAcknowledged = acknowledged;
    lossSeen = false;
  }

  /** Removes the first chunk, which the cumulative acknowledgement has passed. */
  OutboundChunk removeFirst() {
    OutboundChunk chunk = get(++acknowledged);
    ring[(int) (acknowledged & MAX_CHUNKS - 1)] = null;
    acknowledge(chunk);
    return chunk;
  }

  private void acknowledge(OutboundChunk chunk) {
    if (!chunk.acknowledged) {
      chunk.acknowledged = true;
      resend(chunk, false);
      if (chunk.inFlight) {
        newlyAcknowledgedBytes += chunk.length;
        sample = chunk.sends == 1 ? chunk : sample;
      }
      highestNewlyAcknowledged = Math.max(highestNewlyAcknowledged, chunk.tsn);
      landed(chunk);
    }
  }

  /**
   * Reads gap blocks (RFC 9260 §6.2.1, §7.2.4). Blocks that do not rise, or lie beyond what was
   * sent, end the reading.
   *
   * @param all whether everything below the last block counts as missed once more, not only what is
   *     below something newly acknowledged
   * @return false when a block lied
   */
  boolean readGaps(byte[] in, int at, int blocks, boolean all) {
    long cumulative = acknowledged;
    long tsn = cumulative + 1;
    boolean sound = true;
    for (int i = 0; i < blocks && sound; i++) {
      long first = cumulative + u16(in, at + 4 * i);
      long last = cumulative + u16(in, at + 4 * i + 2);
      sound = first >= tsn && last >= first && last < next;
      if (sound) {
        for (; tsn < first; tsn++) {
          renege(get(tsn));
        }
        for (; tsn <= last; tsn++) {
          acknowledge(get(tsn));
        }
      }
    }
    long limit = all ? tsn - 1 : highestNewlyAcknowledged;
    for (long missing = cumulative + 1; missing < limit; missing++) {
      miss(get(missing));
    }
    return sound;
  }

  /** RFC 9260 §6.2.1 iii: the far side threw away what it had. */
  private void renege(OutboundChunk chunk) {
    if (chunk.acknowledged && !chunk.message.abandoned) {
      chunk.acknowledged = false;
      resend(chunk, true);
    }
  }

  private void miss(OutboundChunk chunk) {
    if (chunk.inFlight && ++chunk.misses >= MISSES_OF_A_LOSS && !chunk.resentEarly) {
      chunk.resentEarly = true;
      resend(chunk, true);
      lossSeen = true;
      landed(chunk);
    }
  }

  /** Bytes that the SACK acknowledged for the first time. */
  long newlyAcknowledgedBytes() {
    return newlyAcknowledgedBytes;
  }

  /** A chunk that the SACK acknowledged and that was sent once only, or null: a round trip. */
  @Nullable OutboundChunk sample() {
    return sample;
  }

  /** Whether the SACK showed a chunk as lost. */
  boolean lossSeen() {
    return lossSeen;
  }

  /** Everything in flight counts as lost. */
  void loseAll() {
    for (long tsn = acknowledged + 1; tsn < next; tsn++) {
      OutboundChunk chunk = get(tsn);
      if (chunk.inFlight) {
        resend(chunk, true);
        landed(chunk);
      }
    }
  }
}
