package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.VideoDecoder;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** A video decoder chosen by name, on one thread, that holds no picture back. */
final class AvVideoDecoder implements VideoDecoder {
  private static final int MAX_SIDE = 4_096;

  private final AVCodecContext context;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();

  /**
   * Opens the decoder.
   *
   * @param maxPixels larger pictures are refused before a byte is allocated for them
   */
  AvVideoDecoder(AVCodec codec, @Nullable ByteBuffer config, long maxPixels) {
    context = avcodec.avcodec_alloc_context3(codec);
    context.thread_count(1).max_pixels(maxPixels);
    context.flags(context.flags() | avcodec.AV_CODEC_FLAG_LOW_DELAY);
    if (config != null) {
      Packets.extradata(context, config);
    }
    AvErrors.check(
        avcodec.avcodec_open2(context, codec, (AVDictionary) null), "opening a video decoder");
  }

  @Override
  public Outcome decode(ByteBuffer coded, long timeTicks, Sink sink) {
    if (!coded.hasRemaining()) {
      return Outcome.BROKEN;
    }
    Packets.fill(packet, coded, timeTicks);
    int sent = avcodec.avcodec_send_packet(context, packet);
    avcodec.av_packet_unref(packet);
    Outcome outcome = sent < 0 ? Outcome.BROKEN : Outcome.DECODED;
    while (true) {
      int received = avcodec.avcodec_receive_frame(context, frame);
      if (received == AvErrors.AGAIN || received == avutil.AVERROR_EOF) {
        return outcome;
      }
      if (received < 0) {
        return Outcome.BROKEN;
      }
      if (!isPlanar420(frame.format()) || frame.width() > MAX_SIDE || frame.height() > MAX_SIDE) {
        avutil.av_frame_unref(frame);
        return Outcome.REFUSED;
      }
      if (frame.decode_error_flags() != 0) {
        outcome = Outcome.BROKEN;
      }
      long time = frame.pts();
      AVFrame own = avutil.av_frame_alloc();
      avutil.av_frame_move_ref(own, frame);
      sink.picture(new AvPicture(own), time);
    }
  }

  private static boolean isPlanar420(int format) {
    return format == avutil.AV_PIX_FMT_YUV420P || format == avutil.AV_PIX_FMT_YUVJ420P;
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
