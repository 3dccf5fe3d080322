package dev.amphi.server.load.composer;

import dev.amphi.composer.api.CompositionSpec.VideoRendition;
import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.codec.AudioEncoder;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PictureScaler;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.layout.Rect;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * What cannot be saved: decoding a scene's sources, and coding its canvas and its sound, with the
 * composer's own libraries and settings, one after the other on one thread of this process, from
 * memory to nowhere, as fast as it goes. Nothing is drawn, scaled, mixed, moved or waited for while
 * it is measured.
 */
final class Floor implements AutoCloseable {
  private static final int LOOP = 120;
  private static final int SOUND_SAMPLES = 4 * 48_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final FfmpegCodecs codecs = new FfmpegCodecs();
  private final BenchScene scene;
  private final List<Picture> canvases = new ArrayList<>();
  private final float[] mix = new float[2 * SOUND_SAMPLES];

  /** Puts the canvases and the sound together beforehand. */
  Floor(BenchScene scene) {
    this.scene = scene;
    for (int i = 0; i < LOOP; i++) {
      canvases.add(new PlanarPicture(scene.best().width(), scene.best().height()));
    }
    for (int i = 0; i < scene.places().size(); i++) {
      draw(scene.videos().get(i), scene.places().get(i));
    }
    scene.sounds().forEach(this::mix);
  }

  /** Adds a voice: what AAC takes depends on what is heard. */
  private void mix(BenchSource source) {
    float[] block = new float[2 * AudioDecoder.MAX_SAMPLES];
    try (AudioDecoder decoder = codecs.opusDecoder()) {
      int at = 0;
      for (int i = 0; i < source.loop().frames().size(); i++) {
        int samples = decoder.decode(source.loop().frame(i), block);
        for (int from = 0; from < 2 * samples && at < mix.length; from++) {
          mix[at++] += block[from];
        }
      }
    }
  }

  private void draw(BenchSource source, Rect place) {
    int every = source.loop().frameTicks() * BenchScene.FRAMES_PER_SECOND / 90_000;
    try (VideoDecoder decoder = codecs.videoDecoder(source.spec().codec());
        PictureScaler scaler = codecs.scaler(place.width(), place.height())) {
      for (int i = 0; i < LOOP; i += every) {
        int first = i;
        decoder.decode(
            source.loop().frame(i / every),
            i,
            (picture, time) -> {
              try (picture) {
                Picture sized = source.width() == place.width() ? picture : scaler.scale(picture);
                for (int to = first; to < Math.min(LOOP, first + every); to++) {
                  copy(sized, canvases.get(to), place);
                }
              }
            });
      }
    }
  }

  private static void copy(Picture from, Picture to, Rect place) {
    for (int plane = 0; plane < 3; plane++) {
      int shift = plane == 0 ? 0 : 1;
      for (int row = 0; row < place.height() >> shift; row++) {
        to.plane(plane)
            .put(
                ((place.y() >> shift) + row) * to.stride(plane) + (place.x() >> shift),
                from.plane(plane),
                row * from.stride(plane),
                place.width() >> shift);
      }
    }
  }

  /** CPU-seconds per second of program. */
  record Cost(double decode, double encode) {
    double both() {
      return decode + encode;
    }
  }

  Cost measure(int seconds) {
    return new Cost(decode(seconds), encode(seconds));
  }

  private double decode(int seconds) {
    float[] sound = new float[2 * AudioDecoder.MAX_SAMPLES];
    long cpuNanos = 0;
    for (BenchSource source : scene.sources()) {
      long count = source.loop().count(seconds);
      long before = THREADS.getCurrentThreadCpuTime();
      if (source.video()) {
        try (VideoDecoder decoder = codecs.videoDecoder(source.spec().codec())) {
          for (long i = 0; i < count; i++) {
            decoder.decode(source.loop().frame(i), i, (picture, time) -> picture.close());
          }
        }
      } else {
        try (AudioDecoder decoder = codecs.opusDecoder()) {
          for (long i = 0; i < count; i++) {
            decoder.decode(source.loop().frame(i), sound);
          }
        }
      }
      cpuNanos += THREADS.getCurrentThreadCpuTime() - before;
    }
    return cpuNanos / 1e9 / seconds;
  }

  private double encode(int seconds) {
    long before = THREADS.getCurrentThreadCpuTime();
    VideoRendition best = scene.best();
    VideoEncoding encoding =
        new VideoEncoding(
            best.width(),
            best.height(),
            BenchScene.FRAMES_PER_SECOND,
            BenchScene.FRAMES_PER_SEGMENT,
            best.bitrateBps());
    try (VideoEncoder encoder = codecs.h264Encoder(encoding)) {
      for (int i = 0; i < seconds * BenchScene.FRAMES_PER_SECOND; i++) {
        boolean key = i % BenchScene.FRAMES_PER_SEGMENT == 0;
        encoder.encode(canvases.get(i % LOOP), i * 3_000L, key, (coded, time, sync) -> {});
      }
    }
    try (AudioEncoder encoder = codecs.aacEncoder(BenchScene.AUDIO_BPS)) {
      int samples = encoder.frameSamples();
      float[] block = new float[2 * samples];
      int frames = SOUND_SAMPLES / samples;
      for (int i = 0; (long) i * samples < seconds * 48_000L; i++) {
        System.arraycopy(mix, 2 * samples * (i % frames), block, 0, block.length);
        encoder.encode(block, (long) i * samples, (coded, time, sync) -> {});
      }
    }
    return (THREADS.getCurrentThreadCpuTime() - before) / 1e9 / seconds;
  }

  @Override
  public void close() {
    canvases.forEach(Picture::close);
  }
}
