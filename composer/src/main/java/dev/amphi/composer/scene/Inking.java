package dev.amphi.composer.scene;

import dev.amphi.composer.api.InkSheet;
import dev.amphi.composer.codec.Picture;

/**
 * Lays strokes over a source's picture, so that they go where it goes; for one thread at a time.
 */
public interface Inking {
  /** Draws nothing. */
  Inking NONE = (base, sheet) -> base;

  /**
   * The picture with its strokes, which stays the inking's and is whole until the call after the
   * next; the same one again when neither the picture nor the sheet has changed.
   */
  Picture over(Picture base, InkSheet sheet);
}
