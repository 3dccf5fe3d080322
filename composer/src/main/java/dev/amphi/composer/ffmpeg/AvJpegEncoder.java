package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.JpegEncoder;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.layout.Rect;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Scales whole pictures to one size and codes each by itself as JPEG. */
final class AvJpegEncoder implements JpegEncoder {
  /** From 1, the best, to 31: letters of a slide's title can be read, at some 6,000 bytes. */
  private static final int QUANTIZER = 5;

  private static final int FRAMES_PER_SECOND = 30;

  private final Scaler scaler;
  private final AVCodecContext context;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private long made;

  /**
   * @param codec FFmpeg's encoder named mjpeg
   * @param width pixels of what it makes, as {@code height}
   */
  AvJpegEncoder(AVCodec codec, int width, int height) {
    scaler = Scaler.fullRange(width, height);
    context = avcodec.avcodec_alloc_context3(codec);
    context.width(width).height(height).thread_count(1);
    context.pix_fmt(avutil.AV_PIX_FMT_YUVJ420P);
    context.color_range(avutil.AVCOL_RANGE_JPEG);
    context.time_base(avutil.av_make_q(1, FRAMES_PER_SECOND));
    context.sample_aspect_ratio(avutil.av_make_q(1, 1)); // So that it calls itself JFIF.
    context.flags(context.flags() | avcodec.AV_CODEC_FLAG_QSCALE | avcodec.AV_CODEC_FLAG_BITEXACT);
    context.global_quality(QUANTIZER * avutil.FF_QP2LAMBDA);
    AVDictionary options = new AVDictionary(null);
    int opened = avcodec.avcodec_open2(context, codec, options);
    avutil.av_dict_free(options);
    AvErrors.check(opened, "opening mjpeg for %d×%d".formatted(width, height));
  }

  @Override
  public void encode(Picture picture, Consumer<ByteBuffer> sink) {
    scaler.scale(picture, new Rect(0, 0, picture.width(), picture.height()));
    AVFrame frame = scaler.target().frame();
    frame.pts(made++).quality(context.global_quality());
    AvErrors.check(avcodec.avcodec_send_frame(context, frame), "coding a small picture");
    while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
      sink.accept(Packets.view(packet));
      avcodec.av_packet_unref(packet);
    }
  }

  @Override
  public void close() {
    scaler.close();
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
