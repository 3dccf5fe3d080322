package dev.amphi.server.load.composer;

import dev.amphi.composer.api.Shed;

/**
 * What moves cost.
 *
 * @param words what moves
 * @param standing CPU-seconds per second of the two layouts when nothing moves, on average
 * @param moving CPU-seconds per second while there is a move every second
 * @param seconds how long the moves were measured
 * @param moves how many there were
 * @param pictures per second while there were moves
 * @param shed the most that the program went without meanwhile
 */
record TransitionResult(
    String words,
    double standing,
    double moving,
    double seconds,
    int moves,
    double pictures,
    Shed shed) {
  /** CPU-seconds of one move beyond those of the scenes that stand. */
  double cpuPerMove() {
    return (moving - standing) * seconds / moves;
  }
}
