package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.layout.Rect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Tells x264 which macroblocks are the same as in the picture before, so that it looks at the
 * others only; those are still coded anew where their quality was below what is wanted now. Spelled
 * as AVVideoHint (libavutil/video_hint.h), which the bindings do not have.
 */
final class ChangeHint {
  private static final int HEADER = 32;
  private static final int RECT = 16;
  private static final int CHANGED = 1;

  private long codedNumber = AvPicture.UNNUMBERED;

  /** Looks at the next picture to be coded and says on the frame what is known about it. */
  void next(AvPicture picture, AVFrame frame) {
    List<Rect> changes = since(picture, codedNumber);
    codedNumber = picture.number();
    if (changes != null) {
      attach(frame, changes);
    }
  }

  /** A picture comes of which nothing is known. */
  void lost() {
    codedNumber = AvPicture.UNNUMBERED;
  }

  /** Where a picture differs from that with a number, or null when that is not known. */
  static @Nullable List<Rect> since(AvPicture picture, long number) {
    if (number == AvPicture.UNNUMBERED || picture.number() == AvPicture.UNNUMBERED) {
      return null;
    }
    if (picture.number() == number) {
      return List.of();
    }
    return picture.number() == number + 1 ? picture.changes() : null;
  }

  private static void attach(AVFrame frame, List<Rect> changes) {
    int size = HEADER + RECT * changes.size();
    AVFrameSideData data =
        avutil.av_frame_new_side_data(frame, avutil.AV_FRAME_DATA_VIDEO_HINT, size);
    ByteBuffer hint = data.data().capacity(size).asByteBuffer().order(ByteOrder.nativeOrder());
    hint.putLong(changes.size()).putLong(HEADER).putLong(RECT).putInt(CHANGED).putInt(0);
    for (Rect rect : changes) {
      hint.putInt(rect.x()).putInt(rect.y()).putInt(rect.width()).putInt(rect.height());
    }
  }
}
