package dev.amphi.composer.api;

/** A corner of the picture. */
public enum Corner {
  TOP_LEFT(false, false),
  TOP_RIGHT(true, false),
  BOTTOM_LEFT(false, true),
  BOTTOM_RIGHT(true, true);

  private final boolean right;
  private final boolean bottom;

  Corner(boolean right, boolean bottom) {
    this.right = right;
    this.bottom = bottom;
  }

  /** Whether it is at the right. */
  public boolean right() {
    return right;
  }

  /** Whether it is below. */
  public boolean bottom() {
    return bottom;
  }

  /** The one beside it. */
  public Corner beside() {
    return of(!right, bottom);
  }

  /** The one above or below it. */
  public Corner across() {
    return of(right, !bottom);
  }

  private static Corner of(boolean right, boolean bottom) {
    return values()[(right ? 1 : 0) + (bottom ? 2 : 0)];
  }
}
