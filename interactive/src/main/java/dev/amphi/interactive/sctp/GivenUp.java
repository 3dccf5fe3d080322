package dev.amphi.interactive.sctp;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells the far side not to wait for what was given up (RFC 3758 §3.5): how far it may move its
 * cumulative TSN, and which ordered messages it skips.
 */
final class GivenUp {
  private final Outstanding outstanding;
  private long advanced;
  private boolean untold;

  GivenUp(Outstanding outstanding) {
    this.outstanding = outstanding;
    this.advanced = outstanding.acknowledged();
  }

  /** Moves over all abandoned chunks; what the far side has not acknowledged is to be told. */
  void advance() {
    advanced = Math.max(advanced, outstanding.acknowledged());
    while (advanced + 1 < outstanding.next() && outstanding.get(advanced + 1).message.abandoned) {
      advanced++;
    }
    untold |= advanced > outstanding.acknowledged();
  }

  void tellAgain() {
    untold = advanced > outstanding.acknowledged();
  }

  boolean untold() {
    return untold;
  }

  /** Writes FORWARD TSN; with more streams than there is room for it goes less far. */
  void write(PacketWriter out) {
    untold = false;
    if (advanced <= outstanding.acknowledged()) {
      return;
    }
    int most = (out.room() - 4) / 4;
    Map<Integer, Long> skipped = new LinkedHashMap<>();
    long tsn = outstanding.acknowledged();
    while (tsn < advanced) {
      OutboundMessage message = outstanding.get(tsn + 1).message;
      if (!message.unordered) {
        if (skipped.size() == most && !skipped.containsKey(message.stream)) {
          break;
        }
        skipped.put(message.stream, message.sequence);
      }
      tsn++;
    }
    out.beginChunk(ChunkType.FORWARD_TSN, 0);
    out.put32(tsn);
    skipped.forEach(
        (stream, sequence) -> {
          out.put16(stream);
          out.put16((int) (long) sequence);
        });
    out.endChunk();
  }
}
