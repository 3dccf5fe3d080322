package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.scene.Content;
import dev.amphi.composer.scene.Lettering;
import org.jspecify.annotations.Nullable;

/** Words that fill a tile, as a picture: set once for each text and size. */
final class Lettered implements AutoCloseable {
  private final Lettering lettering;
  private @Nullable Content content;
  private @Nullable AvPicture picture;

  Lettered(Lettering lettering) {
    this.lettering = lettering;
  }

  /** What was set last; it stays this one's. */
  @Nullable AvPicture picture() {
    return picture;
  }

  /** The picture of those words in whatever size they were set last, or null. */
  @Nullable AvPicture of(Content wanted) {
    return wanted.equals(content) ? picture : null;
  }

  /** Sets words. */
  void set(Content wanted, int width, int height) {
    close();
    content = wanted;
    try (Picture drawing = drawing(wanted, width, height)) {
      AvPicture copy = AvPicture.allocate(width, height);
      copy.copyFrom(drawing);
      picture = copy;
    }
  }

  private Picture drawing(Content wanted, int width, int height) {
    return switch (wanted) {
      case Content.Slate slate -> lettering.slate(width, height, slate);
      case Content.Initials initials -> lettering.initials(width, height, initials);
      case Content.Video video -> throw new IllegalStateException("Nobody draws " + video);
      case Content.Mark mark -> throw new IllegalStateException(mark + " hides nothing");
    };
  }

  @Override
  public void close() {
    if (picture != null) {
      picture.close();
      picture = null;
    }
  }
}
