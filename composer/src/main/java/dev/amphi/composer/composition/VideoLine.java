package dev.amphi.composer.composition;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.Shed;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PictureScaler;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.load.Duty;
import dev.amphi.composer.load.Strain;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of one rendition's picture from the canvas to coded samples. Its executor runs one task
 * after the other. It says when it is {@link #busy}: then the program waits for it and makes one
 * picture of the frames that pass meanwhile, so that no frame is left out and the timeline has no
 * hole.
 */
final class VideoLine {
  private static final int TICKS_PER_SECOND = 90_000;

  /** One picture is being coded and two wait. */
  private static final int MOST_WAITING = 3;

  private final String renditionId;
  private final int frameTicks;
  private final PictureSpan spans;
  private final boolean large;
  private final VideoEncoding encoding;
  private final ProgramCodecs codecs;
  private final @Nullable PictureScaler scaler;
  private final Executor executor;
  private final ProgramOutput output;
  private final LongSupplier nanoClock;
  private final Duty duty = new Duty();
  private final AtomicInteger waiting = new AtomicInteger();

  /** For the program's thread. */
  private long covered;

  /** For the executor. */
  private final ArrayDeque<Integer> durations = new ArrayDeque<>();

  private VideoEncoder encoder;
  private boolean quick;
  private boolean onlyOne;

  /**
   * Opens the encoder and tells the format.
   *
   * @param large whether there is a smaller rendition
   * @param nanoClock tells how long encoding takes
   */
  VideoLine(
      CompositionSpec spec,
      CompositionSpec.VideoRendition rendition,
      boolean large,
      ProgramCodecs codecs,
      Executor executor,
      ProgramOutput output,
      LongSupplier nanoClock) {
    this.renditionId = rendition.id();
    this.frameTicks = TICKS_PER_SECOND / spec.framesPerSecond();
    this.spans = new PictureSpan(spec.framesPerSegment());
    this.large = large;
    this.codecs = codecs;
    this.executor = executor;
    this.output = output;
    this.nanoClock = nanoClock;
    boolean scaled = rendition.width() != spec.width() || rendition.height() != spec.height();
    this.scaler = scaled ? codecs.scaler(rendition.width(), rendition.height()) : null;
    this.encoding =
        new VideoEncoding(
            rendition.width(),
            rendition.height(),
            spec.framesPerSecond(),
            spec.framesPerSegment(),
            rendition.bitrateBps());
    this.encoder = codecs.h264Encoder(encoding);
    output.format(
        renditionId,
        true,
        rendition.width(),
        rendition.height(),
        encoder.config(),
        TICKS_PER_SECOND);
  }

  /** Whether it has enough to do. */
  boolean busy() {
    return waiting.get() >= MOST_WAITING;
  }

  /** The program's strain, with this line's if it is the busier. */
  Strain strain(Strain others, long nowNanos) {
    return others.with(renditionId, duty.share(nowNanos));
  }

  /**
   * Encodes a picture from that frame of the program on; owns the picture.
   *
   * @param frames how many it is shown for, at most to the end of a part
   */
  void submit(Picture picture, long frame, int frames, Shed shed) {
    if (frame < covered) { // the picture before was to last longer here
      picture.close();
      return;
    }
    boolean still = large && shed.includes(Shed.RESOLUTION);
    int length = still ? spans.room(frame) : frames;
    covered = frame + length;
    waiting.incrementAndGet();
    boolean wantsQuick = shed.includes(Shed.PRESET);
    executor.execute(
        () -> {
          long beganNanos = nanoClock.getAsLong();
          encode(picture, frame, length, wantsQuick);
          duty.worked(nanoClock.getAsLong() - beganNanos);
          waiting.decrementAndGet();
        });
  }

  private void encode(Picture picture, long frame, int length, boolean wantsQuick) {
    try (picture) {
      boolean key = spans.startsSegment(frame);
      if (key && wantsQuick != quick && !onlyOne) {
        change(wantsQuick);
      }
      Picture sized = scaler == null ? picture : scaler.scale(picture);
      durations.add(length * frameTicks);
      encoder.encode(sized, frame * frameTicks, key, this::coded);
    }
  }

  /** Another encoder goes on from here, if its pictures need no other parameter sets. */
  private void change(boolean wantsQuick) {
    VideoEncoder next =
        wantsQuick ? codecs.quickH264Encoder(encoding) : codecs.h264Encoder(encoding);
    if (!next.config().equals(encoder.config())) {
      next.close();
      onlyOne = true;
      return;
    }
    encoder.finish(this::coded);
    encoder.close();
    encoder = next;
    quick = wantsQuick;
  }

  private void coded(ByteBuffer payload, long timeTicks, boolean sync) {
    output.sample(renditionId, payload, timeTicks, durations.remove(), sync);
  }

  /** Gives out what is left, frees everything, then runs {@code done}. */
  void finish(Runnable done) {
    executor.execute(
        () -> {
          encoder.finish(this::coded);
          encoder.close();
          if (scaler != null) {
            scaler.close();
          }
          done.run();
        });
  }
}
