package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.AudioDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** An audio decoder chosen by name, giving 48 kHz stereo. */
final class AvAudioDecoder implements AudioDecoder {
  private static final int RATE = 48_000;

  private final AVCodecContext context;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private final boolean opus;
  private final float[] left = new float[2 * MAX_SAMPLES];
  private final float[] right = new float[MAX_SAMPLES];
  private int configuration = -1;

  AvAudioDecoder(AVCodec codec, @Nullable ByteBuffer config) {
    opus = codec.id() == avcodec.AV_CODEC_ID_OPUS;
    context = avcodec.avcodec_alloc_context3(codec);
    context.thread_count(1).sample_rate(RATE).request_sample_fmt(avutil.AV_SAMPLE_FMT_FLT);
    avutil.av_channel_layout_default(context.ch_layout(), 2);
    if (config != null) {
      Packets.extradata(context, config);
    }
    AvErrors.check(
        avcodec.avcodec_open2(context, codec, (AVDictionary) null), "opening an audio decoder");
  }

  @Override
  public int decode(ByteBuffer coded, float[] out) {
    if (!coded.hasRemaining()) {
      return -1;
    }
    int samples = decoded(coded, out);
    if (opus && samples > 0) {
      configuration = coded.get(coded.position()) & 0xfc;
    }
    return samples;
  }

  /**
   * FFmpeg has no way to ask libopus for its concealment, but Opus has: a packet of its first byte
   * alone holds a frame of no bytes, which is to be treated as lost (RFC 6716 §3.2.1, §3.4).
   */
  @Override
  public int conceal(float[] out, int most) {
    if (configuration < 0 || frameSamples(configuration >> 3) > most) {
      return 0;
    }
    return Math.max(0, decoded(ByteBuffer.allocate(1).put(0, (byte) configuration), out));
  }

  /** How long the frames of an Opus configuration are (RFC 6716 table 2). */
  private static int frameSamples(int config) {
    if (config >= 16) {
      return 120 << (config & 3);
    }
    if (config >= 12) {
      return 480 << (config & 1);
    }
    return (config & 3) == 3 ? 2_880 : 480 << (config & 3);
  }

  /** Forgets what it has decoded. */
  void flush() {
    avcodec.avcodec_flush_buffers(context);
    configuration = -1;
  }

  private int decoded(ByteBuffer coded, float[] out) {
    Packets.fill(packet, coded, avutil.AV_NOPTS_VALUE);
    int sent = avcodec.avcodec_send_packet(context, packet);
    avcodec.av_packet_unref(packet);
    int samples = 0;
    while (avcodec.avcodec_receive_frame(context, frame) >= 0) {
      samples += copy(out, samples);
      avutil.av_frame_unref(frame);
    }
    return sent < 0 ? -1 : samples;
  }

  /** Appends the frame's samples as interleaved stereo; what would not fit is left out. */
  private int copy(float[] out, int at) {
    int channels = frame.ch_layout().nb_channels();
    int samples = Math.min(frame.nb_samples(), out.length / 2 - at);
    if (frame.sample_rate() != RATE || channels < 1 || channels > 2 || samples <= 0) {
      return 0;
    }
    switch (frame.format()) {
      case avutil.AV_SAMPLE_FMT_FLT -> {
        take(0, samples * channels, left);
        interleave(left, left, channels, channels - 1, samples, out, at);
      }
      case avutil.AV_SAMPLE_FMT_FLTP -> {
        take(0, samples, left);
        take(channels - 1, samples, right);
        interleave(left, right, 1, 0, samples, out, at);
      }
      case avutil.AV_SAMPLE_FMT_S16 -> {
        ShortBuffer in = plane(0, samples * channels * 2).asShortBuffer();
        for (int i = 0; i < samples; i++) {
          out[2 * (at + i)] = in.get(i * channels) / 32_768f;
          out[2 * (at + i) + 1] = in.get(i * channels + channels - 1) / 32_768f;
        }
      }
      default -> {
        return 0;
      }
    }
    return samples;
  }

  /** Copies floats of a plane at once, since single ones of a buffer are slow. */
  private void take(int index, int floats, float[] into) {
    plane(index, floats * 4).asFloatBuffer().get(into, 0, floats);
  }

  private static void interleave(
      float[] left, float[] right, int step, int rightOffset, int samples, float[] out, int at) {
    for (int i = 0; i < samples; i++) {
      out[2 * (at + i)] = left[i * step];
      out[2 * (at + i) + 1] = right[i * step + rightOffset];
    }
  }

  private ByteBuffer plane(int index, int bytes) {
    return frame.data(index).capacity(bytes).asByteBuffer().order(ByteOrder.nativeOrder());
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
