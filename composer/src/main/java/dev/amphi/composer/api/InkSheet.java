package dev.amphi.composer.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The strokes that are drawn, and over which source: the sum of all {@link InkChange}s. What would
 * be more than a board holds is left out. For one thread at a time.
 */
public final class InkSheet {
  /** Strokes kept. */
  public static final int MOST_STROKES = 2_000;

  /** Points kept, of all strokes together. */
  public static final int MOST_POINTS = 30_000;

  private record Key(String author, String id) {}

  /** What somebody drew in one go. */
  public static final class Stroke {
    private final int colour;
    private float[] points;
    private int length;
    private boolean done;

    private Stroke(int colour) {
      this.colour = colour;
      this.points = new float[32];
    }

    /** 0xRRGGBB. */
    public int colour() {
      return colour;
    }

    /** How many points. */
    public int count() {
      return length / 2;
    }

    /** From 0 to 1 over the picture's width. */
    public float x(int index) {
      return points[2 * index];
    }

    /** From 0 to 1 over the picture's height. */
    public float y(int index) {
      return points[2 * index + 1];
    }

    /** Whether it grows no more. */
    public boolean done() {
      return done;
    }

    private void add(float[] more, int values) {
      if (length + values > points.length) {
        points = Arrays.copyOf(points, Math.max(2 * points.length, length + values));
      }
      for (int i = 0; i < values; i++) {
        points[length++] = Math.clamp(more[i], 0f, 1f);
      }
    }
  }

  private final Map<Key, Stroke> strokes = new LinkedHashMap<>();
  private String sourceId = "";
  private int points;
  private long version;
  private long lost;

  /** Takes a change in. */
  public void apply(InkChange change) {
    version++;
    switch (change) {
      case InkChange.On on -> sourceId = on.sourceId();
      case InkChange.Cleared cleared -> {
        strokes.clear();
        points = 0;
        lost++;
      }
      case InkChange.Taken taken -> {
        Stroke gone = strokes.remove(new Key(taken.author(), taken.id()));
        if (gone != null) {
          points -= gone.count();
          lost++;
        }
      }
      case InkChange.Grown grown -> grow(grown);
    }
  }

  private void grow(InkChange.Grown grown) {
    Key key = new Key(grown.author(), grown.id());
    Stroke stroke = strokes.get(key);
    if (stroke == null) {
      if (strokes.size() >= MOST_STROKES) {
        return;
      }
      stroke = new Stroke(grown.colour());
      strokes.put(key, stroke);
    }
    int more = Math.min(grown.points().length / 2, MOST_POINTS - points);
    stroke.add(grown.points(), 2 * more);
    points += more;
    stroke.done = grown.done();
  }

  /** The source that all of it lies over; "" for none. */
  public String sourceId() {
    return sourceId;
  }

  /** In the order in which they were begun. */
  public Collection<Stroke> strokes() {
    return Collections.unmodifiableCollection(strokes.values());
  }

  /** Whether nothing is drawn. */
  public boolean isEmpty() {
    return strokes.isEmpty();
  }

  /** Another after each change. */
  public long version() {
    return version;
  }

  /** Another after each change by which something that was there went. */
  public long losses() {
    return lost;
  }

  /** What makes an empty sheet this one. */
  public List<InkChange> changes() {
    List<InkChange> changes = new ArrayList<>();
    changes.add(new InkChange.Cleared());
    changes.add(new InkChange.On(sourceId));
    strokes.forEach(
        (key, stroke) ->
            changes.add(
                new InkChange.Grown(
                    key.author(),
                    key.id(),
                    stroke.colour,
                    Arrays.copyOf(stroke.points, stroke.length),
                    stroke.done)));
    return changes;
  }
}
