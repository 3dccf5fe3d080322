package dev.amphi.server.load;

import dev.amphi.composer.codec.AudioEncoder;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.server.load.source.SyntheticPicture;
import dev.amphi.server.load.source.SyntheticSpeech;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * One camera and microphone: draws, speaks and codes at the pace of a monotonic clock on a thread
 * of its own, for everybody who shares it.
 */
final class MediaSource implements AutoCloseable {
  /** Takes coded frames, on the source's thread; buffers are valid during the call only. */
  interface Sink {
    void video(ByteBuffer frame, long timeTicks, boolean keyFrame);

    void audio(ByteBuffer packet, long timeTicks);
  }

  /** What a source reads time from: nanoseconds of a monotonic clock, milliseconds since 1970. */
  record Clocks(LongSupplier nanoTime, LongSupplier wallMillis) {
    static final Clocks SYSTEM = new Clocks(System::nanoTime, System::currentTimeMillis);
  }

  private static final long AUDIO_NANOS = 20_000_000;
  private static final int AUDIO_SAMPLES = 960;

  /** A source that is this late skips instead of sending a burst. */
  private static final long TOO_LATE_NANOS = 250_000_000;

  private final Clocks clocks;
  private final SyntheticPicture picture;
  private final SyntheticSpeech speech;
  private final VideoEncoder videoEncoder;
  private final AudioEncoder audioEncoder;
  private final long frameNanos;
  private final float[] sound = new float[2 * AUDIO_SAMPLES];
  private final List<Sink> sinks = new CopyOnWriteArrayList<>();
  private final AtomicBoolean keyFrameWanted = new AtomicBoolean();
  private final LongAdder skipped = new LongAdder();
  private final Thread thread;
  private volatile boolean closed;

  private MediaSource(SourceSpec spec, FfmpegCodecs codecs, Clocks clocks) {
    this.clocks = clocks;
    picture = new SyntheticPicture(spec.index(), spec.name(), spec.width(), spec.height());
    speech = SyntheticSpeech.of(spec.index());
    videoEncoder =
        spec.codec() == TrackView.Codec.H264
            ? codecs.h264StageEncoder(spec.encoding())
            : codecs.vp8Encoder(spec.encoding());
    audioEncoder = codecs.opusEncoder(SourceSpec.AUDIO_BITRATE_BPS);
    frameNanos = 1_000_000_000L / spec.framesPerSecond();
    thread = Thread.ofPlatform().daemon().name("source-" + spec.index()).unstarted(this::run);
  }

  /** Starts a source; nothing is coded while nobody takes it. */
  static MediaSource start(SourceSpec spec, FfmpegCodecs codecs, Clocks clocks) {
    MediaSource source = new MediaSource(spec, codecs, clocks);
    source.thread.start();
    return source;
  }

  /** Adds somebody who takes the frames, beginning with a key frame. */
  void add(Sink sink) {
    sinks.add(sink);
    keyFrameWanted.set(true);
    LockSupport.unpark(thread);
  }

  void remove(Sink sink) {
    sinks.remove(sink);
  }

  /** Makes the next picture a key frame. */
  void requestKeyFrame() {
    keyFrameWanted.set(true);
  }

  /** Pictures and sounds that were left out because the machine was late. */
  long skipped() {
    return skipped.sum();
  }

  private void run() {
    long startNanos = clocks.nanoTime.getAsLong();
    long audio = 0;
    long video = 0;
    while (!closed) {
      long elapsed = clocks.nanoTime.getAsLong() - startNanos;
      if (elapsed >= audio * AUDIO_NANOS) {
        speak(audio * AUDIO_SAMPLES);
        audio = next(audio, elapsed, AUDIO_NANOS);
      } else if (elapsed >= video * frameNanos) {
        draw(video * frameNanos * 9 / 100_000);
        video = next(video, elapsed, frameNanos);
      } else {
        LockSupport.parkNanos(Math.min(audio * AUDIO_NANOS, video * frameNanos) - elapsed);
      }
    }
    videoEncoder.close();
    audioEncoder.close();
  }

  private long next(long index, long elapsed, long period) {
    if (elapsed - index * period < TOO_LATE_NANOS) {
      return index + 1;
    }
    long due = elapsed / period + 1;
    skipped.add(due - index - 1);
    return due;
  }

  private void speak(long timeTicks) {
    if (!sinks.isEmpty()) {
      speech.next(sound);
      audioEncoder.encode(
          sound,
          timeTicks,
          (coded, ticks, sync) -> sinks.forEach(s -> s.audio(view(coded), ticks)));
    }
  }

  private void draw(long timeTicks) {
    if (!sinks.isEmpty()) {
      videoEncoder.encode(
          picture.at(clocks.wallMillis.getAsLong()),
          timeTicks,
          keyFrameWanted.getAndSet(false),
          (coded, ticks, sync) -> sinks.forEach(s -> s.video(view(coded), ticks, sync)));
    }
  }

  private static ByteBuffer view(ByteBuffer coded) {
    return coded.duplicate();
  }

  /** Ends the source's thread, which frees the coders. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
