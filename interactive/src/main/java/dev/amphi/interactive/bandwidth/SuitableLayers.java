package dev.amphi.interactive.bandwidth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The layers of a source that make sense for one subscriber, from the worst to the best: whatever
 * they cost at the moment, so that one does not change places with another.
 */
final class SuitableLayers {
  private static final Comparator<LayerRate> BY_RANK =
      Comparator.comparingInt(LayerRate::spatial).thenComparingInt(LayerRate::temporal);

  private SuitableLayers() {}

  /**
   * Those that come, or came with a known rate (a publisher may have paused what nobody wanted),
   * and are no larger than the smallest that fills the place.
   */
  static List<LayerRate> of(Demand demand) {
    int enough = Integer.MAX_VALUE;
    for (LayerRate layer : demand.layers()) {
      if (demand.maxHeight() > 0 && layer.height() >= demand.maxHeight()) {
        enough = Math.min(enough, layer.height());
      }
    }
    List<LayerRate> suitable = new ArrayList<>(demand.layers().size());
    for (LayerRate layer : demand.layers()) {
      if ((layer.active() || layer.bitrateBps() > 0) && layer.height() <= enough) {
        suitable.add(layer);
      }
    }
    suitable.sort(BY_RANK);
    int lowest = suitable.isEmpty() ? 0 : suitable.getFirst().spatial();
    suitable.removeIf(layer -> layer.spatial() > lowest && jerky(layer, demand));
    return suitable;
  }

  /** Less than half of the pictures of a larger layer: all those of the next smaller are better. */
  private static boolean jerky(LayerRate layer, Demand demand) {
    int best = 0;
    for (LayerRate other : demand.layers()) {
      best = other.spatial() == layer.spatial() ? Math.max(best, other.temporal()) : best;
    }
    return layer.temporal() < best - 1;
  }

  /** What a layer costs; a guess by its height as long as nothing was measured. */
  static long cost(LayerRate layer) {
    if (layer.bitrateBps() > 0) {
      return layer.bitrateBps();
    }
    if (layer.height() == 0) {
      return 300_000;
    }
    return layer.height() <= 240 ? 150_000 : layer.height() <= 480 ? 500_000 : 1_500_000;
  }
}
