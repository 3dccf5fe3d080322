package dev.amphi.composer.composition;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.timing.AvSync;
import dev.amphi.composer.timing.FrameQueue;
import dev.amphi.composer.timing.SourceClock;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One video source: its decoder, which only the thread that brings frames uses, and the pictures
 * that wait to be shown, which are guarded by the stage's lock.
 */
final class VideoInput {
  private static final int TICKS_PER_SECOND = 90_000;
  private static final int WAITING_PICTURES = 12;
  private static final long BASE_DELAY_NANOS = 10_000_000L;
  private static final long MOST_DELAY_NANOS = 80_000_000L;
  private static final long FROZEN_NANOS = 3_000_000_000L;
  private static final long ASK_NANOS = 1_000_000_000L;

  private final SourceSpec.Kind kind;
  private final VideoDecoder decoder;
  private final AvSync sync;
  private final SourceClock clock = new SourceClock(BASE_DELAY_NANOS, MOST_DELAY_NANOS);
  private final FrameQueue<Picture> pictures = new FrameQueue<>(WAITING_PICTURES, Picture::close);
  private boolean needsKeyFrame = true;
  private long askedNanos = Long.MIN_VALUE;
  private boolean muted;
  private boolean closed;

  VideoInput(SourceSpec.Kind kind, VideoDecoder decoder, AvSync sync) {
    this.kind = kind;
    this.decoder = decoder;
    this.sync = sync;
    sync.add(clock);
  }

  /**
   * Decodes a frame; not under the lock.
   *
   * @param lock guards the queue of pictures
   * @return whether the publisher should be asked for a key frame
   */
  boolean frame(
      ByteBuffer payload,
      long ticks,
      long arrivalNanos,
      long captureNtpNanos,
      boolean keyFrame,
      Object lock) {
    long mediaNanos = SourceClock.mediaNanos(ticks, TICKS_PER_SECOND, captureNtpNanos);
    synchronized (lock) {
      clock.arrived(mediaNanos, arrivalNanos, captureNtpNanos >= 0);
    }
    if (needsKeyFrame && !keyFrame) {
      return ask(arrivalNanos);
    }
    VideoDecoder.Outcome outcome =
        decoder.decode(payload, mediaNanos, (picture, media) -> decoded(picture, media, lock));
    needsKeyFrame = outcome != VideoDecoder.Outcome.DECODED;
    return needsKeyFrame && ask(arrivalNanos);
  }

  private void decoded(Picture picture, long mediaNanos, Object lock) {
    synchronized (lock) {
      if (muted || closed) {
        picture.close();
      } else {
        pictures.offer(mediaNanos + sync.offsetNanos(clock), picture);
      }
    }
  }

  /** At most once a second. */
  private boolean ask(long nowNanos) {
    if (askedNanos != Long.MIN_VALUE && nowNanos - askedNanos < ASK_NANOS) {
      return false;
    }
    askedNanos = nowNanos;
    return true;
  }

  /** Frames were lost on the way here. */
  void gap() {
    needsKeyFrame = true;
  }

  void mute(boolean wanted) {
    muted = wanted;
    if (muted) {
      pictures.clear();
    }
  }

  /** Whether there is something to show: a share may stand still, a camera only for 3 s. */
  boolean live(long nowNanos) {
    if (pictures.at(nowNanos) == null) {
      return false;
    }
    return kind == SourceSpec.Kind.SCREEN || nowNanos - pictures.shownSinceNanos() < FROZEN_NANOS;
  }

  @Nullable Picture at(long nowNanos) {
    return pictures.at(nowNanos);
  }

  /** Lets go of the pictures; under the lock. */
  void leave() {
    closed = true;
    pictures.clear();
    sync.remove(clock);
  }

  /** Frees the decoder; on the thread that brings frames. */
  void closeDecoder() {
    decoder.close();
  }
}
