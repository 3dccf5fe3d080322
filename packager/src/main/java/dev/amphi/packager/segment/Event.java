package dev.amphi.packager.segment;

import dev.amphi.packager.mp4.EventMessage;
import java.time.Duration;
import java.time.Instant;

/** What happens, to be told; which media time that is depends on the period of its part. */
record Event(String type, Instant at, long id, String text) {
  /** As it is told in a part of the period that has its media time zero then. */
  EventMessage message(Instant zero, int timescale) {
    long micros = Math.max(0, Duration.between(zero, at).toNanos() / 1000);
    return new EventMessage(type, timescale, micros * timescale / 1_000_000, id, text);
  }
}
