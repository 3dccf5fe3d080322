package dev.amphi.composer.composition;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PictureScaler;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The way of one rendition's picture from the canvas to coded samples. Its executor runs one task
 * after the other; a full executor makes the caller wait, so that no frame is ever left out.
 */
final class VideoLine {
  private static final int TICKS_PER_SECOND = 90_000;

  private final String renditionId;
  private final int frameTicks;
  private final int framesPerSegment;
  private final VideoEncoder encoder;
  private final @Nullable PictureScaler scaler;
  private final Executor executor;
  private final ProgramOutput output;

  /** Opens the encoder and tells the format. */
  VideoLine(
      CompositionSpec spec,
      CompositionSpec.VideoRendition rendition,
      ProgramCodecs codecs,
      Executor executor,
      ProgramOutput output) {
    this.renditionId = rendition.id();
    this.frameTicks = TICKS_PER_SECOND / spec.framesPerSecond();
    this.framesPerSegment = spec.framesPerSegment();
    this.executor = executor;
    this.output = output;
    boolean scaled = rendition.width() != spec.width() || rendition.height() != spec.height();
    this.scaler = scaled ? codecs.scaler(rendition.width(), rendition.height()) : null;
    this.encoder =
        codecs.h264Encoder(
            new VideoEncoding(
                rendition.width(),
                rendition.height(),
                spec.framesPerSecond(),
                spec.framesPerSegment(),
                rendition.bitrateBps()));
    output.format(
        renditionId,
        true,
        rendition.width(),
        rendition.height(),
        encoder.config(),
        TICKS_PER_SECOND);
  }

  /** Encodes a picture as that frame of the program; owns the picture. */
  void submit(Picture picture, long frame) {
    executor.execute(
        () -> {
          try (picture) {
            Picture sized = scaler == null ? picture : scaler.scale(picture);
            boolean key = frame % framesPerSegment == 0;
            encoder.encode(sized, frame * frameTicks, key, this::coded);
          }
        });
  }

  private void coded(ByteBuffer payload, long timeTicks, boolean sync) {
    output.sample(renditionId, payload, timeTicks, frameTicks, sync);
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
