package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.codec.AudioEncoder;
import dev.amphi.composer.codec.CodecMissing;
import dev.amphi.composer.codec.EncoderChoice;
import dev.amphi.composer.codec.JpegEncoder;
import dev.amphi.composer.codec.PictureScaler;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.composition.ProgramCodecs;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.scene.Compositor;
import dev.amphi.composer.scene.Lettering;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Makes encoders and decoders on FFmpeg, each chosen by name. The first use loads the native
 * libraries into this process: never do that in a node that serves rooms.
 */
public final class FfmpegCodecs implements ProgramCodecs {
  /** Pictures with more pixels than this are refused before they are decoded. */
  public static final long MAX_PIXELS = 4_096L * 2_304;

  private final EncoderChoice choice;
  private final Predicate<String> allowed;

  /** Uses every codec that the build has. */
  public FfmpegCodecs() {
    this(name -> true);
  }

  /** Leaves out codecs whose names are not allowed, as if the build lacked them. */
  public FfmpegCodecs(Predicate<String> allowed) {
    this(EncoderChoice.AUTO, allowed);
  }

  private FfmpegCodecs(EncoderChoice choice, Predicate<String> allowed) {
    this.choice = choice;
    this.allowed = allowed;
    avutil.av_log_set_level(avutil.AV_LOG_FATAL); // a participant's bytes must not fill the log
  }

  /**
   * Loads the libraries and looks for everything that a program needs, with the encoder that this
   * process was told to take.
   *
   * @throws CodecMissing naming the first that is not there
   */
  public static FfmpegCodecs complete() {
    try {
      FfmpegCodecs codecs = new FfmpegCodecs(EncoderChoice.ofThisProcess(), name -> true);
      codecs.decoder("vp8");
      codecs.decoder("h264");
      codecs.decoder("libvpx-vp9");
      codecs.decoder("libaom-av1");
      codecs.decoder("libopus");
      codecs.programEncoder();
      codecs.encoder(List.of("aac"));
      codecs.encoder(List.of("libopus"));
      return codecs;
    } catch (LinkageError e) {
      throw new CodecMissing(
          "FFmpeg's native libraries cannot be loaded ("
              + e.getMessage()
              + "): put org.bytedeco:ffmpeg and javacpp for this platform on the class path.");
    }
  }

  @Override
  public VideoDecoder videoDecoder(SourceSpec.Codec codec) {
    return switch (codec) {
      case VP8 -> vp8Decoder();
      case H264 -> h264Decoder();
      case VP9 -> vp9Decoder();
      case AV1 -> av1Decoder();
      case OPUS -> throw new IllegalArgumentException("Opus is no video codec");
      case STILL -> throw new IllegalArgumentException("A still picture is not coded");
    };
  }

  /** Decodes VP8. */
  public VideoDecoder vp8Decoder() {
    return new AvVideoDecoder(decoder("vp8"), null, MAX_PIXELS);
  }

  /** Decodes VP9, with the frames of all spatial layers of a picture in one. */
  public VideoDecoder vp9Decoder() {
    return new AvVideoDecoder(decoder("libvpx-vp9"), null, MAX_PIXELS);
  }

  /** Decodes AV1 temporal units whose OBUs say their sizes; shows the largest spatial layer. */
  public VideoDecoder av1Decoder() {
    return new AvVideoDecoder(decoder("libaom-av1"), null, MAX_PIXELS);
  }

  /** Decodes H.264 access units in Annex B form, parameter sets in band. */
  public VideoDecoder h264Decoder() {
    return new AvVideoDecoder(decoder("h264"), null, MAX_PIXELS);
  }

  /**
   * Decodes H.264 samples with four-byte lengths.
   *
   * @param avcConfig the avcC box's content
   */
  public VideoDecoder h264Decoder(ByteBuffer avcConfig) {
    return new AvVideoDecoder(decoder("h264"), avcConfig, MAX_PIXELS);
  }

  /** Decodes Opus packets. */
  @Override
  public AudioDecoder opusDecoder() {
    AvAudioDecoder careful = new AvAudioDecoder(decoder("libopus"), null);
    AVCodec own = find("opus", avcodec.avcodec_find_decoder_by_name("opus"));
    return own == null ? careful : new OpusDecoder(new AvAudioDecoder(own, null), careful);
  }

  /** Decodes raw AAC frames described by an AudioSpecificConfig. */
  public AudioDecoder aacDecoder(ByteBuffer audioSpecificConfig) {
    return new AvAudioDecoder(decoder("aac"), audioSpecificConfig);
  }

