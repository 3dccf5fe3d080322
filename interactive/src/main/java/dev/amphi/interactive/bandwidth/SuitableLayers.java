package dev.amphi.interactive.bandwidth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The layers of a source that make sense for one subscriber, from the cheapest to the dearest. */
final class SuitableLayers {
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
    suitable.sort(Comparator.comparingLong(SuitableLayers::cost));
    return suitable;
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
