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
 * that wait to be shown, which are guarded by {@link Inputs}' {@code media} lock.
 */
final class VideoInput {
  private static final int TICKS_PER_SECOND = 90_000;
  private static final int WAITING_PICTURES = 12;

  /**
   * Of the pictures before and behind an instant the nearer one is shown: half a frame early, but
   * for the 5 ms that the limiter keeps the sound back.
   */
  private static final long EARLY_NANOS = 12_000_000L;

  static final long BASE_DELAY_NANOS = 10_000_000L + EARLY_NANOS;
  private static final long MOST_DELAY_NANOS = 80_000_000L;
  private static final long FROZEN_NANOS = 3_000_000_000L;
  private static final long ASK_NANOS = 1_000_000_000L;

  private final SourceSpec.Kind kind;
  private final VideoDecoder decoder;
  private final AvSync sync;
  private final SourceClock clock = new SourceClock(BASE_DELAY_NANOS, MOST_DELAY_NANOS);
  private final FrameQueue<Picture> pictures = new FrameQueue<>(WAITING_PICTURES, Picture::close);
  private long changes;
  private long changedNanos;
  private boolean needsKeyFrame = true;
  private long askedNanos = Long.MIN_VALUE;
  private boolean muted;
  private boolean closed;

  VideoInput(SourceSpec.Kind kind, VideoDecoder decoder, AvSync sync) {
    this.kind = kind;
    this.decoder = decoder;
    this.sync = sync;
    sync.add(clock, kind == SourceSpec.Kind.SCREEN ? AvSync.Group.SCREEN : AvSync.Group.PERSON);
  }

  /**
   * Decodes a frame; under no lock.
   *
   * @param media the lock that guards the queue of pictures
   * @return whether the publisher should be asked for a key frame
   */
  boolean frame(
      ByteBuffer payload,
      long ticks,
      long arrivalNanos,
      long captureNtpNanos,
      boolean keyFrame,
      Object media) {
    long mediaNanos = SourceClock.mediaNanos(ticks, TICKS_PER_SECOND);
    synchronized (media) {
      clock.arrived(mediaNanos, arrivalNanos, captureNtpNanos);
    }
    if (needsKeyFrame && !keyFrame) {
      return ask(arrivalNanos);
    }
    VideoDecoder.Outcome outcome =
        decoder.decode(payload, mediaNanos, (picture, nanos) -> decoded(picture, nanos, media));
    needsKeyFrame = outcome != VideoDecoder.Outcome.DECODED;
    return needsKeyFrame && ask(arrivalNanos);
  }

  private void decoded(Picture picture, long mediaNanos, Object media) {
    synchronized (media) {
      if (muted || closed) {
        picture.close();
      } else {
        pictures.offer(mediaNanos, picture);
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
    if (at(nowNanos) == null) {
      return false;
    }
    return kind == SourceSpec.Kind.SCREEN || nowNanos - changedNanos < FROZEN_NANOS;
  }

  /** The picture of that instant; it stays the queue's. */
  @Nullable Picture at(long nowNanos) {
    if (closed || clock.idle()) {
      return null;
    }
    Picture picture = pictures.at(nowNanos + EARLY_NANOS - sync.offsetNanos(clock, nowNanos));
    if (pictures.changes() != changes) {
      changes = pictures.changes();
      changedNanos = nowNanos;
    }
    return picture;
  }

  /** Lets go of the pictures; under the {@code media} lock. */
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
