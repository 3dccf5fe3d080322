package dev.amphi.composer.api;

import java.util.List;
import java.util.Optional;

/**
 * What a program goes without while its machine is busy, in the order in which it is given up; each
 * step includes those before it. The sound is never on the list.
 */
public enum Shed {
  /** Nothing is missing. */
  NOTHING(0),
  /** Fifteen pictures a second instead of thirty, and scenes change without moves. */
  FRAME_RATE(1),
  /** The encoder looks for less: the picture is coarser at the same rate. */
  PRESET(2),
  /** Movement is in the smallest rendition only; the larger ones get one picture a part. */
  RESOLUTION(3),
  /** Students' cameras rest: their initials are shown. */
  STUDENT_VIDEO(4);

  private static final List<Shed> IN_ORDER = List.of(values());

  private final int step;

  Shed(int step) {
    this.step = step;
  }

  /** How many things are given up, 0 to 4. */
  public int step() {
    return step;
  }

  /** As many things given up, or empty when there are not so many. */
  public static Optional<Shed> ofStep(int step) {
    return step >= 0 && step < IN_ORDER.size() ? Optional.of(IN_ORDER.get(step)) : Optional.empty();
  }

  /** One more is given up, if there is one. */
  public Shed more() {
    return ofStep(step + 1).orElse(this);
  }

  /** The last that was given up comes back. */
  public Shed less() {
    return ofStep(step - 1).orElse(this);
  }

  /** Whether that is given up too. */
  public boolean includes(Shed other) {
    return compareTo(other) >= 0;
  }
}
