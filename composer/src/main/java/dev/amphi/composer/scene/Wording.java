package dev.amphi.composer.scene;

import java.util.Optional;

/**
 * How the words on one tile give way to others: those that are there go, then those that are wanted
 * come. A lower third slides in and comes to rest, and slides out gathering speed; a band fades. A
 * change on the way begins with as much as is there at that instant. Pure.
 *
 * @param going what was there, as much of it as was there
 * @param coming what is wanted, as much of it as was there already
 */
record Wording(Optional<Label> going, Optional<Label> coming, long startNanos) {
  /** How long a lower third takes to come. */
  static final long THIRD_IN_NANOS = 500_000_000L;

  /** How long it takes to go. */
  static final long THIRD_OUT_NANOS = 350_000_000L;

  /** How long a band takes for either. */
  static final long BAND_NANOS = Transition.NANOS / 2;

  /** Words that are there. */
  static Wording still(Optional<Label> words) {
    return new Wording(Optional.empty(), words, 0);
  }

  /** Those of a tile that comes, whose band comes with it. */
  static Wording fresh(Optional<Label> words, long nowNanos) {
    return new Wording(
        Optional.empty(),
        words.map(label -> label.isLowerThird() ? label.present(0) : label),
        nowNanos);
  }

  /** The same on the way to other words, if these are others. */
  Wording towards(Optional<Label> wanted, long nowNanos) {
    if (wanted.equals(target())) {
      return this;
    }
    Optional<Label> now = at(nowNanos);
    return now.map(Label::whole).equals(wanted)
        ? new Wording(Optional.empty(), now, nowNanos)
        : new Wording(now, wanted.map(label -> label.present(0)), nowNanos);
  }

  /** What it leads to. */
  Optional<Label> target() {
    return coming.map(Label::whole);
  }

  /** The same without words that must not be seen any more. */
  Wording without(java.util.function.Predicate<Label> unsaid) {
    return new Wording(going.filter(unsaid.negate()), coming.filter(unsaid.negate()), startNanos);
  }

  /** What is to be seen at an instant. */
  Optional<Label> at(long nowNanos) {
    long passedNanos = Math.max(0, nowNanos - startNanos);
    long outNanos = going.map(Wording::outNanos).orElse(0L);
    if (passedNanos < outNanos) {
      double part = (double) passedNanos / outNanos;
      return going.map(label -> label.present(level(label.presence(), 0, gathering(label, part))));
    }
    return coming.map(label -> come(label, passedNanos - outNanos));
  }

  private static Label come(Label label, long passedNanos) {
    int start = label.presence();
    long inNanos = share(label.isLowerThird() ? THIRD_IN_NANOS : BAND_NANOS, Tile.OPAQUE - start);
    return passedNanos >= inNanos
        ? label.whole()
        : label.present(level(start, Tile.OPAQUE, resting(label, (double) passedNanos / inNanos)));
  }

  private static long outNanos(Label label) {
    return share(label.isLowerThird() ? THIRD_OUT_NANOS : BAND_NANOS, label.presence());
  }

  /** Who has only a part of the way to go takes less time for it. */
  private static long share(long nanos, int way) {
    return nanos * way / Tile.OPAQUE;
  }

  /** Fast at first (cubic ease-out). */
  private static double resting(Label label, double part) {
    return label.isLowerThird() ? 1 - Math.pow(1 - part, 3) : part;
  }

  /** Slow at first (cubic ease-in). */
  private static double gathering(Label label, double part) {
    return label.isLowerThird() ? Math.pow(part, 3) : part;
  }

  private static int level(int from, int to, double done) {
    return (int) Math.round(from + (to - from) * done);
  }
}
