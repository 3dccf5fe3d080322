package dev.amphi.interactive.bandwidth;

import java.util.List;

/**
 * What one subscription would like to have.
 *
 * @param id names the subscription in the answer; unique within one transport
 * @param priority who comes first when there is not enough for all
 * @param maxHeight the height in pixels that the subscriber shows it at; 0 when unknown, which
 *     limits nothing
 * @param layers what the source offers, from the cheapest to the dearest
 */
public record Demand(long id, Priority priority, int maxHeight, List<LayerRate> layers) {
  /** Who comes first. */
  public enum Priority {
    AUDIO,
    SCREEN,
    SPEAKER,
    OTHER
  }

  public Demand {
    layers = List.copyOf(layers);
  }
}
