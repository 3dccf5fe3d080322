package dev.amphi.server.load.composer;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.CompositionSpec.VideoRendition;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.AudioEncoder;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.layout.Rect;
import dev.amphi.server.load.source.SyntheticPicture;
import dev.amphi.server.load.source.SyntheticSpeech;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Makes the inputs: synthetic sources, coded once as browsers code them. */
final class BenchScenes {
  private static final int CAMERA_FPS = 30;

  /** What a browser repeats of a page that stands still, once it is sharp. */
  private static final int SHARE_FPS = 1;

  private static final int LOOP_SECONDS = 4;
  private static final int CAMERAS = 4;

  static final VideoRendition P720 = new VideoRendition("720p", 1280, 720, 2_500_000);
  static final VideoRendition P480 = new VideoRendition("480p", 854, 480, 1_200_000);
  static final VideoRendition P360 = new VideoRendition("360p", 640, 360, 700_000);

  private final FfmpegCodecs codecs = new FfmpegCodecs();
  private final Path folder;
  private final int seconds;
  private final List<BenchSource> cameras = new ArrayList<>();
  private final List<BenchSource> voices = new ArrayList<>();
  private final BenchSource share;

  BenchScenes(Path folder, int seconds) throws IOException {
    this.folder = folder;
    this.seconds = seconds;
    for (int i = 0; i < CAMERAS; i++) {
      MovingPicture picture = new MovingPicture(640, 360, LOOP_SECONDS * CAMERA_FPS, 7 + i);
      VideoEncoding encoding =
          new VideoEncoding(640, 360, CAMERA_FPS, LOOP_SECONDS * CAMERA_FPS, 800_000);
      SourceSpec.Kind kind = SourceSpec.Kind.CAMERA;
      cameras.add(
          video(source("camera" + i, i, kind, SourceSpec.Codec.VP8), encoding, picture::at));
      voices.add(voice(i));
    }
    Picture page = StillPage.draw(1920, 1080);
    VideoEncoding encoding =
        new VideoEncoding(1920, 1080, SHARE_FPS, seconds * SHARE_FPS, 1_500_000);
    SourceSpec.Kind kind = SourceSpec.Kind.SCREEN;
    share = video(source("share", 0, kind, SourceSpec.Codec.VP8), encoding, number -> page);
  }

  private static SourceSpec source(
      String id, int person, SourceSpec.Kind kind, SourceSpec.Codec codec) {
    String role = person == 0 ? "instructor" : "student";
    return new SourceSpec(id, "p" + person, "Person " + person, role, kind, codec);
  }

  private BenchSource video(SourceSpec spec, VideoEncoding encoding, LongFunction<Picture> pictures)
      throws IOException {
    int ticks = 90_000 / encoding.framesPerSecond();
    List<ByteBuffer> frames = new ArrayList<>();
    try (VideoEncoder encoder = codecs.vp8Encoder(encoding)) {
      for (long i = 0; i < encoding.keyFrameInterval(); i++) {
        encoder.encode(
            pictures.apply(i), i * ticks, i == 0, (coded, time, sync) -> frames.add(copy(coded)));
      }
    }
    CodedLoop loop = new CodedLoop(frames, ticks, 90_000);
    Path file = folder.resolve(spec.id() + ".ivf");
    IvfFile.write(file, loop, encoding.width(), encoding.height(), seconds);
    return new BenchSource(spec, loop, encoding.width(), encoding.height(), file);
  }

  private BenchSource voice(int person) throws IOException {
    List<ByteBuffer> frames = new ArrayList<>();
    int samples = 960;
    try (AudioEncoder encoder = codecs.opusEncoder(32_000)) {
      SyntheticSpeech speech = SyntheticSpeech.of(person);
      float[] block = new float[2 * samples];
      for (long i = 0; i < LOOP_SECONDS * 50L; i++) {
        speech.next(block);
        encoder.encode(block, i * samples, (coded, time, sync) -> frames.add(copy(coded)));
      }
    }
    CodedLoop loop = new CodedLoop(frames, samples, 48_000);
    Path file = folder.resolve("voice" + person + ".ogg");
    OggOpusFile.write(file, loop, seconds);
    SourceSpec spec =
        source("voice" + person, person, SourceSpec.Kind.MICROPHONE, SourceSpec.Codec.OPUS);
    return new BenchSource(spec, loop, 0, 0, file);
  }

  private static ByteBuffer copy(ByteBuffer coded) {
    return ByteBuffer.allocateDirect(coded.remaining()).put(coded).flip();
  }

  BenchScene of(ComposerPlan.Case wanted) throws IOException {
    return switch (wanted) {
      case MOTION -> cameras(wanted, List.of(P720));
      case LADDER -> cameras(wanted, List.of(P720, P480, P360));
      case SHARE ->
          new BenchScene(
              wanted,
              List.of(share, cameras.getFirst(), voices.getFirst()),
              "presentation_pip",
              List.of(new Rect(0, 0, 1280, 720), new Rect(1056, 588, 208, 116)),
              List.of(P720));
      case DELAY -> new BenchScene(wanted, clocked(), "grid", List.of(), asInANode());
      case ROOMS ->
          new BenchScene(
              wanted,
              List.of(cameras.getFirst(), voices.getFirst()),
              "presentation_pip",
              List.of(),
              asInANode());
      case TRANSITION -> cameras(wanted, List.of(P720));
    };
  }

  private static List<VideoRendition> asInANode() {
    return CompositionSpec.standard("", "").renditions();
  }

  /** Cameras with a {@link FrameClock} in their pictures, and their voices. */
  private List<BenchSource> clocked() throws IOException {
    List<BenchSource> sources = new ArrayList<>();
    VideoEncoding encoding =
        new VideoEncoding(640, 360, CAMERA_FPS, LOOP_SECONDS * CAMERA_FPS, 800_000);
    for (int i = 0; i < CAMERAS; i++) {
      int camera = i;
      SyntheticPicture picture = new SyntheticPicture(i, "Person " + i, 640, 360);
      SourceSpec spec = source("clock" + i, i, SourceSpec.Kind.CAMERA, SourceSpec.Codec.VP8);
      sources.add(
          video(
              spec, encoding, number -> picture.at(new FrameClock(camera, (int) number).millis())));
    }
    sources.addAll(voices);
    return sources;
  }

  /** The others put the four beside each other as they are, without scaling: the cheapest way. */
  private BenchScene cameras(ComposerPlan.Case wanted, List<VideoRendition> renditions) {
    List<BenchSource> sources = new ArrayList<>(cameras);
    sources.addAll(voices);
    List<Rect> places = new ArrayList<>();
    for (int i = 0; i < CAMERAS; i++) {
      places.add(new Rect(i % 2 * 640, i / 2 * 360, 640, 360));
    }
    return new BenchScene(wanted, sources, "grid", places, renditions);
  }
}
