package dev.amphi.composer.scene;

import dev.amphi.composer.codec.Picture;
import org.jspecify.annotations.Nullable;

/** Draws scenes; for one thread at a time. */
public interface Compositor extends AutoCloseable {
  /** Gives the picture that a source shows now. */
  interface Pictures {
    /** The picture, which stays its owner's, or null before the first. */
    @Nullable Picture of(String sourceId);
  }

  /** Draws a scene; the caller owns the picture. */
  Picture draw(Scene scene, Pictures pictures);

  @Override
  void close();
}
