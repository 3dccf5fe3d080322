package dev.amphi.interactive.bandwidth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shares what one transport can carry among its subscriptions: all sound first, whatever the
 * estimate, then each screen share as good as it goes, then the speaker, then the others in the
 * order given. Down at once; up only with a tenth to spare and a while after the last fall, the
 * longer the more often that failed. For a few calls a second; not for each packet.
 */
public final class BandwidthAllocator {
  /** What must be left over for a step up. */
  static final double HEADROOM = 0.1;

  /** A larger picture begins with a key frame, which needs room too. */
  private static final double LARGER = 0.85;

  static final long MIN_HOLD_NANOS = 2_000_000_000L;
  static final long MAX_HOLD_NANOS = 60_000_000_000L;

  /** Who sees nothing at all is tried again at least so often, with the cheapest there is. */
  static final long MAX_DARK_NANOS = 10_000_000_000L;

  /** Who falls so soon after a step up took a step too many. */
  static final long FAILED_NANOS = 10_000_000_000L;

  /** A dip of the estimate is sat out for so long, */
  static final long DIP_NANOS = 750_000_000;

  /** but not a fall below this part of what it was. */
  private static final double DEEP = 0.75;

  /** With so much more than there was at a step too many it is another way: no reason to wait. */
  private static final double CHANGED = 2;

  /**
   * After a burst, a key frame's for one, the estimate is so much of what the way carried: for that
   * alone nobody is left without any picture.
   */
  private static final double BACKED_OFF = 0.85;

  /** Nor while half of it fits, as long as it may be a mistake: a probe will tell, */
  private static final double DOUBTFUL = 0.5;

  /** which comes soon. What does not fit waits in the pacer, behind the sound. */
  static final long DOUBT_NANOS = 3_000_000_000L;

  /** Nor for a moment, as long as the sound fits: what was late may come all at once. */
  static final long HICCUP_NANOS = 500_000_000;

  private static final int NOTHING = -1;

  private final Map<Long, Held> held = new HashMap<>();
  private long stayBps;
  private long dippedNanos = Long.MIN_VALUE;
  private long wantedBps;
  private int paused;
  private boolean doubts;
  private boolean least = true;
  private long restarts;

  /** What one subscription has, and since when. */
  private static final class Held {
    int spatial = NOTHING;
    int temporal = NOTHING;
    long roseNanos = Long.MIN_VALUE;
    long fellNanos = Long.MIN_VALUE;
    long mayRiseNanos = Long.MIN_VALUE;
    long holdNanos = MIN_HOLD_NANOS;
    long doubtedNanos = Long.MIN_VALUE;
    double roseBps;
    boolean seen;

    /** Where what it has is among these layers, which may be others than before. */
    int placeIn(List<LayerRate> layers) {
      int place = Math.min(0, layers.size() - 1);
      for (int i = 0; i < layers.size(); i++) {
        LayerRate layer = layers.get(i);
        boolean within =
            layer.spatial() < spatial
                || (layer.spatial() == spatial && layer.temporal() <= temporal);
        place = within ? i : place;
      }
      return spatial == NOTHING ? NOTHING : place;
    }

    /** Whether it may be a mistake that even the smallest does not fit. */
    boolean doubts(LayerRate smallest, double stay, long nowNanos) {
      doubtedNanos = doubtedNanos == Long.MIN_VALUE ? nowNanos : doubtedNanos;
      long patienceNanos = halfFits(smallest, stay) ? DOUBT_NANOS : stay > 0 ? HICCUP_NANOS : 0;
      return nowNanos - doubtedNanos < patienceNanos;
    }

    void forgive() {
      roseNanos = Long.MIN_VALUE;
      fellNanos = Long.MIN_VALUE;
      mayRiseNanos = Long.MIN_VALUE;
      holdNanos = MIN_HOLD_NANOS;
    }

    void take(List<LayerRate> layers, int index) {
      spatial = index == NOTHING ? NOTHING : layers.get(index).spatial();
      temporal = index == NOTHING ? NOTHING : layers.get(index).temporal();
    }
  }

  /**
   * Decides anew.
   *
   * @param availableBps the estimate
   * @param demands all subscriptions of the transport that have a source
   * @return one allotment for each demand, in no particular order
   */
  public List<Allotment> allocate(long availableBps, List<Demand> demands, long nowNanos) {
    sitOutDips(availableBps, nowNanos);
    double stay = (double) stayBps;
    double rise = availableBps * (1 - HEADROOM);
    double wanted = 0;
    paused = 0;
    doubts = false;
    least = true;
    int pictures = 0;
    held.values().forEach(one -> one.seen = false);
    List<Allotment> allotments = new ArrayList<>(demands.size());
    List<Demand> ordered = new ArrayList<>(demands);
    ordered.sort(Comparator.comparing(Demand::priority));
    for (Demand demand : ordered) {
      List<LayerRate> layers = SuitableLayers.of(demand);
      Held one = held.computeIfAbsent(demand.id(), id -> new Held());
      one.seen = true;
      int index =
          demand.priority() == Demand.Priority.AUDIO
              ? layers.size() - 1
              : choose(layers, one, stay, rise, nowNanos);
      double cost = index == NOTHING ? 0 : (double) SuitableLayers.cost(layers.get(index));
      if (demand.priority() != Demand.Priority.AUDIO && index != NOTHING) {
        pictures++;
        least &= index == 0 && pictures == 1;
      }
      stay -= cost;
      rise -= cost;
      wanted += layers.isEmpty() ? 0 : (double) SuitableLayers.cost(layers.getLast());
      paused += index == NOTHING && !layers.isEmpty() ? 1 : 0;
      allotments.add(
          index == NOTHING
              ? Allotment.paused(demand.id())
              : new Allotment(
                  demand.id(), layers.get(index).spatial(), layers.get(index).temporal()));
    }
    held.values().removeIf(one -> !one.seen);
    wantedBps = (long) (wanted / LARGER / (1 - HEADROOM) * (1 + HEADROOM));
    return allotments;
  }

