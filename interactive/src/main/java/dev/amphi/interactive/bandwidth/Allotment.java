package dev.amphi.interactive.bandwidth;

/**
 * What one subscription gets.
 *
 * @param id of its {@link Demand}
 * @param spatial the layer to send, or {@link #PAUSED}
 * @param temporal the layer to send, or {@link #PAUSED}
 */
public record Allotment(long id, int spatial, int temporal) {
  /** Nothing is sent: there is no bandwidth for it. */
  public static final int PAUSED = -1;

  /** Nothing for this subscription. */
  public static Allotment paused(long id) {
    return new Allotment(id, PAUSED, PAUSED);
  }

  /** Whether nothing is sent. */
  public boolean isPaused() {
    return spatial == PAUSED;
  }
}
