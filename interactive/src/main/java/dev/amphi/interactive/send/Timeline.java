package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.SequenceUnwrapper;
import java.util.Arrays;

/**
 * Maps the sequence numbers and timestamps of changing sources onto one line that never jumps back:
 * a new source goes on right behind the highest number sent, and as much later in time as it was in
 * reality.
 */
final class Timeline {
  /** A new source's first picture comes at least this part of a second after the last. */
  private static final int MIN_STEP_PART = 50;

  private static final long NANOS = 1_000_000_000;
  private static final long MAX_STEP_SECONDS = 3600;
  private static final int MAX_ALIGNED_SECONDS = 5;

  /** What comes later than this many others behind it is lost. */
  private static final int REMEMBERED = 512;

  private final ShiftRing places = new ShiftRing(REMEMBERED);
  private SequenceUnwrapper sequences = new SequenceUnwrapper();
  private boolean everStarted;
  private long firstIn;

  /** All of the source's numbers up to here came, apart from those that were lost long ago. */
  private long complete;

  private final boolean[] came = new boolean[REMEMBERED];
  private boolean endsPicture;
  private long sequenceShift;
  private long timestampShift;
  private long highestSequence;
  private long highestTimestamp;
  private long highestAtNanos;

  /** The source's packet with these numbers is its first here. */
  void start(int sequence, long timestamp, int clockRate, long nowNanos) {
    start(sequence, timestamp, highestTimestamp + step(clockRate, nowNanos), nowNanos);
  }

  /**
   * The first packet of another layer of the same source.
   *
   * @param aligned when it was captured, as a timestamp of this line
   */
  void goOn(int sequence, long timestamp, long aligned, int clockRate, long nowNanos) {
    int ahead = (int) (aligned - highestTimestamp);
    int second = Math.abs(ahead) / clockRate;
    if (second > MAX_ALIGNED_SECONDS) { // The reports do not fit each other.
      start(sequence, timestamp, clockRate, nowNanos);
    } else {
      start(sequence, timestamp, highestTimestamp + Math.max(ahead, 1), nowNanos);
    }
  }

  private void start(int sequence, long timestamp, long place, long nowNanos) {
    sequences = new SequenceUnwrapper();
    firstIn = sequences.unwrap(sequence);
    places.start(firstIn);
    complete = firstIn - 1;
    endsPicture = false;
    Arrays.fill(came, false);
    if (everStarted) {
      sequenceShift = highestSequence + 1 - firstIn;
      timestampShift = place - timestamp;
    } else {
      highestSequence = firstIn;
      highestTimestamp = timestamp;
      highestAtNanos = nowNanos;
    }
    everStarted = true;
  }

  private long step(int clockRate, long nowNanos) {
    long elapsed = Math.clamp(nowNanos - highestAtNanos, 0, MAX_STEP_SECONDS * NANOS);
    long ticks = elapsed / 1000 * clockRate / 1_000_000;
    return Math.max(ticks, clockRate / MIN_STEP_PART);
  }

  /**
   * The number to send a packet with, or -1 when it comes before the source's first here, or much
   * too late.
   */
  long sequence(int sequence) {
    long in = sequences.unwrap(sequence);
    long place = in < firstIn ? ShiftRing.LEFT_OUT : places.take(in);
    return place == ShiftRing.LEFT_OUT ? -1 : out(place);
  }

  /**
   * Leaves a packet out; what comes behind it closes up. Where that is too late, because others
   * behind it were sent, returns the number which something empty has to be sent with, else -1.
   */
  long leaveOut(int sequence) {
    long in = sequences.unwrap(sequence);
    long place = in < firstIn ? ShiftRing.LEFT_OUT : places.leaveOut(in);
    return place == ShiftRing.LEFT_OUT ? -1 : out(place);
  }

  /**
   * Notes a packet of the source, before its number is asked for.
   *
   * @param marker whether it ends a picture
   */
  void arrived(int sequence, boolean marker) {
    long in = sequences.peek(sequence);
    if (in <= complete || in - complete >= REMEMBERED) {
      complete = Math.max(complete, in - REMEMBERED + 1); // What is missing since then is lost.
    }
    endsPicture = in >= Math.max(places.highest(), complete) ? marker : endsPicture;
    if (in > complete) {
      came[(int) in & (REMEMBERED - 1)] = true;
    }
    while (came[(int) (complete + 1) & (REMEMBERED - 1)]) {
      complete++;
      came[(int) complete & (REMEMBERED - 1)] = false;
    }
  }

  /** Whether the source's newest picture is whole, and nothing before it is missing. */
  boolean settled() {
    return endsPicture && complete >= places.highest();
  }

  /**
   * The end of the newest picture will not come: a number is left free, or a receiver that does not
   * look at markers would take what was sent of it for the whole.
   */
  void cutOff() {
    highestSequence += endsPicture ? 0 : 1;
  }

  /**
   * So many of the newest numbers never left. One stays free, or a receiver that does not look at
   * markers would take what was sent of the last picture for the whole.
   */
  void takeBack(int numbers) {
    highestSequence -= Math.max(0, numbers - 1);
  }

  /** A number before the source's first, for something that has to go ahead of it. */
  long insert() {
    long out = out(firstIn);
    sequenceShift++;
    return out;
  }

  private long out(long place) {
    long out = place + sequenceShift;
    highestSequence = Math.max(highestSequence, out);
    return out;
  }

  /** The timestamp to send a packet with, 0 to 2^32 - 1. */
  long timestamp(long timestamp, long nowNanos) {
    long out = shift(timestamp);
    if ((int) (out - highestTimestamp) >= 0) {
      highestTimestamp = out;
      highestAtNanos = nowNanos;
    }
    return out;
  }

  /** A timestamp of the source, as it is sent. */
  long shift(long timestamp) {
    return (timestamp + timestampShift) & 0xFFFF_FFFFL;
  }

  /** The highest timestamp sent. */
  long highestTimestamp() {
    return highestTimestamp;
  }

  /** When it was sent. */
  long highestAtNanos() {
    return highestAtNanos;
  }
}
