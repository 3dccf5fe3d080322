package dev.amphi.interactive.room;

import dev.amphi.interactive.bandwidth.LayerRate;
import dev.amphi.interactive.rtp.codec.PictureSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The streams of one track, the smallest picture first, and which of them suits whom. */
final class Encodings {
  /** An encoding that is so far behind another of its track has stopped. */
  static final long SILENT_NANOS = 400_000_000;

  /** No limit to the layers. */
  static final int ALL = Integer.MAX_VALUE;

  /** A picture may be shown so much larger than it is before the next layer is taken. */
  private static final double ENLARGED = 1.2;

  /** The composer does not scale a picture that differs from its tile by less than that. */
  private static final double SAME = 1 + 1 / 24.0;

  private final Encoding[] sorted;

  Encodings(List<Encoding> all) {
    sorted = all.toArray(Encoding[]::new);
    sort();
  }

  Encoding[] all() {
    return sorted;
  }

  /** Which spatial layer an encoding of a simulcast is, from 0; 0 for the only one. */
  int place(Encoding encoding) {
    int at = 0;
    while (at < sorted.length - 1 && sorted[at] != encoding) {
      at++;
    }
    return at;
  }

  /** A size became known. */
  void sort() {
    Arrays.sort(sorted, Encoding::compare);
  }

  /** Marks those that stopped while others of the track go on. */
  void findStopped() {
    long newest = Long.MIN_VALUE;
    for (Encoding encoding : sorted) {
      newest = encoding.heard() ? Math.max(newest, encoding.lastNanos()) : newest;
    }
    for (Encoding encoding : sorted) {
      if (encoding.live() && newest - encoding.lastNanos() > SILENT_NANOS) {
        encoding.stop();
      }
    }
  }

  /**
   * The spatial layer for somebody who shows the picture at this size: the smallest that need not
   * be enlarged much, or the largest.
   *
   * @param width shown in pixels; 0 when unknown, which limits nothing
   * @param height shown in pixels
   */
  int suiting(int width, int height) {
    int last = spatials() - 1;
    for (int spatial = 0; spatial < last && width > 0 && height > 0; spatial++) {
      int size = size(spatial);
      if (PictureSize.width(size) * ENLARGED >= width
          || PictureSize.height(size) * ENLARGED >= height) {
        return spatial;
      }
    }
    return last;
  }

  /**
   * The spatial layer for the program: the smallest that is not smaller than its tile, or the
   * largest.
   *
   * @param width of the tile, in pixels; 0 when it is out of sight, for which the smallest is
   *     enough
   * @param height of the tile
   * @param whole whether it is never cropped; otherwise it fills the tile, unless more than half of
   *     it would be lost (docs/layouts.md)
   */
  int covering(int width, int height, boolean whole) {
    int last = spatials() - 1;
    for (int spatial = 0; spatial < last; spatial++) {
      int size = size(spatial);
      if (width == 0
          || (size != PictureSize.UNKNOWN && scale(size, width, height, whole) <= SAME)) {
        return spatial;
      }
    }
    return last;
  }

  private static double scale(int size, int width, int height, boolean whole) {
    double across = width / (double) PictureSize.width(size);
    double down = height / (double) PictureSize.height(size);
    double inside = Math.min(across, down);
    double over = Math.max(across, down);
    return whole || inside < over / 2 ? inside : over;
  }

  /** Whether the sizes of a spatial layer and of those below it are known. */
  boolean sized(int spatial) {
    for (int below = 0; below <= spatial; below++) {
      if (size(below) == PictureSize.UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  /** How many spatial layers there are: the simulcast's, or those inside the only stream. */
  int spatials() {
    return sorted.length > 1 ? sorted.length : sorted[0].meter().spatials();
  }

  /** The {@link PictureSize} of a spatial layer, as far as it is known. */
  private int size(int spatial) {
    return sorted.length > 1 ? sorted[spatial].size() : sorted[0].size(spatial);
  }

  /**
   * The encoding with a spatial layer; while that one is not live, the nearest below, else above.
   */
  @Nullable Encoding live(int spatial) {
    if (sorted.length == 1) {
      return sorted[0];
    }
    int wanted = Math.min(spatial, sorted.length - 1);
    for (int i = wanted; i >= 0; i--) {
      if (sorted[i].live()) {
        return sorted[i];
      }
    }
    for (int i = wanted + 1; i < sorted.length; i++) {
      if (sorted[i].live()) {
        return sorted[i];
      }
    }
    return sorted[wanted];
  }

  /** Whether nothing has come yet. */
  boolean silent() {
    for (Encoding encoding : sorted) {
      if (encoding.heard()) {
        return false;
      }
    }
    return true;
  }

  /**
   * The encoding to go over to, from one that is shown: as {@link #live}, or the one with that very
   * layer when it has been asked for again and is about to come, with a key frame.
   */
  @Nullable Encoding next(int spatial, long nowNanos) {
    Encoding wanted = sorted[Math.min(spatial, sorted.length - 1)];
    return wanted.expected(nowNanos) ? wanted : live(spatial);
  }

  /** A publisher was asked for an encoding that rested. */
  void expect(String rid, long nowNanos) {
    for (Encoding encoding : sorted) {
      if (encoding.rid().equals(rid)) {
        encoding.expect(nowNanos);
      }
    }
  }

  /** The layers with what they cost, from the cheapest to the dearest. */
  List<LayerRate> rates(long nowNanos) {
    List<LayerRate> rates = new ArrayList<>();
    for (int spatial = 0; spatial < spatials(); spatial++) {
      Encoding encoding = sorted[sorted.length > 1 ? spatial : 0];
      int inside = sorted.length > 1 ? ALL : spatial;
      int size = size(spatial);
      for (int temporal = 0; temporal < encoding.meter().temporals(); temporal++) {
        rates.add(
            new LayerRate(
                spatial,
                temporal,
                encoding.meter().bps(inside, temporal, nowNanos),
                PictureSize.width(size),
                PictureSize.height(size),
                encoding.live() || encoding.expected(nowNanos)));
      }
    }
    return rates;
  }
}
