package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.AudioEncoder;
import dev.amphi.composer.codec.CodedSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** An audio encoder for 48 kHz stereo. */
final class AvAudioEncoder implements AudioEncoder {
  private static final int RATE = 48_000;

  private final AVCodecContext context;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private final boolean planar;
  private final boolean dropsPriming;
  private final ByteBuffer config;
  private final float[] channelSamples;
  private long firstTicks = Long.MIN_VALUE;

  /**
   * Opens the encoder.
   *
   * @param planar whether it takes one plane per channel
   * @param dropsPriming whether packets before the first given time are left out; otherwise each
   *     packet has the time of the frame that it was made from
   */
  AvAudioEncoder(
      AVCodec codec, int bitrateBps, boolean planar, boolean dropsPriming, AVDictionary options) {
    this.planar = planar;
    this.dropsPriming = dropsPriming;
    int format = planar ? avutil.AV_SAMPLE_FMT_FLTP : avutil.AV_SAMPLE_FMT_FLT;
    context = avcodec.avcodec_alloc_context3(codec);
    context.sample_rate(RATE).sample_fmt(format).bit_rate(bitrateBps);
    context.time_base(avutil.av_make_q(1, RATE));
    context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    avutil.av_channel_layout_default(context.ch_layout(), 2);
    int opened = avcodec.avcodec_open2(context, codec, options);
    avutil.av_dict_free(options);
    AvErrors.check(opened, "opening an audio encoder at " + bitrateBps + " bit/s");
    config = Packets.extradata(context);
    channelSamples = new float[context.frame_size()];
    frame.format(format).sample_rate(RATE).nb_samples(context.frame_size());
    avutil.av_channel_layout_default(frame.ch_layout(), 2);
    AvErrors.check(avutil.av_frame_get_buffer(frame, 0), "allocating a sound frame");
  }

  @Override
  public ByteBuffer config() {
    return config.asReadOnlyBuffer();
  }

  @Override
  public int frameSamples() {
    return context.frame_size();
  }

  @Override
  public void encode(float[] interleaved, long timeTicks, CodedSink sink) {
    if (firstTicks == Long.MIN_VALUE) {
      firstTicks = timeTicks;
    }
    AvErrors.check(avutil.av_frame_make_writable(frame), "allocating a sound frame");
    if (planar) {
      deinterleave(interleaved);
    } else {
      plane(0, 2 * frameSamples()).put(interleaved, 0, 2 * frameSamples());
    }
    frame.pts(timeTicks);
    AvErrors.check(avcodec.avcodec_send_frame(context, frame), "encoding sound");
    drain(sink);
  }

  private void deinterleave(float[] interleaved) {
    int samples = frameSamples();
    for (int channel = 0; channel < 2; channel++) { // at once, single ones of a buffer are slow
      for (int i = 0; i < samples; i++) {
        channelSamples[i] = interleaved[2 * i + channel];
      }
      plane(channel, samples).put(channelSamples);
    }
  }

  private FloatBuffer plane(int index, int floats) {
    return frame
        .data(index)
        .capacity(floats * 4L)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public void finish(CodedSink sink) {
    avcodec.avcodec_send_frame(context, (@Nullable AVFrame) null);
    drain(sink);
  }

  private void drain(CodedSink sink) {
    while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
      long time = dropsPriming ? packet.pts() : packet.pts() + context.initial_padding();
      if (time >= firstTicks) {
        sink.coded(Packets.view(packet), time, true);
      }
      avcodec.av_packet_unref(packet);
    }
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
