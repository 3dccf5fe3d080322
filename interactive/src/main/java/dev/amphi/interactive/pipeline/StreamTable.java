package dev.amphi.interactive.pipeline;

import dev.amphi.interactive.receive.ReceiverConfig;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.RtcpWriter;
import dev.amphi.interactive.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which received stream a packet belongs to (RFC 8843 §9.2): by SSRC; if that is new, by MID,
 * payload type and, where the section is a simulcast, RID (of a retransmission the repaired RID,
 * RFC 8852); without them by a payload type that only one stream has. Only what was negotiated
 * finds a place, so that a flood of SSRCs fills nothing. A transport has few streams: a list.
 */
final class StreamTable {
  /** A known SSRC is replaced by another of its section only after it was silent so long. */
  private static final long REPLACE_NANOS = 1_000_000_000;

  private final int midId;
  private final int ridId;
  private final int repairedRidId;
  private final List<Entry> entries = new ArrayList<>();

  /** The table of a transport whose packets carry these extensions. */
  StreamTable(HeaderExtensions extensions) {
    midId = extensions.id(HeaderExtension.MID);
    ridId = extensions.id(HeaderExtension.RID);
    repairedRidId = extensions.id(HeaderExtension.REPAIRED_RID);
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
    receiver.ssrc(packet.ssrc(), nowNanos);
    entry.hear(nowNanos);
    return receiver;
  }

  private @Nullable Entry candidate(RtpPacket packet) {
    boolean hasMid = packet.extensionLength(midId) > 0;
    Entry found = null;
    for (int i = 0; i < entries.size(); i++) {
      ReceiverConfig config = entries.get(i).receiver.config();
      boolean repair = packet.payloadType() == config.rtxPayloadType();
      if ((!repair && !config.carries(packet.payloadType()))
          || (hasMid && !packet.extensionEquals(midId, config.mid()))
          || !layer(packet, config.rid(), repair ? repairedRidId : ridId)) {
        continue;
      }
      if (found != null) {
        return null; // two streams could be meant
      }
      found = entries.get(i);
    }
    return found;
  }

  /** Whether a packet can be of a layer; one without RID can be of any. */
  private static boolean layer(RtpPacket packet, String rid, int id) {
    return rid.isEmpty() || packet.extensionLength(id) <= 0 || packet.extensionEquals(id, rid);
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
