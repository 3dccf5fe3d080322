package dev.amphi.interactive.sctp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands whole messages on, the ordered ones in the order of their stream (RFC 9260 §6.6). */
final class InboundStreams {
  private static final class Stream {
    long next;
    final TreeMap<Long, InboundMessage> waiting = new TreeMap<>();
  }

  private final Map<Integer, Stream> streams = new HashMap<>();
  private final Consumer<InboundMessage> out;
  private long heldBytes;

  InboundStreams(Consumer<InboundMessage> out) {
    this.out = out;
  }

  /** What waits for an earlier message. */
  long heldBytes() {
    return heldBytes;
  }

  void add(InboundMessage message) {
    if (message.unordered) {
      out.accept(message);
      return;
    }
    Stream stream = stream(message.stream);
    long sequence = Serial.near16(stream.next, message.sequence);
    if (sequence < stream.next) {
      return;
    }
    InboundMessage replaced = stream.waiting.put(sequence, message);
    heldBytes += message.heldBytes() - (replaced == null ? 0 : replaced.heldBytes());
    release(stream, stream.next);
  }

  /**
   * What waits up to here goes out though some are missing, and then what follows without a hole.
   */
  private void release(Stream stream, long until) {
    while (true) {
      Map.@Nullable Entry<Long, InboundMessage> first = stream.waiting.firstEntry();
      if (first == null || first.getKey() > Math.max(until, stream.next)) {
        return;
      }
      stream.waiting.remove(first.getKey());
      stream.next = first.getKey() + 1;
      heldBytes -= first.getValue().heldBytes();
      out.accept(first.getValue());
    }
  }

  /** Messages of a stream up to this number were given up. */
  void skipTo(int streamId, int wireSequence) {
    Stream stream = stream(streamId);
    long sequence = Serial.near16(stream.next, wireSequence);
    if (sequence >= stream.next) {
      release(stream, sequence);
      stream.next = Math.max(stream.next, sequence + 1);
      release(stream, stream.next);
    }
  }

  /** These streams count from 0 again; what waited will never be in order. */
  void reset(List<Integer> streamIds) {
    for (int id : streamIds) {
      Stream stream = streams.remove(id);
      if (stream != null) {
        stream.waiting.values().forEach(message -> heldBytes -= message.heldBytes());
      }
    }
  }

  void resetAll() {
    streams.clear();
    heldBytes = 0;
  }

  private Stream stream(int id) {
    return streams.computeIfAbsent(id, unused -> new Stream());
  }
}
