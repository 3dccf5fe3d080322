package dev.amphi.composer.composition;

/**
 * For how many frames of the program a picture may stay. Never beyond the part that it is in, so
 * that parts come in time and keep their length, nor beyond a segment, which begins with an IDR.
 *
 * @param framesPerSegment frames from one IDR to the next
 */
record PictureSpan(int framesPerSegment) {
  /** Of a part; the longest that a picture stays. */
  static final int PART = 8;

  /** How many frames are left of the part, with that one. */
  int room(long frame) {
    int inSegment = (int) (frame % framesPerSegment);
    return Math.min(PART - inSegment % PART, framesPerSegment - inSegment);
  }

  /**
   * How many frames one picture is for.
   *
   * @param due how many have to be made by now: those that were missed are made as one
   * @param pace how many a picture lasts as a rule, counted from the segment's start
   */
  int of(long frame, int due, int pace) {
    int paced = pace - (int) (frame % framesPerSegment % pace);
    return Math.min(Math.max(due, paced), room(frame));
  }

  boolean startsSegment(long frame) {
    return frame % framesPerSegment == 0;
  }
}
