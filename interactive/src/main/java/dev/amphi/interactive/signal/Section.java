package dev.amphi.interactive.signal;

import dev.amphi.interactive.api.TrackView.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What became of one section of the offer.
 *
 * @param media the word of the offer's media line, repeated in the answer
 * @param kind null when the section was rejected, or is for data channels
 * @param data whether it is for data channels, and was accepted
 * @param incoming what it brings, or null
 * @param outgoing what it takes, or null
 */
public record Section(
    String mid,
    String media,
    String protocol,
    String firstFormat,
    @Nullable Kind kind,
    boolean data,
    @Nullable Incoming incoming,
    @Nullable Outgoing outgoing,
    AcceptedLines lines) {
  /** Whether the answer takes the section, be it inactive. */
  public boolean accepted() {
    return kind != null || data;
  }

  Direction direction() {
    return Direction.of(outgoing != null, incoming != null);
  }
}
