package dev.amphi.packager.recording;

import dev.amphi.packager.api.TrackComposer;
import dev.amphi.packager.vault.Vault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a node keeps its recordings.
 *
 * @param keys encrypt them, or not
 * @param retention how long after its end one is erased by itself; zero for never
 * @param vault their second home, not started yet; null where there is none
 * @param composer makes classes again out of their tracks
 */
public record RecordingPolicy(
    RecordingKeys keys, Duration retention, @Nullable Vault vault, TrackComposer composer) {
  /** Plain, and for ever. */
  public static final RecordingPolicy PLAIN =
      new RecordingPolicy(RecordingKeys.NONE, Duration.ZERO);

  /** On this disk only. */
  public RecordingPolicy(RecordingKeys keys, Duration retention) {
    this(keys, retention, null);
  }

  /** Where nobody composes again. */
  public RecordingPolicy(RecordingKeys keys, Duration retention, @Nullable Vault vault) {
    this(keys, retention, vault, TrackComposer.NONE);
  }
}
