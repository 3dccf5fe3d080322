package dev.amphi.composer.ffmpeg;

import java.nio.ByteBuffer;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * Coded pictures and sound as an MPEG transport stream (ISO 13818-1) over SRT. Only what this
 * project coded itself is ever handed to libavformat here, and nothing is read from the network but
 * SRT's own control packets.
 */
public final class SrtStream implements AutoCloseable {
  /** How far a receiver's clock is behind what it gets, in microseconds; half of it. */
  private static final int MUX_DELAY_MICROS = 100_000;

  private static final int SAMPLE_RATE = 48_000;
  private static final int CHANNELS = 2;
  private static final int FRAME_SAMPLES = 1_024;

  /** Transport streams begin late enough that no time in them is negative. */
  private static final long FIRST_TICKS = 90_000;

  private final AVFormatContext context = new AVFormatContext(null);
  private final AVIOContext io = new AVIOContext(null);
  private final AVPacket packet = avcodec.av_packet_alloc();
  private long zeroNanos = Long.MIN_VALUE;

  /**
   * What will be sent.
   *
   * @param avcConfig the avcC box's content
   * @param aacConfig the AudioSpecificConfig of 48 kHz stereo
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Format(int width, int height, byte[] avcConfig, byte[] aacConfig) {}

  private SrtStream() {}

  /**
   * Calls; returns when the platform has taken the call.
   *
   * @param url {@code srt://ADDRESS:PORT}
   * @param options of FFmpeg's protocol {@code srt}
   * @throws IllegalStateException when nobody takes it
   */
  public static SrtStream open(String url, Map<String, String> options, Format format) {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    avformat.avformat_network_init();
    SrtStream stream = new SrtStream();
    stream.describe(format);
    AVDictionary dictionary = new AVDictionary(null);
    options.forEach((name, value) -> avutil.av_dict_set(dictionary, name, value, 0));
    AvErrors.check(
        avformat.avio_open2(
            stream.io, url, avformat.AVIO_FLAG_WRITE, (AVIOInterruptCB) null, dictionary),
        "calling");
    avutil.av_dict_free(dictionary);
    stream.context.pb(stream.io);
    AvErrors.check(
        avformat.avformat_write_header(stream.context, (AVDictionary) null), "beginning");
    return stream;
  }

  private void describe(Format format) {
    AvErrors.check(
        avformat.avformat_alloc_output_context2(context, null, "mpegts", (String) null),
        "making a transport stream");
    context.max_delay(MUX_DELAY_MICROS);
    AVCodecParameters picture = track(format.avcConfig());
    picture.codec_type(avutil.AVMEDIA_TYPE_VIDEO).codec_id(avcodec.AV_CODEC_ID_H264);
    picture.width(format.width()).height(format.height()).format(avutil.AV_PIX_FMT_YUV420P);
    AVCodecParameters sound = track(format.aacConfig());
    sound.codec_type(avutil.AVMEDIA_TYPE_AUDIO).codec_id(avcodec.AV_CODEC_ID_AAC);
    sound.sample_rate(SAMPLE_RATE).frame_size(FRAME_SAMPLES);
    avutil.av_channel_layout_default(sound.ch_layout(), CHANNELS);
  }

  private AVCodecParameters track(byte[] config) {
    AVStream stream = avformat.avformat_new_stream(context, null);
    AVCodecParameters parameters = stream.codecpar();
    BytePointer extra =
        new BytePointer(
            avutil.av_mallocz((long) config.length + avcodec.AV_INPUT_BUFFER_PADDING_SIZE));
    extra.capacity(config.length).put(config);
    return parameters.extradata(extra).extradata_size(config.length);
  }

  /**
   * Sends a sample.
   *
   * @throws IllegalStateException when the platform is gone
   */
  public void write(boolean video, boolean sync, long timeNanos, ByteBuffer payload) {
    if (zeroNanos == Long.MIN_VALUE) {
      zeroNanos = timeNanos;
    }
    int length = payload.remaining();
    AvErrors.check(avcodec.av_new_packet(packet, length), "allocating a packet");
    byte[] bytes = new byte[length];
    payload.get(bytes);
    packet.data().capacity(length).put(bytes);
    long ticks = FIRST_TICKS + (timeNanos - zeroNanos) * 9 / 100_000;
    packet.pts(ticks).dts(ticks).stream_index(video ? 0 : 1);
    packet.flags(sync || !video ? avcodec.AV_PKT_FLAG_KEY : 0);
    int code = avformat.av_write_frame(context, packet);
    avcodec.av_packet_unref(packet);
    AvErrors.check(code, "sending");
  }

  /** Sends what is left and hangs up. */
  @Override
  public void close() {
    avformat.av_write_trailer(context);
    avformat.avio_close(io);
    avformat.avformat_free_context(context);
    avcodec.av_packet_free(packet);
  }
}
