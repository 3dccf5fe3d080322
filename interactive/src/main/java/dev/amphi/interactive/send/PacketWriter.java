package dev.amphi.interactive.send;

import dev.amphi.interactive.fec.RedWriter;
import dev.amphi.interactive.fec.Redundancy;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.MediaSource;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.send.SenderConfig.PayloadTypes;
import org.jspecify.annotations.Nullable;

/**
 * Writes a source's packets as the slot's: one SSRC, one line of numbers and times, the payload
 * types and extensions of the subscriber; where it is worth while with the frame before in each
 * (RED) or with parity beside them. Notes how each was made, so that it can be made again.
 */
final class PacketWriter {
  private final SenderConfig config;
  private final Timeline timeline;
  private final OutgoingPacket outgoing;
  private final SentHistory history;
  private final RetransmissionBudget budget;
  private final ParityStream parity;
  private final Redundancy redundancy;
  private final RtpOutput output;
  private final @Nullable RedWriter red;
  private @Nullable Turn turn;
  private int audioLevelId;
  private int newest = SentHistory.ABSENT;
  private long packets;
  private long bytes;
  private long payloadBytes;
  private long redundant;
  private long redundantBytes;
  private long dropped;

  PacketWriter(
      SenderConfig config,
      Timeline timeline,
      OutgoingPacket outgoing,
      SentHistory history,
      RetransmissionBudget budget,
      ParityStream parity,
      Redundancy redundancy,
      RtpOutput output) {
    this.config = config;
    this.timeline = timeline;
    this.outgoing = outgoing;
    this.history = history;
    this.budget = budget;
    this.parity = parity;
    this.redundancy = redundancy;
    this.output = output;
    boolean withRed =
        config.payloadTypes().values().stream().anyMatch(types -> types.red() != SenderConfig.NONE);
    this.red = withRed ? new RedWriter() : null;
  }

  /** Goes over to another source, or to another layer; the timeline has done so. */
  void start(MediaSource from, Turn next) {
    turn = next;
    history.start(next);
    audioLevelId = from.extensions().id(HeaderExtension.AUDIO_LEVEL);
  }

  /** Takes back what still waits to leave, before something else is shown. */
  void recall(long nowNanos) {
    int free = newest == SentHistory.ABSENT ? 0 : output.recall(newest, nowNanos);
    if (free > 0) {
      timeline.takeBack(free);
      history.clear();
      parity.restart();
      newest = SentHistory.ABSENT;
    }
  }

  /** Nothing is shown any more: lets go of the source. */
  void stop() {
    turn = null;
  }

  /** Sends parameter sets ahead of the first packet of a turn. */
  void writeParameterSets(byte[] sets, RtpPacket first, long nowNanos) {
    Turn from = started();
    int number = (int) timeline.insert() & 0xFFFF;
    long timestamp = timeline.timestamp(first.timestamp(), nowNanos);
    RtpPacket out = begin(from.types().media(), false, number, timestamp, first);
    if (out.appendPayload(sets, 0, sets.length)) {
      from.parameterSets(sets);
      history.put(number, from.number(first.sequence()), 0, SentHistory.PARAMETER_SETS);
      send(out, nowNanos);
    }
  }

  /** Sends a packet of the source, or leaves it out when it is of a layer that is not wanted. */
  void write(RtpPacket packet, long nowNanos) {
    Turn from = started();
    Continuity continuity = from.continuity();
    timeline.arrived(packet.sequence(), packet.marker());
    boolean taken = continuity.take(packet);
    long sequence =
        taken ? timeline.sequence(packet.sequence()) : timeline.leaveOut(packet.sequence());
    if (sequence < 0) {
      dropped += taken ? 1 : 0;
      return;
    }
    int number = (int) sequence & 0xFFFF;
    long timestamp = timeline.timestamp(packet.timestamp(), nowNanos);
    boolean withEarlier = withEarlier(from.types(), number, timestamp, packet);
    int type = withEarlier ? from.types().red() : from.types().media();
    boolean marker = taken && continuity.marker(packet);
    long given = taken ? continuity.given() : 0;
    RtpPacket out = begin(type, marker, number, timestamp, packet);
    if (withEarlier
        ? !appendRed(out, packet, from.types().media())
        : taken && !continuity.append(out, packet, given)) {
      dropped++;
      return;
    }
    if (red != null) {
      red.sent(number, timestamp, packet.buffer(), packet.payloadOffset(), packet.payloadLength());
    }
    if (withEarlier) {
      redundant++;
      redundantBytes += out.payloadLength() - packet.payloadLength();
    }
    int flags =
        (marker ? SentHistory.MARKER : 0)
            | (withEarlier ? SentHistory.RED : 0)
            | (taken ? 0 : SentHistory.EMPTY);
    history.put(number, from.number(packet.sequence()), given, flags);
    send(out, nowNanos);
    parity.flush(number, timestamp, marker, nowNanos);
  }

  private Turn started() {
    if (turn == null) {
      throw new IllegalStateException("A turn comes before its packets");
    }
    return turn;
  }

  private boolean withEarlier(PayloadTypes types, int number, long timestamp, RtpPacket packet) {
    return red != null
        && types.red() != SenderConfig.NONE
        && redundancy.on()
        && red.redundancyFor(number, timestamp, packet.payloadLength());
  }

  private boolean appendRed(RtpPacket out, RtpPacket packet, int payloadType) {
    return red != null
        && red.append(
            out, payloadType, packet.buffer(), packet.payloadOffset(), packet.payloadLength());
  }

  private RtpPacket begin(int type, boolean marker, int number, long timestamp, RtpPacket packet) {
    int level = audioLevelId == 0 ? -1 : packet.extensionUnsigned8(audioLevelId);
    return outgoing.begin(type, marker, number, timestamp, config.ssrc(), level);
  }

  private void send(RtpPacket out, long nowNanos) {
    newest = out.sequence();
    budget.earn(out.length());
    parity.protect(out, nowNanos);
    packets++;
    bytes += out.length();
    payloadBytes += out.payloadLength();
    output.sendRtp(out.buffer(), out.offset(), out.length(), nowNanos);
  }

  /** Counts a packet that came and was not wanted. */
  void drop() {
    dropped++;
  }

  /** The number of the packet sent last, or {@link SentHistory#ABSENT}. */
  int newest() {
    return newest;
  }

  long packets() {
    return packets;
  }

  long bytes() {
    return bytes;
  }

  long payloadBytes() {
    return payloadBytes;
  }

  /** What was sent without the redundancy in it. */
  long plainBytes() {
    return bytes - redundantBytes;
  }

  /** Packets that carried the frame before. */
  long redundant() {
    return redundant;
  }

  long dropped() {
    return dropped;
  }
}
