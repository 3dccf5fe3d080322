package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PictureScaler;
import dev.amphi.composer.layout.Rect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scales the whole canvas for a smaller rendition, unless it is the one from before. */
final class WholeScaler implements PictureScaler {
  /** So far from a pixel its change is seen in the smaller picture. */
  private static final int REACH = 6;

  private final Scaler scaler;
  private long scaledNumber = AvPicture.UNNUMBERED;

  WholeScaler(int width, int height) {
    scaler = new Scaler(width, height, false);
  }

  @Override
  public Picture scale(Picture picture) {
    AvPicture target = scaler.target();
    long number = picture instanceof AvPicture own ? own.number() : AvPicture.UNNUMBERED;
    if (number != AvPicture.UNNUMBERED && number == scaledNumber) {
      return target;
    }
    Rect whole = new Rect(0, 0, picture.width(), picture.height());
    scaler.scale(picture, whole);
    @Nullable List<Rect> changes =
        picture instanceof AvPicture own ? ChangeHint.since(own, scaledNumber) : null;
    List<Rect> known = changes == null ? List.of(whole) : changes;
    Rect place = new Rect(0, 0, target.width(), target.height());
    target.follow(
        number,
        known.stream()
            .map(rect -> rect.scaled(picture.width(), picture.height(), place, REACH))
            .toList());
    scaledNumber = number;
    return target;
  }

  @Override
  public void close() {
    scaler.close();
  }
}
