package dev.amphi.interactive.room;

import dev.amphi.interactive.api.EncodedFrame;
import org.jspecify.annotations.Nullable;

/**
 * Puts the frames of changing streams on one line of time, so that the program notices neither
 * another layer nor another SSRC: a new stream goes on as much later as it was captured, or where
 * that is unknown as it arrived.
 */
final class FrameTimeline {
  private static final long NANOS = 1_000_000_000;
  private static final long UNKNOWN = -1;

  /** Timestamps that drift further from their arrival than this have begun anew. */
  private static final long JUMP_NANOS = 5 * NANOS;

  private final int clockRate;
  private @Nullable Object stream;
  private long shiftTicks;
  private long lastTicks;
  private long lastArrivalNanos;
  private long lastCaptureNanos = UNKNOWN;

  FrameTimeline(int clockRate) {
    this.clockRate = clockRate;
  }

  /** The stream that comes next has times of its own, even if it is the same. */
  void restart() {
    stream = stream == null ? null : this;
  }

  /** The frame with its place on the line. */
  EncodedFrame place(Object from, EncodedFrame frame) {
    long elapsed = frame.arrivalNanos() - lastArrivalNanos;
    long step = nanos(frame.timestampTicks() + shiftTicks - lastTicks);
    if (stream == null) {
      shiftTicks = 0;
    } else if (from != stream || Math.abs(step - elapsed) > JUMP_NANOS) {
      long ticks = Math.max(ticks(captured(frame, elapsed)), 1); // Of two layers' same picture too.
      step = nanos(ticks);
      shiftTicks = lastTicks + ticks - frame.timestampTicks();
    }
    long capture = frame.captureNtpNanos();
    if (capture < 0 && lastCaptureNanos >= 0) {
      capture = lastCaptureNanos + step; // Its own reports are still to come.
    }
    stream = from;
    lastTicks = frame.timestampTicks() + shiftTicks;
    lastArrivalNanos = frame.arrivalNanos();
    lastCaptureNanos = capture;
    return new EncodedFrame(
        frame.payload(), lastTicks, frame.arrivalNanos(), capture, frame.keyFrame());
  }

  private long captured(EncodedFrame frame, long elapsed) {
    long capture = frame.captureNtpNanos();
    long step = capture < 0 || lastCaptureNanos < 0 ? elapsed : capture - lastCaptureNanos;
    return Math.abs(step - elapsed) > JUMP_NANOS ? elapsed : step;
  }

  private long nanos(long ticks) {
    return ticks * 1_000_000 / clockRate * 1000;
  }

  private long ticks(long nanos) {
    return nanos / 1000 * clockRate / 1_000_000;
  }
}
