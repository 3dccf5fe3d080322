package dev.amphi.composer.process;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.codec.AudioEncoder;
import dev.amphi.composer.codec.PictureScaler;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.composition.ProgramCodecs;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.scene.Compositor;
import dev.amphi.composer.scene.Lettering;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.Pointer;

/**
 * The real composer, but for decoders with a fault: coded pictures that begin with {@link #CRASH}
 * write to where no memory is, those that begin with {@link #HANG} are never done.
 */
final class PoisonedComposer {
  static final int CRASH = 0x0BAD_0BAD;
  static final int HANG = 0x0BAD_C0DE;

  private PoisonedComposer() {}

  /** Runs the child. */
  public static void main(String[] args) {
    ComposerMain.run(args, () -> new Poisoned(FfmpegCodecs.complete()));
  }

  /** Points to where nothing is. */
  private static final class Wild extends Pointer {
    Wild() {
      address = 8;
    }
  }

  private record Poisoned(FfmpegCodecs sound) implements ProgramCodecs {
    @Override
    public VideoDecoder videoDecoder(SourceSpec.Codec codec) {
      VideoDecoder decoder = sound.videoDecoder(codec);
      return new VideoDecoder() {
        @Override
        public Outcome decode(ByteBuffer coded, long timeTicks, Sink sink) {
          int first = coded.remaining() < 4 ? 0 : coded.getInt(coded.position());
          if (first == CRASH) {
            Pointer.memset(new Wild(), 0, 8);
          }
          while (first == HANG) {
            Thread.onSpinWait();
          }
          return decoder.decode(coded, timeTicks, sink);
        }

        @Override
        public void close() {
          decoder.close();
        }
      };
    }

    @Override
    public AudioDecoder opusDecoder() {
      return sound.opusDecoder();
    }

    @Override
    public VideoEncoder h264Encoder(VideoEncoding encoding) {
      return sound.h264Encoder(encoding);
    }

    @Override
    public AudioEncoder aacEncoder(int bitrateBps) {
      return sound.aacEncoder(bitrateBps);
    }

    @Override
    public AudioEncoder opusEncoder(int bitrateBps) {
      return sound.opusEncoder(bitrateBps);
    }

    @Override
    public Compositor compositor(Canvas canvas, Lettering lettering) {
      return sound.compositor(canvas, lettering);
    }

    @Override
    public PictureScaler scaler(int width, int height) {
      return sound.scaler(width, height);
    }
  }
}
