package dev.amphi.server.load.composer;

import dev.amphi.composer.api.CompositionSpec.VideoRendition;
import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.codec.AudioEncoder;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.lettering.Java2dLettering;
import dev.amphi.composer.scene.Compositor;
import dev.amphi.composer.scene.Director;
import dev.amphi.composer.scene.Scene;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What cannot be saved: decoding a scene's sources, and coding its canvas and its sound, with the
 * composer's own libraries and settings, one after the other on one thread of this process, from
 * memory to nowhere, as fast as it goes. Nothing is drawn, scaled, mixed, moved or waited for.
 */
final class Floor implements AutoCloseable {
  private static final int LOOP = 120;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final FfmpegCodecs codecs = new FfmpegCodecs();
  private final BenchScene scene;
  private final List<Picture> canvases = new ArrayList<>();

  /** Draws the canvases beforehand. */
  Floor(BenchScene scene) {
    this.scene = scene;
    Canvas size = new Canvas(scene.best().width(), scene.best().height());
    Director director = new Director(size, "Bench");
    director.layout(scene.layout(), "");
    scene.sources().forEach(source -> director.put(source.spec()));
    Map<String, VideoDecoder> decoders = new HashMap<>();
    Map<String, Picture> newest = new HashMap<>();
    try (Compositor compositor = codecs.compositor(size, new Java2dLettering())) {
      for (int i = 0; i < LOOP; i++) {
        for (BenchSource source : scene.videos()) {
          int every = source.loop().frameTicks() * BenchScene.FRAMES_PER_SECOND / 90_000;
          if (i % every == 0) {
            String id = source.spec().id();
            decoders
                .computeIfAbsent(id, key -> codecs.vp8Decoder())
                .decode(
                    source.loop().frame(i / every), i, (picture, time) -> newest.put(id, picture));
          }
        }
        Scene now = director.scene(i * 33_333_333L, newest::containsKey);
        canvases.add(compositor.draw(now, newest::get));
      }
    }
    decoders.values().forEach(VideoDecoder::close);
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
    float[] sound = new float[2 * 5_760];
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
      float[] block = new float[2 * encoder.frameSamples()];
      for (int i = 0; i < block.length; i++) {
        block[i] = (float) (0.2 * Math.sin(i * 0.05) + 0.05 * Math.sin(i * i * 0.001));
      }
      for (long i = 0; i * encoder.frameSamples() < seconds * 48_000L; i++) {
        encoder.encode(block, i * encoder.frameSamples(), (coded, time, sync) -> {});
      }
    }
    return (THREADS.getCurrentThreadCpuTime() - before) / 1e9 / seconds;
  }

  @Override
  public void close() {
    canvases.forEach(Picture::close);
  }
}
