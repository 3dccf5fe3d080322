package dev.amphi.interactive.sctp;

import static dev.amphi.interactive.rtp.ByteFields.u16;
import static dev.amphi.interactive.rtp.ByteFields.u32;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts streams anew in both directions (RFC 6525): how a data channel is closed. One request of
 * ours is on the way at a time, and only for streams of which everything is acknowledged, so that
 * nothing has to wait at the far side.
 */
final class StreamResets {
  private static final int OUTGOING_REQUEST = 13;
  private static final int RESPONSE = 16;
  private static final int OUTGOING_FIXED_BYTES = 16;
  private static final int RESPONSE_BYTES = 12;

  /** RFC 6525 §4.4. */
  private static final int PERFORMED = 1;

  private static final int DENIED = 2;
  private static final int BAD_SEQUENCE_NUMBER = 5;
  private static final int IN_PROGRESS = 6;

  /** Parameters in one chunk that are answered. */
  private static final int MAX_RESPONSES = 2;

  private static final int MAX_STREAMS_PER_REQUEST = 256;

  private record Response(long sequence, int result) {}

  private final SctpListener listener;
  private final Inbound inbound;
  private final Outbound outbound;
  private final Set<Integer> wanted = new LinkedHashSet<>();
  private final List<Response> responses = new ArrayList<>();
  private List<Integer> requested = List.of();
  private long nextSequence;
  private long expected;
  private @Nullable Response lastResponse;
  private boolean send;
  private long deadlineNanos = Long.MAX_VALUE;

  /** Request numbers start with each side's initial TSN (RFC 6525 §4.1). */
  StreamResets(
      SctpListener listener, Inbound inbound, Outbound outbound, long localTsn, long remoteTsn) {
    this.listener = listener;
    this.inbound = inbound;
    this.outbound = outbound;
    this.nextSequence = localTsn;
    this.expected = remoteTsn;
  }

  /** Starts a stream of ours anew once everything on it is acknowledged. */
  void want(int stream) {
    wanted.add(stream);
  }

  /** Prepares the next request when there is none, or the last was not answered in time. */
  void poll(long nowNanos) {
    if (requested.isEmpty() && !wanted.isEmpty()) {
      requested = wanted.stream().filter(outbound::drained).limit(MAX_STREAMS_PER_REQUEST).toList();
      requested.forEach(wanted::remove);
      send = !requested.isEmpty();
    } else if (nowNanos >= deadlineNanos) {
      deadlineNanos = Long.MAX_VALUE;
      send = true;
    }
  }

  boolean hasToSend() {
    return send || !responses.isEmpty();
  }

  long nextDeadlineNanos() {
    return deadlineNanos;
  }

  void write(PacketWriter out, long nowNanos) {
    if (!responses.isEmpty()) {
      out.beginChunk(ChunkType.RE_CONFIG, 0);
      for (Response response : responses) {
        out.put16(RESPONSE);
        out.put16(RESPONSE_BYTES);
        out.put32(response.sequence);
        out.put32(response.result);
      }
      out.endChunk();
      responses.clear();
    }
    if (send && OUTGOING_FIXED_BYTES + 2 * requested.size() <= out.room()) {
      out.beginChunk(ChunkType.RE_CONFIG, 0);
      out.put16(OUTGOING_REQUEST);
      out.put16(OUTGOING_FIXED_BYTES + 2 * requested.size());
      out.put32(nextSequence);
      out.put32(expected - 1);
      // These streams' last TSN is acknowledged, so this says no more than is true of them.
      out.put32(outbound.acknowledged());
      requested.forEach(out::put16);
      out.endChunk();
      send = false;
      deadlineNanos = nowNanos + outbound.timer().timeoutNanos();
    }
  }

  /** Takes a RE-CONFIG's value; false when a length lies. */
  boolean onChunk(byte[] in, int start, int length, long nowNanos) {
    int at = start;
    int end = start + length;
    while (end - at >= 4) {
      int bytes = u16(in, at + 2);
      if (bytes < 4 || bytes > end - at || !onParameter(in, at, bytes, nowNanos)) {
        return false;
      }
      at += PacketReader.padded(bytes);
    }
    return true;
  }

  private boolean onParameter(byte[] in, int at, int bytes, long nowNanos) {
    if (bytes < 8) {
      return false;
    }
    long sequence = u32(in, at + 4);
    if (u16(in, at) == RESPONSE) {
      if (bytes < RESPONSE_BYTES) {
        return false;
      }
      onResponse(sequence, (int) u32(in, at + 8), nowNanos);
      return true;
    }
    if (u16(in, at) == OUTGOING_REQUEST && bytes < OUTGOING_FIXED_BYTES) {
      return false;
    }
    onRequest(in, at, bytes, Serial.near32(expected, sequence));
    return true;
  }

  private void onRequest(byte[] in, int at, int bytes, long sequence) {
    Response last = lastResponse;
    if (last != null && last.sequence == sequence && last.result != IN_PROGRESS) {
      respond(last);
    } else if (sequence == expected || (last != null && last.sequence == sequence)) {
      expected = sequence + 1;
      Response response = new Response(sequence, perform(in, at, bytes));
      lastResponse = response;
      respond(response);
    } else {
      respond(new Response(sequence, BAD_SEQUENCE_NUMBER));
    }
  }

  private void respond(Response response) {
    if (responses.size() < MAX_RESPONSES) {
      responses.add(response);
    }
  }

  private int perform(byte[] in, int at, int bytes) {
    if (u16(in, at) != OUTGOING_REQUEST) {
      // Requests to reset our side, all TSNs, or to add streams: no browser makes them.
      return DENIED;
    }
    if (Serial.near32(inbound.cumulative(), u32(in, at + 12)) > inbound.cumulative()) {
      return IN_PROGRESS;
    }
    List<Integer> streams = new ArrayList<>();
    for (int i = at + OUTGOING_FIXED_BYTES; i + 2 <= at + bytes; i += 2) {
      streams.add(u16(in, i));
    }
    inbound.reset(streams);
    listener.incomingReset(streams);
    return PERFORMED;
  }

  private void onResponse(long sequence, int result, long nowNanos) {
    if (requested.isEmpty() || Serial.near32(nextSequence, sequence) != nextSequence) {
      return;
    }
    nextSequence++;
    if (result == IN_PROGRESS) {
      // The next request is another, with another number (as libwebrtc expects it).
      deadlineNanos = nowNanos + outbound.timer().timeoutNanos();
      return;
    }
    List<Integer> done = requested;
    requested = List.of();
    deadlineNanos = Long.MAX_VALUE;
    send = false;
    if (result <= PERFORMED) {
      outbound.reset(done);
    }
    // Refused or not: there is no more that this side can do for them.
    listener.outgoingReset(done);
  }
}
