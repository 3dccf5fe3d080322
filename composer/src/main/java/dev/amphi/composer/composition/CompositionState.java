package dev.amphi.composer.composition;

/** Where a program is in its life; it only moves on, never back. */
public enum CompositionState {
  /** Encoders are being opened. */
  STARTING,
  /** Frames are being made. */
  RUNNING,
  /** No new frames; the encoders give out what they hold. */
  CLOSING,
  /** Nothing comes any more. */
  ENDED;

  /** The later of the two. */
  public CompositionState reach(CompositionState next) {
    return next.compareTo(this) > 0 ? next : this;
  }
}
