package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.layout.Rect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The canvases, which go round: each is painted, encoded and painted again, and knows what was
 * painted on the others since, so that only this has to be copied. A picture that its last owner
 * closes comes back here; that is thread-safe, because encoders close on their own threads. All
 * else is the painting thread's.
 */
final class PicturePool {
  /** With more than this it is simpler to copy the whole. */
  private static final int MOST_RECTS = 32;

  private final int width;
  private final int height;
  private final ArrayDeque<AvPicture> free = new ArrayDeque<>();
  private final IdentityHashMap<AvPicture, List<Rect>> stale = new IdentityHashMap<>();
  private boolean open = true;

  PicturePool(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** A canvas to paint on, which the caller owns; it shows something old. */
  AvPicture take() {
    synchronized (this) {
      AvPicture picture = free.pollFirst();
      if (picture != null) {
        picture.reopen();
        return picture;
      }
    }
    AvPicture made = AvPicture.allocate(width, height).returningTo(this);
    stale.put(made, new ArrayList<>(List.of(whole())));
    return made;
  }

  private Rect whole() {
    return new Rect(0, 0, width, height);
  }

  /**
   * Brings a canvas up to another one.
   *
   * @param hidden what is going to be painted over, so that it needs not be copied
   */
  void catchUp(AvPicture canvas, AvPicture last, List<Rect> hidden) {
    for (Rect rect : staleIn(canvas)) {
      if (hidden.stream().noneMatch(cover -> cover.contains(rect))) {
        Brush.copy(canvas, last, rect);
      }
    }
  }

  /** Says that a canvas is done, and where it differs from the one before. */
  void painted(AvPicture canvas, List<Rect> dirty) {
    stale.forEach((picture, rects) -> age(rects, dirty));
    staleIn(canvas).clear();
  }

  private void age(List<Rect> rects, List<Rect> dirty) {
    for (Rect rect : dirty) {
      if (rects.stream().noneMatch(known -> known.contains(rect))) {
        rects.removeIf(rect::contains);
        rects.add(rect);
      }
    }
    if (rects.size() > MOST_RECTS) {
      rects.clear();
      rects.add(whole());
    }
  }

  private List<Rect> staleIn(AvPicture canvas) {
    return stale.computeIfAbsent(canvas, picture -> new ArrayList<>());
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
    stale.clear();
  }
}
