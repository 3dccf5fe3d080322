package dev.amphi.interactive.sctp;

import static dev.amphi.interactive.rtp.ByteFields.u16;
import static dev.amphi.interactive.rtp.ByteFields.u32;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of an association: messages in, DATA and FORWARD TSN out, SACKs in.
 *
 * <pre>
 * send ─▶ OutboundQueue ─▶ Outstanding ─▶ packet
 *                 CongestionWindow, RetransmissionTimer, the far side's window say when
 * </pre>
 */
final class Outbound {
  private static final int SACK_FIXED_BYTES = 12;

  private final SctpStats stats;
  private final int payloadBytes;
  private final boolean mayGiveUp;
  private final OutboundQueue queue;
  private final Outstanding outstanding;
  private final CongestionWindow window;
  private final RetransmissionTimer timer = new RetransmissionTimer();
  private final GivenUp givenUp;
  private long peerWindowBytes;
  private boolean resendFirst;
  private long nextSampleTsn;
  private int timeoutsInARow;

  /**
   * @param queue what was sent before the association stood
   * @param mayGiveUp whether the far side understands FORWARD TSN
   */
  Outbound(
      SctpConfig config,
      OutboundQueue queue,
      long initialTsn,
      long peerWindowBytes,
      boolean mayGiveUp,
      SctpStats stats) {
    this.stats = stats;
    this.queue = queue;
    this.payloadBytes =
        (config.packetBytes() & ~3) - PacketReader.HEADER_BYTES - OutboundChunk.HEADER_BYTES;
    this.mayGiveUp = mayGiveUp;
    this.outstanding = new Outstanding(initialTsn);
    this.window = new CongestionWindow(config.packetBytes(), peerWindowBytes);
    this.givenUp = new GivenUp(outstanding);
    this.nextSampleTsn = initialTsn;
    this.peerWindowBytes = peerWindowBytes;
  }

  RetransmissionTimer timer() {
    return timer;
  }

  /** The last TSN that the far side acknowledged. */
  long acknowledged() {
    return outstanding.acknowledged();
  }

  /** Whether nothing waits and nothing is on the way. */
  boolean drained() {
    return queue.empty() && outstanding.empty();
  }

  /** Whether a stream has nothing to send and nothing unacknowledged. */
  boolean drained(int stream) {
    return queue.bufferedBytes(stream) == 0;
  }

  void reset(List<Integer> streams) {
    queue.reset(streams);
  }

  /** How often in a row nothing came back in time. */
  int timeoutsInARow() {
    return timeoutsInARow;
  }

  /** The far side is alive. */
  void heard() {
    timeoutsInARow = 0;
  }

  /** Takes a SACK's value; false when it acknowledges what was never sent. */
  boolean onSack(byte[] in, int at, int length, long nowNanos) {
    if (length < SACK_FIXED_BYTES) {
      stats.malformed++;
      return true;
    }
    long cumulative = Serial.near32(outstanding.acknowledged(), u32(in, at));
    if (cumulative >= outstanding.next()) {
      return false;
    }
    if (cumulative < outstanding.acknowledged()) {
      return true;
    }
    long flight = outstanding.flightBytes();
    boolean advanced = acknowledge(cumulative);
    int blocks = Math.min(u16(in, at + 8), (length - SACK_FIXED_BYTES) / 4);
    boolean all = advanced && window.recovering();
    if (!outstanding.readGaps(in, at + SACK_FIXED_BYTES, blocks, all)) {
      stats.malformed++;
    }
    peerWindowBytes = u32(in, at + 4);
    long acknowledgedBytes = outstanding.newlyAcknowledgedBytes();
    heard();
    sampleRoundTrip(nowNanos);
    if (advanced) {
      window.onAdvance(cumulative, acknowledgedBytes, flight);
    }
    if (outstanding.lossSeen()) {
      window.onLoss(outstanding.next() - 1);
      resendFirst = true;
    }
    if (!queue.empty()) {
      window.limitBurst(outstanding.flightBytes());
    }
    giveUp(nowNanos);
    restartTimer(advanced, nowNanos);
    return true;
  }

  /** RFC 9260 §6.3.1 C4, C5: of chunks sent once, and of one chunk in each round trip. */
  private void sampleRoundTrip(long nowNanos) {
    OutboundChunk sample = outstanding.sample();
    if (sample != null && sample.tsn >= nextSampleTsn) {
      timer.onRoundTrip(nowNanos - sample.sentNanos);
      nextSampleTsn = outstanding.next();
    }
  }

  /** Takes a cumulative acknowledgement alone, as SHUTDOWN has it. */
  void onCumulative(long wireTsn, long nowNanos) {
    long cumulative = Serial.near32(outstanding.acknowledged(), wireTsn);
    if (cumulative > outstanding.acknowledged() && cumulative < outstanding.next()) {
      restartTimer(acknowledge(cumulative), nowNanos);
    }
  }