  /**
   * Encodes the program's picture: constrained baseline, samples with four-byte lengths, avcC
   * apart.
   */
  @Override
  public VideoEncoder h264Encoder(VideoEncoding encoding) {
    return program(VideoCoding.programX264(encoding), encoding);
  }

  @Override
  public VideoEncoder quickH264Encoder(VideoEncoding encoding) {
    return program(VideoCoding.quickX264(encoding), encoding);
  }

  private VideoEncoder program(VideoCoding x264, VideoEncoding encoding) {
    String name = programEncoder();
    VideoCoding coding = name.equals(x264.encoder()) ? x264 : VideoCoding.openH264(true);
    return new AvVideoEncoder(encoder(List.of(name)), coding, encoding);
  }

  /** FFmpeg's name of the encoder that codes the program's picture. */
  public String programEncoder() {
    return encoder(choice.encoders()).name().getString();
  }

  /** Encodes H.264 as a browser sends it: Annex B, constrained baseline, parameter sets in band. */
  public VideoEncoder h264StageEncoder(VideoEncoding encoding) {
    return video(List.of(VideoCoding.stageX264(encoding), VideoCoding.openH264(false)), encoding);
  }

  /** Encodes VP8 as a browser sends it. */
  public VideoEncoder vp8Encoder(VideoEncoding encoding) {
    return video(List.of(VideoCoding.stageVp8()), encoding);
  }

  /** Encodes VP9 as a browser sends it. */
  public VideoEncoder vp9Encoder(VideoEncoding encoding) {
    return video(List.of(VideoCoding.stageVp9()), encoding);
  }

  /** Encodes AV1 as a browser sends it. */
  public VideoEncoder av1Encoder(VideoEncoding encoding) {
    return video(List.of(VideoCoding.stageAv1()), encoding);
  }

  /** Encodes AAC-LC in frames of 1,024 samples. */
  @Override
  public AudioEncoder aacEncoder(int bitrateBps) {
    AVCodec codec = encoder(List.of("aac"));
    return new AvAudioEncoder(codec, bitrateBps, true, true, new AVDictionary(null));
  }

  /** Encodes Opus in packets of 20 ms, 960 samples. */
  @Override
  public AudioEncoder opusEncoder(int bitrateBps) {
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "frame_duration", "20", 0);
    return new AvAudioEncoder(encoder(List.of("libopus")), bitrateBps, false, false, options);
  }

  /** Draws scenes. */
  @Override
  public Compositor compositor(Canvas canvas, Lettering lettering) {
    return new AvCompositor(canvas, lettering);
  }

  /** Makes smaller copies of whole pictures. */
  @Override
  public PictureScaler scaler(int width, int height) {
    return new WholeScaler(width, height);
  }

  /** Small pictures are no must: a build without the encoder makes none. */
  @Override
  public Optional<JpegEncoder> jpegEncoder(int width, int height) {
    AVCodec codec = find("mjpeg", avcodec.avcodec_find_encoder_by_name("mjpeg"));
    return Optional.ofNullable(codec).map(found -> new AvJpegEncoder(found, width, height));
  }

  private VideoEncoder video(List<VideoCoding> codings, VideoEncoding encoding) {
    AVCodec codec = encoder(codings.stream().map(VideoCoding::encoder).toList());
    String name = codec.name().getString();
    VideoCoding chosen =
        codings.stream().filter(coding -> coding.encoder().equals(name)).findFirst().orElseThrow();
    return new AvVideoEncoder(codec, chosen, encoding);
  }

  private AVCodec encoder(List<String> names) {
    for (String name : names) {
      AVCodec codec = find(name, avcodec.avcodec_find_encoder_by_name(name));
      if (codec != null) {
        return codec;
      }
    }
    throw new CodecMissing(
        "This build of FFmpeg has no encoder named "
            + String.join(" or ", names)
            + ": put org.bytedeco:ffmpeg with the classifier linux-x86_64-gpl on the class path.");
  }

  private AVCodec decoder(String name) {
    AVCodec codec = find(name, avcodec.avcodec_find_decoder_by_name(name));
    if (codec == null) {
      throw new CodecMissing(
          "This build of FFmpeg has no decoder named "
              + name
              + ": put org.bytedeco:ffmpeg with the classifier linux-x86_64-gpl on the class path.");
    }
    return codec;
  }

  private @Nullable AVCodec find(String name, @Nullable AVCodec codec) {
    return codec != null && !codec.isNull() && allowed.test(name) ? codec : null;
  }
}
