package dev.amphi.interactive.send;

import java.util.Arrays;

/**
 * How far each of the newest numbers of a stream moves, when some of them are left out and those
 * behind close up. A number that did not come yet keeps its place, for it may come late.
 */
final class ShiftRing {
  /** The number was left out, or is too old to be known. */
  static final long LEFT_OUT = Long.MIN_VALUE;

  private static final int GONE = Integer.MIN_VALUE;
  private static final int[] NONE = {};

  private final int size;
  private int[] shifts = NONE; // as long as nothing was left out all move alike
  private long highest;
  private int shift;

  /**
   * A ring for {@code size} numbers, a power of two.
   *
   * @param size how far behind the highest a number may be
   */
  ShiftRing(int size) {
    this.size = size;
  }

  /** Starts over: this is the first number, and the highest. */
  void start(long first) {
    highest = first - 1;
    shift = 0;
    Arrays.fill(shifts, GONE);
  }

  /** The highest number so far. */
  long highest() {
    return highest;
  }

  /** The number's place behind those that were left out before it, or {@link #LEFT_OUT}. */
  long take(long number) {
    if (number > highest) {
      advance(number);
    }
    if (shifts.length == 0) {
      return number;
    }
    int moved = highest - number >= size ? GONE : shifts[place(number)];
    return moved == GONE ? LEFT_OUT : number + moved;
  }

  /**
   * Leaves a number out. Returns the place that was kept for it, when it comes so late that others
   * behind it went already, else {@link #LEFT_OUT}.
   */
  long leaveOut(long number) {
    if (shifts.length == 0) {
      shifts = new int[size];
      Arrays.fill(shifts, shift);
    }
    boolean late = number <= highest;
    if (!late) {
      advance(number);
      shift--;
    }
    if (highest - number >= size) {
      return LEFT_OUT;
    }
    int moved = shifts[place(number)];
    shifts[place(number)] = GONE;
    return late && moved != GONE ? number + moved : LEFT_OUT;
  }

  private void advance(long number) {
    if (shifts.length > 0) {
      for (long n = Math.max(highest + 1, number - size + 1); n <= number; n++) {
        shifts[place(n)] = shift;
      }
    }
    highest = number;
  }

  private int place(long number) {
    return (int) number & (size - 1);
  }
}
