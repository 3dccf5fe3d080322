package dev.amphi.composer.scene;

import dev.amphi.composer.codec.Picture;

/** Draws words, whatever script they are in and whatever they try to mean: they are only shown. */
public interface Lettering {
  /** Draws a slate over the whole picture. */
  Picture slate(int width, int height, Content.Slate slate);

  /** Draws initials in the middle of a coloured ground. */
  Picture initials(int width, int height, Content.Initials initials);

  /** Draws a name's band, or a lower third. */
  Overlay label(Label label);

  /** Draws the school's logo as a mark in the picture, see-through. */
  Overlay mark(int width, int height);
}
