package dev.amphi.interactive.sctp;

/**
 * How an association ends in peace (RFC 9260 §9.2): what was sent arrives first.
 *
 * <pre>
 * OPEN ─shutdown─▶ PENDING ─drained─▶ SHUTDOWN_SENT ─SHUTDOWN ACK─▶ over, SHUTDOWN COMPLETE
 *   └──SHUTDOWN──▶ RECEIVED ─drained─▶ ACK_SENT ─SHUTDOWN COMPLETE─▶ over
 * </pre>
 */
final class Teardown {
  private static final int MAX_RETRANSMITS = 5;

  private enum State {
    OPEN,
    PENDING,
    SHUTDOWN_SENT,
    RECEIVED,
    ACK_SENT
  }

  private final RetransmissionTimer timer = new RetransmissionTimer();
  private State state = State.OPEN;
  private boolean send;
  private int retransmits;

  /** Whether messages are still taken. */
  boolean open() {
    return state == State.OPEN;
  }

  void start() {
    if (state == State.OPEN) {
      state = State.PENDING;
    }
  }

  /** The far side wants to end. */
  void onShutdown(long nowNanos) {
    switch (state) {
      case OPEN, PENDING -> state = State.RECEIVED;
      case SHUTDOWN_SENT -> acknowledge(nowNanos);
      case ACK_SENT -> send = true;
      case RECEIVED -> {}
    }
  }

  /** Whether a SHUTDOWN ACK answers us, so that it is over. */
  boolean endedByAck() {
    return state == State.SHUTDOWN_SENT || state == State.ACK_SENT;
  }

  /** Whether a SHUTDOWN COMPLETE answers us, so that it is over. */
  boolean endedByComplete() {
    return state == State.ACK_SENT;
  }

  /** Steps on once everything is acknowledged; false when the far side does not answer. */
  boolean poll(boolean drained, long nowNanos) {
    if (drained && state == State.PENDING) {
      state = State.SHUTDOWN_SENT;
      send = true;
      timer.start(nowNanos);
    } else if (drained && state == State.RECEIVED) {
      acknowledge(nowNanos);
    }
    if (timer.expired(nowNanos)) {
      send = true;
      timer.backOff();
      timer.start(nowNanos);
      return ++retransmits <= MAX_RETRANSMITS;
    }
    return true;
  }

  private void acknowledge(long nowNanos) {
    state = State.ACK_SENT;
    send = true;
    timer.start(nowNanos);
  }

  boolean hasToSend() {
    return send;
  }

  void write(PacketWriter out, long cumulativeTsn) {
    send = false;
    if (state == State.SHUTDOWN_SENT) {
      out.beginChunk(ChunkType.SHUTDOWN, 0);
      out.put32(cumulativeTsn);
      out.endChunk();
    } else {
      out.chunk(ChunkType.SHUTDOWN_ACK, 0);
    }
  }

  long nextDeadlineNanos() {
    return timer.deadlineNanos();
  }
}
