package dev.amphi.composer.codec;

/** Scales whole pictures to one size; for one thread at a time. */
public interface PictureScaler extends AutoCloseable {
  /** The scaled picture, which stays the scaler's and is valid until the next. */
  Picture scale(Picture picture);

  @Override
  void close();
}
