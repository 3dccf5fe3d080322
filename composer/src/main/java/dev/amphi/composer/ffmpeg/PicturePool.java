package dev.amphi.composer.ffmpeg;

import java.util.ArrayDeque;

/**
 * Copies of the canvas on their way to the encoders. A picture that its last owner closes comes
 * back here; thread-safe, because encoders close on their own threads.
 */
final class PicturePool {
  private final int width;
  private final int height;
  private final ArrayDeque<AvPicture> free = new ArrayDeque<>();
  private boolean open = true;

  PicturePool(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** A copy, which the caller owns. */
  AvPicture copyOf(AvPicture canvas) {
    AvPicture picture = take();
    picture.copyFrom(canvas);
    return picture;
  }

  private synchronized AvPicture take() {
    AvPicture picture = free.pollFirst();
    if (picture == null) {
      return AvPicture.allocate(width, height).returningTo(this);
    }
    picture.reopen();
    return picture;
  }

  /** Takes a picture back; returns whether it is kept. */
  synchronized boolean giveBack(AvPicture picture) {
    if (open) {
      free.addFirst(picture);
    }
    return open;
  }

  /** Frees what is here; what is still on its way is freed when it is closed. */
  synchronized void close() {
    open = false;
    free.forEach(AvPicture::free);
    free.clear();
  }
}
