package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.AvcBytes;
import dev.amphi.composer.codec.CodedSink;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** A video encoder on one thread, without B-frames or look-ahead; times in 1/90,000 s. */
final class AvVideoEncoder implements VideoEncoder {
  private static final int TICKS_PER_SECOND = 90_000;

  private final AVCodecContext context;
  private final boolean lengthPrefixed;
  private final boolean onlyAsked;
  private final int frameTicks;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AvPicture input;
  private final AVFrame alias = avutil.av_frame_alloc();
  private final ByteBuffer config;
  private final @Nullable ChangeHint hint;
  private ByteBuffer units = ByteBuffer.allocateDirect(64 * 1024);
  private boolean asked;

  AvVideoEncoder(AVCodec codec, VideoCoding coding, VideoEncoding encoding) {
    lengthPrefixed = coding.lengthPrefixed();
    onlyAsked = coding.onlyAsked();
    frameTicks = TICKS_PER_SECOND / encoding.framesPerSecond();
    context = avcodec.avcodec_alloc_context3(codec);
    configure(context, encoding);
    if (onlyAsked) {
      context.gop_size(0);
    }
    if (lengthPrefixed) {
      context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    AVDictionary options = new AVDictionary(null);
    coding.options().forEach((key, value) -> avutil.av_dict_set(options, key, value, 0));
    hint = coding.encoder().equals("libx264") ? new ChangeHint() : null;
    if (hint != null) {
      avutil.av_dict_set(options, "mb_info", "1", 0);
    }
    int opened = avcodec.avcodec_open2(context, codec, options);
    avutil.av_dict_free(options);
    AvErrors.check(opened, "opening " + coding.encoder() + " for " + encoding);
    // Where its planes are is not to be remembered: it moves when an encoder keeps it.
    input = new AvPicture(AvPicture.allocate(encoding.width(), encoding.height()).frame());
    config =
        lengthPrefixed
            ? AvcBytes.decoderConfig(Packets.extradata(context))
            : ByteBuffer.allocate(0);
  }

  private static void configure(AVCodecContext context, VideoEncoding encoding) {
    context.width(encoding.width()).height(encoding.height());
    context.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    context.time_base(avutil.av_make_q(1, TICKS_PER_SECOND));
    context.framerate(avutil.av_make_q(encoding.framesPerSecond(), 1));
    context.sample_aspect_ratio(avutil.av_make_q(1, 1));
    context.bit_rate(encoding.bitrateBps());
    context.rc_max_rate(encoding.bitrateBps() * 5L / 4);
    context.rc_buffer_size(encoding.bitrateBps());
    context.gop_size(encoding.keyFrameInterval()).keyint_min(encoding.keyFrameInterval());
    context.max_b_frames(0).thread_count(1);
    context.color_range(avutil.AVCOL_RANGE_MPEG).colorspace(avutil.AVCOL_SPC_SMPTE170M);
    context.color_primaries(avutil.AVCOL_PRI_SMPTE170M).color_trc(avutil.AVCOL_TRC_SMPTE170M);
  }

  @Override
  public ByteBuffer config() {
    return config.asReadOnlyBuffer();
  }

  @Override
  public void encode(Picture picture, long timeTicks, boolean keyFrame, CodedSink sink) {
    AVFrame frame = asFrame(picture);
    frame.pts(timeTicks).duration(frameTicks);
    frame.pict_type(keyFrame ? avutil.AV_PICTURE_TYPE_I : avutil.AV_PICTURE_TYPE_NONE);
    asked = keyFrame;
    AvErrors.check(avcodec.avcodec_send_frame(context, frame), "encoding a picture");
    drain(sink);
    avutil.av_frame_unref(alias);
  }

  /** Pictures that FFmpeg holds already are encoded where they are, others are copied first. */
  private AVFrame asFrame(Picture picture) {
    if (picture.width() != input.width() || picture.height() != input.height()) {
      throw new IllegalArgumentException(
          "The encoder takes pictures of %d×%d, this one is %d×%d"
              .formatted(input.width(), input.height(), picture.width(), picture.height()));
    }
    if (picture instanceof AvPicture own) {
      AvErrors.check(avutil.av_frame_ref(alias, own.frame()), "sharing a picture");
      if (hint != null) {
        hint.next(own, alias);
      }
      return alias; // another encoder may mark the same picture in its own way
    }
    if (hint != null) {
      hint.lost();
    }
    AvErrors.check(avutil.av_frame_make_writable(input.frame()), "allocating a picture");
    input.copyFrom(picture);
    return input.frame();
  }

  @Override
  public void finish(CodedSink sink) {
    avcodec.avcodec_send_frame(context, (@Nullable AVFrame) null);
    drain(sink);
  }

  private void drain(CodedSink sink) {
    while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
      boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
      boolean sync = key && (asked || !onlyAsked);
      ByteBuffer coded = Packets.view(packet);
      sink.coded(lengthPrefixed ? prefixed(coded) : coded, packet.pts(), sync);
      avcodec.av_packet_unref(packet);
    }
  }

  private ByteBuffer prefixed(ByteBuffer coded) {
    int worst = coded.remaining() * 2 + 64; // three-byte start codes become four-byte lengths
    if (units.capacity() < worst) {
      units = ByteBuffer.allocateDirect(worst);
    }
    units.clear();
    AvcBytes.lengthPrefixed(coded, units);
    return units.flip();
  }

  @Override
  public void close() {
    input.close();
    avutil.av_frame_free(alias);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
