package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.layout.Rect;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** A picture in FFmpeg's memory; owns the frame and gives it back when closed. */
final class AvPicture implements Picture {
  /** Of pictures that follow no other. */
  static final long UNNUMBERED = -1;

  private static final int ALIGNMENT = 64;

  private final AVFrame frame;
  private final int width;
  private final int height;
  private final AtomicInteger owners = new AtomicInteger(1);
  private final boolean lasts;
  private final BytePointer[] planes = new BytePointer[3];
  private final ByteBuffer[] bytes = new ByteBuffer[3];
  private final int[] strides = new int[3];
  private @Nullable PicturePool pool;
  private long number = UNNUMBERED;
  private List<Rect> changes = List.of();

  /** Takes the frame over, of a picture that is looked at once or twice. */
  AvPicture(AVFrame frame) {
    this(frame, false);
  }

  /** Remembers where the planes of a picture are that is used again and again. */
  private AvPicture(AVFrame frame, boolean lasts) {
    this.frame = frame;
    this.width = frame.width();
    this.height = frame.height();
    this.lasts = lasts;
    for (int plane = 0; lasts && plane < 3; plane++) { // each look into native memory is a call
      strides[plane] = frame.linesize(plane);
      planes[plane] = frame.data(plane).capacity((long) rows(plane) * strides[plane]);
      bytes[plane] = planes[plane].asByteBuffer();
    }
  }

  private int rows(int plane) {
    return plane == 0 ? height : (height + 1) / 2;
  }

  /** Makes a picture with undefined content, in the program's colour space. */
  static AvPicture allocate(int width, int height) {
    AVFrame frame = avutil.av_frame_alloc();
    frame.format(avutil.AV_PIX_FMT_YUV420P).width(width).height(height);
    frame.color_range(avutil.AVCOL_RANGE_MPEG).colorspace(avutil.AVCOL_SPC_SMPTE170M);
    frame.color_primaries(avutil.AVCOL_PRI_SMPTE170M).color_trc(avutil.AVCOL_TRC_SMPTE170M);
    AvErrors.check(avutil.av_frame_get_buffer(frame, ALIGNMENT), "allocating a picture");
    return new AvPicture(frame, true);
  }

  /** Goes back to a pool instead of being freed. */
  AvPicture returningTo(PicturePool home) {
    pool = home;
    return this;
  }

  /** Belongs to a new owner after it was in the pool. */
  void reopen() {
    owners.set(1);
  }

  /**
   * Says how it differs from the picture before it in a row of pictures.
   *
   * @param place its number in the row
   * @param where outside of these it is the same as the picture with the number before
   */
  void follow(long place, List<Rect> where) {
    number = place;
    changes = List.copyOf(where);
  }

  /** Its place in a row of pictures, or {@link #UNNUMBERED}. */
  long number() {
    return number;
  }

  /** Where it may differ from the picture with the number before. */
  List<Rect> changes() {
    return changes;
  }

  /** Whether its levels are the program's, 16 to 235. */
  boolean limitedRange() {
    return frame.format() == avutil.AV_PIX_FMT_YUV420P
        && frame.color_range() != avutil.AVCOL_RANGE_JPEG;
  }

  @Override
  public AvPicture share() {
    owners.incrementAndGet();
    return this;
  }

  AVFrame frame() {
    return frame;
  }

  /** Copies a picture of the same size into this one. */
  void copyFrom(Picture other) {
    for (int plane = 0; plane < 3; plane++) {
      int rows = plane == 0 ? height : (height + 1) / 2;
      int bytes = plane == 0 ? width : (width + 1) / 2;
      avutil.av_image_copy_plane(
          plane(plane), stride(plane), other.plane(plane), other.stride(plane), bytes, rows);
    }
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public ByteBuffer plane(int index) {
    if (lasts) {
      return bytes[index].duplicate().order(bytes[index].order());
    }
    return frame.data(index).capacity((long) rows(index) * stride(index)).asByteBuffer();
  }

  /** Where a byte of a plane is. */
  BytePointer at(int plane, long offset) {
    BytePointer start = lasts ? new BytePointer(planes[plane]) : frame.data(plane);
    return start.position(offset);
  }

  @Override
  public int stride(int index) {
    return lasts ? strides[index] : frame.linesize(index);
  }

  @Override
  public void close() {
    if (owners.decrementAndGet() == 0 && (pool == null || !pool.giveBack(this))) {
      free();
    }
  }

  /** Frees the memory, whoever owns it. */
  void free() {
    avutil.av_frame_free(frame);
  }
}
