package dev.amphi.interactive.pipeline;

import dev.amphi.interactive.receive.ReceiverConfig;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.RtcpWriter;
import dev.amphi.interactive.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which received stream a packet belongs to (RFC 8843 §9.2): by SSRC; if that is new, by MID and
 * payload type; without MID by a payload type that only one stream has. Only what was negotiated
 * finds a place, so that a flood of SSRCs fills nothing. A transport has few streams: a list.
 */
final class StreamTable {
  /** A known SSRC is replaced by another of its section only after it was silent so long. */
  private static final long REPLACE_NANOS = 1_000_000_000;

  private final int midId;
  private final List<Entry> entries = new ArrayList<>();

  /** The table of a transport whose packets carry MID under this id, or 0. */
  StreamTable(int midId) {
    this.midId = midId;
  }

  private static final class Entry {
    final RtpReceiver receiver;
    boolean heard;
    long lastNanos;

    Entry(RtpReceiver receiver) {
      this.receiver = receiver;
    }

    void hear(long nowNanos) {
      heard = true;
      lastNanos = nowNanos;
    }
  }

  void add(RtpReceiver receiver) {
    entries.add(new Entry(receiver));
  }

  void remove(RtpReceiver receiver) {
    entries.removeIf(entry -> entry.receiver == receiver);
  }

  /** The stream of a media SSRC. */
  @Nullable RtpReceiver bySsrc(long ssrc) {
    for (int i = 0; i < entries.size(); i++) {
      RtpReceiver receiver = entries.get(i).receiver;
      if (receiver.ssrc() == ssrc) {
        return receiver;
      }
    }
    return null;
  }

  /** The stream of a packet, or null when there is none. */
  @Nullable RtpReceiver find(RtpPacket packet, long nowNanos) {
    long ssrc = packet.ssrc();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.receiver.ssrc() == ssrc) {
        entry.hear(nowNanos);
        return entry.receiver;
      }
      if (entry.receiver.rtxSsrc() == ssrc) {
        return entry.receiver;
      }
    }
    return learn(packet, nowNanos);
  }

  private @Nullable RtpReceiver learn(RtpPacket packet, long nowNanos) {
    Entry entry = candidate(packet);
    if (entry == null) {
      return null;
    }
    RtpReceiver receiver = entry.receiver;
    if (packet.payloadType() == receiver.config().rtxPayloadType()) {
      receiver.rtxSsrc(packet.ssrc());
      return receiver;
    }
    if (entry.heard && nowNanos - entry.lastNanos < REPLACE_NANOS) {
      return null;
    }
    receiver.ssrc(packet.ssrc());
    entry.hear(nowNanos);
    return receiver;
  }

  private @Nullable Entry candidate(RtpPacket packet) {
    boolean hasMid = packet.extensionLength(midId) > 0;
    Entry found = null;
    for (int i = 0; i < entries.size(); i++) {
      ReceiverConfig config = entries.get(i).receiver.config();
      boolean type =
          packet.payloadType() == config.payloadType()
              || packet.payloadType() == config.rtxPayloadType();
      if (!type || (hasMid && !packet.extensionEquals(midId, config.mid()))) {
        continue;
      }
      if (found != null) {
        return null; // two streams could be meant
      }
      found = entries.get(i);
    }
    return found;
  }

  void onRoundTrip(long roundTripNanos) {
    for (int i = 0; i < entries.size(); i++) {
      entries.get(i).receiver.onRoundTrip(roundTripNanos);
    }
  }

  void writeReportBlocks(RtcpWriter writer, long nowNanos) {
    for (int i = 0; i < entries.size(); i++) {
      entries.get(i).receiver.writeReportBlock(writer, nowNanos);
    }
  }

  void poll(long nowNanos) {
    for (int i = 0; i < entries.size(); i++) {
      RtpReceiver receiver = entries.get(i).receiver;
      if (nowNanos >= receiver.nextDeadlineNanos()) {
        receiver.poll(nowNanos);
      }
    }
  }

  long nextDeadlineNanos() {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < entries.size(); i++) {
      next = Math.min(next, entries.get(i).receiver.nextDeadlineNanos());
    }
    return next;
  }
}
