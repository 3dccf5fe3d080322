package dev.amphi.server.slides;

import java.util.function.Consumer;

/** Draws a page that is up as large as the tile that shows it. Thread-safe. */
public interface Fitting {
  /** For a page that there is in one size only. */
  Fitting NONE = (width, height, then) -> {};

  /**
   * Asks for it.
   *
   * @param width of the tile, pixels
   * @param height of the tile
   * @param then takes the picture when it is drawn, on any thread; is not called when it cannot be
   */
  void fit(int width, int height, Consumer<PagePicture> then);
}
