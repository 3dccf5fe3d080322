package dev.amphi.interactive.receive;

import dev.amphi.interactive.rtp.SequenceUnwrapper;

/** Lets each packet of a stream pass once, and notices when its source has started over. */
final class SequenceGate {
  private final SequenceUnwrapper sequences = new SequenceUnwrapper();
  private final ReplayWindow passed = new ReplayWindow();

  /** Packets that came by themselves, to count the loss of the network and not of its repair. */
  private final ReplayWindow own = new ReplayWindow();

  private int restartSequence = -1;

  /** Whether a packet has passed. */
  boolean started() {
    return sequences.started();
  }

  /** The unwrapped number of a packet with this sequence number, if it came now. */
  long number(int sequence) {
    return sequences.peek(sequence);
  }

  /** Whether a packet is too old to be told from a replay. */
  boolean tooOld(long number) {
    return passed.tooOld(number);
  }

  /**
   * Takes note of a packet that is too old; true when two in a row are, by which the source has
   * started over (RFC 3550 A.1).
   */
  boolean startsOver(int sequence) {
    boolean second = sequence == restartSequence;
    restartSequence = (sequence + 1) & 0xFFFF;
    return second;
  }

  /** Takes note of a packet that came by itself; false when it did so before. */
  boolean cameByItself(long number) {
    return own.accept(number);
  }

  /** Lets a packet pass; false when it did so before, by itself or sent again, or is too old. */
  boolean pass(int sequence, long number) {
    if (!passed.accept(number)) {
      return false;
    }
    sequences.unwrap(sequence);
    return true;
  }

  /** Forgets everything. */
  void reset() {
    sequences.reset();
    passed.reset();
    own.reset();
    restartSequence = -1;
  }
}
