package dev.amphi.interactive.signal;

import java.util.List;

/**
 * What those on stage see of each other while it is being done, and that is worth little a moment
 * later. The same JSON whichever way it travels: a data channel called {@code amphi.} and the type,
 * or the signalling socket.
 */
public sealed interface Gesture {
  /** The word in {@code type}. */
  String type();

  /**
   * Where somebody points.
   *
   * @param x from 0 to 1 over the program's width
   * @param y from 0 to 1 over its height
   * @param shown false when it points nowhere any more
   */
  record Cursor(double x, double y, boolean shown) implements Gesture {
    @Override
    public String type() {
      return "cursor";
    }
  }

  /**
   * Points that a stroke on the board has grown by.
   *
   * @param id of the stroke, its author's own
   * @param points x and y in turn, from 0 to 1
   * @param done whether the stroke has no more
   */
  record Stroke(String id, List<Double> points, boolean done) implements Gesture {
    public Stroke {
      points = List.copyOf(points);
    }

    @Override
    public String type() {
      return "stroke";
    }
  }

  /** One emoji. */
  record Reaction(String emoji) implements Gesture {
    @Override
    public String type() {
      return "reaction";
    }
  }
}