  /**
   * How often the estimate began anew so far: when it did again, what fell before fell for the
   * other way's sake, or for want of any, and need not wait to rise.
   */
  public void restarts(long count) {
    if (count != restarts) {
      restarts = count;
      held.values().forEach(Held::forgive);
    }
  }

  private void sitOutDips(long availableBps, long nowNanos) {
    if (availableBps >= stayBps || availableBps < DEEP * stayBps) {
      stayBps = availableBps;
      dippedNanos = Long.MIN_VALUE;
    } else if (dippedNanos == Long.MIN_VALUE) {
      dippedNanos = nowNanos;
    } else if (nowNanos - dippedNanos >= DIP_NANOS) {
      stayBps = availableBps;
      dippedNanos = Long.MIN_VALUE;
    }
  }

  private int choose(List<LayerRate> layers, Held one, double stay, double rise, long nowNanos) {
    int before = one.placeIn(layers);
    int index = layers.size() - 1;
    while (index > NOTHING
        && SuitableLayers.cost(layers.get(index))
            > limit(layers, index, before, stay, rise, one, nowNanos)) {
      index--;
    }
    if (index > NOTHING || before == NOTHING) {
      one.doubtedNanos = Long.MIN_VALUE;
    } else if (one.doubts(layers.getFirst(), stay, nowNanos)) {
      doubts |= halfFits(layers.getFirst(), stay);
      index = 0;
    }
    if (index < before) {
      fall(one, spatial(layers, index) < spatial(layers, before), nowNanos);
    } else if (spatial(layers, index) > spatial(layers, before)) {
      one.roseNanos = nowNanos;
      one.roseBps = rise;
    } else if (one.roseNanos != Long.MIN_VALUE
        && nowNanos - one.roseNanos > FAILED_NANOS + one.holdNanos) {
      one.holdNanos = MIN_HOLD_NANOS;
    }
    one.take(layers, index);
    return index;
  }

  private static boolean halfFits(LayerRate layer, double stay) {
    return stay >= DOUBTFUL * SuitableLayers.cost(layer);
  }

  private static int spatial(List<LayerRate> layers, int index) {
    return index == NOTHING ? NOTHING : layers.get(index).spatial();
  }

  private static double limit(
      List<LayerRate> layers,
      int index,
      int before,
      double stay,
      double rise,
      Held one,
      long nowNanos) {
    if (index <= before) {
      return index == 0 ? stay / BACKED_OFF : stay;
    }
    boolean dark = before == NOTHING && index == 0;
    boolean morePictures = spatial(layers, index) == spatial(layers, before);
    boolean changed = rise > CHANGED * one.roseBps;
    long mayRiseNanos = one.mayRiseNanos;
    if (one.fellNanos != Long.MIN_VALUE && (morePictures || changed)) {
      mayRiseNanos = one.fellNanos + MIN_HOLD_NANOS;
    } else if (dark) {
      mayRiseNanos = Math.min(mayRiseNanos, one.fellNanos + MAX_DARK_NANOS);
    }
    double room = before == NOTHING || morePictures ? rise : LARGER * rise;
    return nowNanos >= mayRiseNanos ? room : 0;
  }

  /** Fewer pictures of the same size cost no key frame, and nobody is to be spared them. */
  private static void fall(Held one, boolean smaller, long nowNanos) {
    one.fellNanos = nowNanos;
    if (smaller) {
      boolean failed = one.roseNanos != Long.MIN_VALUE && nowNanos - one.roseNanos < FAILED_NANOS;
      one.holdNanos = failed ? Math.min(MAX_HOLD_NANOS, 2 * one.holdNanos) : MIN_HOLD_NANOS;
      one.mayRiseNanos = nowNanos + one.holdNanos;
    }
  }

  /** What the estimate would have to be for everybody to have the best; after a decision. */
  public long wantedBps() {
    return wantedBps;
  }

  /** Whether something is kept because the estimate may be wrong, and a probe would tell. */
  public boolean doubts() {
    return doubts;
  }

  /** Whether no more than one picture is sent, the smallest that its source has. */
  public boolean least() {
    return least;
  }

  /** Subscriptions that get nothing for lack of bandwidth. */
  public int paused() {
    return paused;
  }
}