  private boolean acknowledge(long cumulative) {
    outstanding.beginSack();
    boolean advanced = cumulative > outstanding.acknowledged();
    while (outstanding.acknowledged() < cumulative) {
      OutboundChunk chunk = outstanding.removeFirst();
      boolean last = chunk.offset + chunk.length == chunk.message.data.length;
      if (!chunk.message.abandoned) {
        queue.release(chunk.message, chunk.length, last);
      }
    }
    return advanced;
  }

  private void restartTimer(boolean advanced, long nowNanos) {
    if (outstanding.empty()) {
      timer.stop();
    } else if (advanced || !timer.running()) {
      timer.start(nowNanos);
    }
  }

  /** T3-rtx (RFC 9260 §6.3.3), when it is due. */
  void pollTimer(long nowNanos) {
    if (!timer.expired(nowNanos)) {
      return;
    }
    stats.timeouts++;
    timeoutsInARow++;
    timer.backOff();
    window.onTimeout();
    outstanding.loseAll();
    giveUp(nowNanos);
    givenUp.tellAgain();
    timer.start(nowNanos);
  }

  /** Gives up the messages whose chunks would have to be sent again but may not (RFC 3758 §3.5). */
  private void giveUp(long nowNanos) {
    if (!mayGiveUp) {
      return;
    }
    for (long tsn = outstanding.acknowledged() + 1;
        tsn < outstanding.next() && outstanding.anyToResend();
        tsn++) {
      OutboundChunk chunk = outstanding.get(tsn);
      if (chunk.resend && chunk.message.spent(chunk.sends, nowNanos)) {
        abandon(chunk);
      }
    }
    givenUp.advance();
  }

  private void abandon(OutboundChunk lost) {
    OutboundMessage message = lost.message;
    message.abandoned = true;
    stats.abandonedMessages++;
    if (queue.isHead(message)) {
      // A TSN that is never sent: else FORWARD TSN could not reach beyond what the far side has,
      // and it would go on to wait for the rest.
      queue.removeHead();
      outstanding.add(message, message.data.length, 0);
    }
    long first = lost.tsn;
    while (first - 1 > outstanding.acknowledged()
        && outstanding.get(first - 1).message == message) {
      first--;
    }
    // What lies before the first outstanding fragment was acknowledged, and so released.
    int released = outstanding.get(first).offset;
    queue.release(message, message.data.length - released, true);
    for (long tsn = first;
        tsn < outstanding.next() && outstanding.get(tsn).message == message;
        tsn++) {
      OutboundChunk chunk = outstanding.get(tsn);
      outstanding.resend(chunk, false);
      outstanding.landed(chunk);
    }
  }

  /** Whether {@link #fill} would write something. */
  boolean hasToSend(long nowNanos) {
    return givenUp.untold() || nextToResend() != null || mayStart(nowNanos) != null;
  }

  /** Writes what may go out now, as much as there is room for. */
  void fill(PacketWriter out, long nowNanos) {
    if (givenUp.untold()) {
      givenUp.write(out);
      startTimer(nowNanos);
    }
    OutboundChunk again = nextToResend();
    while (again != null && again.length + OutboundChunk.HEADER_BYTES - 4 <= out.room()) {
      resendFirst = false;
      stats.retransmissions++;
      write(again, out, nowNanos);
      again = nextToResend();
    }
    while (again == null) {
      OutboundMessage message = mayStart(nowNanos);
      if (message == null) {
        return;
      }
      int length = Math.min(message.remaining(), payloadBytes);
      if (length + OutboundChunk.HEADER_BYTES - 4 > out.room()) {
        return;
      }
      write(fragment(message, length), out, nowNanos);
    }
  }

  private @Nullable OutboundChunk nextToResend() {
    if (!resendFirst && !window.open(outstanding.flightBytes())) {
      return null;
    }
    return outstanding.nextToResend();
  }

  /** The message whose next fragment may go out: the windows are open and a number is free. */
  private @Nullable OutboundMessage mayStart(long nowNanos) {
    OutboundMessage head = queue.head(nowNanos, stats);
    if (head == null || outstanding.full()) {
      return null;
    }
    long flight = outstanding.flightBytes();
    int length = Math.min(head.remaining(), payloadBytes);
    // RFC 9260 §6.1 A: with nothing in flight one chunk may always go, to find the window open.
    boolean accepted = flight == 0 || flight + length <= peerWindowBytes;
    return accepted && window.open(flight) ? head : null;
  }

  private OutboundChunk fragment(OutboundMessage message, int length) {
    queue.number(message);
    OutboundChunk chunk = outstanding.add(message, message.fragmented, length);
    message.fragmented += length;
    if (message.remaining() == 0) {
      queue.removeHead();
    }
    return chunk;
  }

  private void write(OutboundChunk chunk, PacketWriter out, long nowNanos) {
    chunk.write(out);
    outstanding.sent(chunk, nowNanos);
    startTimer(nowNanos);
  }

  private void startTimer(long nowNanos) {
    if (!timer.running()) {
      timer.start(nowNanos);
    }
  }
}
