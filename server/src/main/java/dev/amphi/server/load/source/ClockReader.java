package dev.amphi.server.load.source;

import dev.amphi.composer.codec.Picture;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds and reads every clock strip in a picture, wherever the strips are and however large, down
 * to four pixels a cell. A strip is found by its colours: runs of magenta, then, sixteen cells
 * further right, of green; it counts only when its CRC is right.
 */
public final class ClockReader {
  /** How far a pixel's chroma must lie on the magenta–green axis to belong to a marker. */
  private static final int MARKER_CHROMA = 70;

  /** Luma between the brightest and the darkest cell that a readable strip has at least. */
  private static final int LEAST_CONTRAST = 60;

  private final Picture picture;
  private final ByteBuffer luma;
  private final ByteBuffer cb;
  private final ByteBuffer cr;
  private final List<Marker> seen = new ArrayList<>();

  private ClockReader(Picture picture) {
    this.picture = picture;
    luma = picture.plane(0);
    cb = picture.plane(1);
    cr = picture.plane(2);
  }

  /** All clocks in the picture, from top to bottom. */
  public static List<ClockReading> read(Picture picture) {
    return new ClockReader(picture).read();
  }

  private List<ClockReading> read() {
    List<ClockReading> readings = new ArrayList<>();
    for (int row = 0; row < picture.height() / 2; row++) {
      for (int column = 0; column < columns(); column++) {
        if (tone(row, column) < MARKER_CHROMA) {
          continue;
        }
        int end = runEnd(row, column, 1);
        if (!isSeen(row, column)) {
          Marker start = markerAround(row, (column + end) / 2, 1);
          Optional<ClockReading> reading = find(start);
          if (reading.isPresent()) {
            readings.add(reading.get());
            seen.add(start);
          }
        }
        column = end;
      }
    }
    return readings;
  }

  /** A column of one colour; edges in chroma pixels, the latter ones exclusive. */
  private record Marker(int left, int right, int top, int bottom) {
    double centre() {
      return (left + right) / 2.0;
    }

    int width() {
      return right - left;
    }
  }

  private boolean isSeen(int row, int column) {
    for (Marker marker : seen) {
      if (column >= marker.left - 1
          && column <= marker.right
          && row >= marker.top
          && row <= marker.bottom) {
        return true;
      }
    }
    return false;
  }

  /** Grows a marker up and down from a pixel, then measures its width at half height. */
  private Marker markerAround(int row, int column, int sign) {
    int top = row;
    while (top > 0 && sign * tone(top - 1, column) >= MARKER_CHROMA) {
      top--;
    }
    int bottom = row + 1;
    while (bottom < picture.height() / 2 && sign * tone(bottom, column) >= MARKER_CHROMA) {
      bottom++;
    }
    int middle = (top + bottom) / 2;
    return new Marker(runStart(middle, column, sign), runEnd(middle, column, sign), top, bottom);
  }

  /** Looks to the right of a magenta marker for the green one that belongs to it. */
  private Optional<ClockReading> find(Marker start) {
    int middle = (start.top + start.bottom) / 2;
    int pitch = ClockStrip.COLUMNS - 1;
    int from = start.right + Math.max(1, start.width() * pitch / 3);
    int limit = Math.min(columns(), start.right + (start.width() + 2) * pitch * 3 / 2);
    for (int column = from; column < limit; column++) {
      if (-tone(middle, column) >= MARKER_CHROMA) {
        int end = runEnd(middle, column, -1);
        Marker green = markerAround(middle, (column + end) / 2, -1);
        Optional<ClockReading> reading = decode(start, green);
        if (reading.isPresent()) {
          return reading;
        }
        column = end;
      }
    }
    return Optional.empty();
  }

  private Optional<ClockReading> decode(Marker start, Marker end) {
    double cell = 2 * (end.centre() - start.centre()) / (ClockStrip.COLUMNS - 1);
    double top = start.top + end.top;
    double row = (start.bottom + end.bottom - top) / ClockStrip.ROWS;
    if (cell < 2 || row < 2) {
      return Optional.empty();
    }
    double[] levels = levels(2 * start.centre(), top, cell, row);
    double darkest = Double.MAX_VALUE;
    double brightest = 0;
    for (double level : levels) {
      darkest = Math.min(darkest, level);
      brightest = Math.max(brightest, level);
    }
    if (brightest - darkest < LEAST_CONTRAST) {
      return Optional.empty();
    }
    long cells = 0;
    for (double level : levels) {
      cells = cells << 1 | (level > (darkest + brightest) / 2 ? 1 : 0);
    }
    int millis = (int) (cells >>> 16);
    if (ClockStrip.cells(millis) != cells) {
      return Optional.empty();
    }
    return Optional.of(
        new ClockReading(
            millis,
            (int) Math.round(2 * start.centre() - cell / 2),
            (int) Math.round(top),
            (int) Math.round(cell * ClockStrip.COLUMNS),
            (int) Math.round(row * ClockStrip.ROWS)));
  }

  /** The mean luma in the middle of each cell. */
  private double[] levels(double startCentre, double top, double cell, double row) {
    double[] levels = new double[ClockStrip.ROWS * ClockStrip.BITS_PER_ROW];
    for (int i = 0; i < levels.length; i++) {
      double x = startCentre + (1 + i % ClockStrip.BITS_PER_ROW) * cell;
      int inRow = i / ClockStrip.BITS_PER_ROW;
      double y = top + (inRow + 0.5) * row;
      levels[i] = mean(x, y, cell / 4, row / 4);
    }
    return levels;
  }

  /** The mean luma around a point: of the pixels whose centres lie within the reach, or one. */
  private double mean(double x, double y, double reachX, double reachY) {
    int left = (int) Math.round(x - reachX);
    int right = Math.max(left + 1, (int) Math.round(x + reachX));
    int top = (int) Math.round(y - reachY);
    int bottom = Math.max(top + 1, (int) Math.round(y + reachY));
    int sum = 0;
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        int inRow = Math.clamp(row, 0, picture.height() - 1);
        int inColumn = Math.clamp(column, 0, picture.width() - 1);
        sum += luma.get(inRow * picture.stride(0) + inColumn) & 0xff;
      }
    }
    return (double) sum / ((right - left) * (bottom - top));
  }

  private int runStart(int row, int column, int sign) {
    int start = column;
    while (start > 0 && sign * tone(row, start - 1) >= MARKER_CHROMA) {
      start--;
    }
    return start;
  }

  private int runEnd(int row, int column, int sign) {
    int end = column;
    while (end < columns() && sign * tone(row, end) >= MARKER_CHROMA) {
      end++;
    }
    return end;
  }

  /** Where a chroma pixel lies between green (negative) and magenta (positive); 0 is grey. */
  private int tone(int row, int column) {
    int blue = (cb.get(row * picture.stride(1) + column) & 0xff) - 128;
    int red = (cr.get(row * picture.stride(2) + column) & 0xff) - 128;
    // A marker pulls both the same way; other strong colours pull only one.
    if (blue > 0 && red > 0) {
      return Math.min(blue, red) >= MARKER_CHROMA / 3 ? blue + red : 0;
    }
    if (blue < 0 && red < 0) {
      return Math.max(blue, red) <= -MARKER_CHROMA / 3 ? blue + red : 0;
    }
    return 0;
  }

  private int columns() {
    return picture.width() / 2;
  }
}
