package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PictureScaler;
import dev.amphi.composer.layout.Rect;

/** Scales the whole canvas for a smaller rendition. */
final class WholeScaler implements PictureScaler {
  private final Scaler scaler;

  WholeScaler(int width, int height) {
    scaler = new Scaler(width, height, false);
  }

  @Override
  public Picture scale(Picture picture) {
    scaler.scale(picture, new Rect(0, 0, picture.width(), picture.height()));
    return scaler.target();
  }

  @Override
  public void close() {
    scaler.close();
  }
}
