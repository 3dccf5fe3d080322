package dev.amphi.server.tracks;

import java.time.Instant;

/**
 * Where a run of the program, between two restarts, stands on both clocks.
 *
 * @param startsAt wall clock at its time zero, as its segments tell it
 * @param zeroNanos the machine's monotonic clock there
 */
public record ProgramRun(Instant startsAt, long zeroNanos) {
  /** The wall clock of the program at an instant of the monotonic one. */
  Instant at(long nanos) {
    return startsAt.plusNanos(nanos - zeroNanos);
  }
}
