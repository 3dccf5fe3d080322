package dev.amphi.interactive.sctp;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait to be sent, first come first served, and what every stream has on the way.
 * Fragments of two messages cannot mix without I-DATA (RFC 8260), so a large one holds up the
 * others.
 */
final class OutboundQueue {
  /** What a message costs beside its bytes. */
  private static final int OVERHEAD_BYTES = 64;

  private static final class Stream {
    long nextSequence;
    long bufferedBytes;
  }

  private final ArrayDeque<OutboundMessage> waiting = new ArrayDeque<>();
  private final Map<Integer, Stream> streams = new HashMap<>();
  private final int limitBytes;
  private long bufferedBytes;

  /**
   * @param limitBytes of all that is not acknowledged yet
   */
  OutboundQueue(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Takes a message; false when there is no room, even without what has expired. */
  boolean add(OutboundMessage message, long nowNanos) {
    int bytes = message.data.length + OVERHEAD_BYTES;
    if (bufferedBytes + bytes > limitBytes) {
      dropExpired(nowNanos);
    }
    if (bufferedBytes + bytes > limitBytes) {
      return false;
    }
    bufferedBytes += bytes;
    stream(message.stream).bufferedBytes += message.data.length;
    waiting.addLast(message);
    return true;
  }

  private void dropExpired(long nowNanos) {
    for (Iterator<OutboundMessage> i = waiting.iterator(); i.hasNext(); ) {
      OutboundMessage message = i.next();
      if (!message.started() && message.expired(nowNanos)) {
        i.remove();
        release(message, message.data.length, true);
      }
    }
  }

  /** The message to send from next, or null; those that expired before they began are dropped. */
  @Nullable OutboundMessage head(long nowNanos, SctpStats stats) {
    while (true) {
      OutboundMessage head = waiting.peekFirst();
      if (head == null || head.started() || !head.expired(nowNanos)) {
        return head;
      }
      waiting.removeFirst();
      stats.abandonedMessages++;
      release(head, head.data.length, true);
    }
  }

  /** The head gets the next number of its stream with its first fragment. */
  void number(OutboundMessage head) {
    if (head.sequence < 0) {
      head.sequence = head.unordered ? 0 : stream(head.stream).nextSequence++;
    }
  }

  /** All of the head has become chunks, or the rest is given up. */
  void removeHead() {
    waiting.removeFirst();
  }

  boolean isHead(OutboundMessage message) {
    return waiting.peekFirst() == message;
  }

  boolean empty() {
    return waiting.isEmpty();
  }

  /** Bytes of a message need no room any more; {@code last} when it was all of them. */
  void release(OutboundMessage message, int bytes, boolean last) {
    bufferedBytes -= bytes + (last ? OVERHEAD_BYTES : 0);
    stream(message.stream).bufferedBytes -= bytes;
  }

  /** Bytes of a stream that are not acknowledged yet. */
  long bufferedBytes(int streamId) {
    Stream stream = streams.get(streamId);
    return stream == null ? 0 : stream.bufferedBytes;
  }

  long bufferedBytes() {
    return bufferedBytes;
  }

  /** These streams count from 0 again. */
  void reset(List<Integer> streamIds) {
    for (int id : streamIds) {
      stream(id).nextSequence = 0;
    }
  }

  private Stream stream(int id) {
    return streams.computeIfAbsent(id, unused -> new Stream());
  }
}
