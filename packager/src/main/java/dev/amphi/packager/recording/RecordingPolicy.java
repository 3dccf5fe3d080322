package dev.amphi.packager.recording;

import java.time.Duration;

/**
 * How a node keeps its recordings.
 *
 * @param keys encrypt them, or not
 * @param retention how long after its end one is erased by itself; zero for never
 */
public record RecordingPolicy(RecordingKeys keys, Duration retention) {
  /** Plain, and for ever. */
  public static final RecordingPolicy PLAIN =
      new RecordingPolicy(RecordingKeys.NONE, Duration.ZERO);
}
