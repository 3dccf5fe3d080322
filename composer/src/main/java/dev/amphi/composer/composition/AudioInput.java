package dev.amphi.composer.composition;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.audio.ChannelStrip;
import dev.amphi.composer.audio.Voice;
import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.timing.AvSync;
import dev.amphi.composer.timing.SourceClock;
import java.nio.ByteBuffer;

/**
 * One voice and its way onto the program's clock; guarded by {@link Inputs}' {@code media} lock.
 */
final class AudioInput {
  private static final int TICKS_PER_SECOND = 48_000;
  private static final double TICKS_PER_NANO = TICKS_PER_SECOND / 1e9;

  /** A block is read when it begins, so its end must be there a frame before it is heard. */
  static final long BASE_DELAY_NANOS = 45_000_000L;

  private static final long MOST_DELAY_NANOS = 140_000_000L;

  private final String participantId;
  private final Voice voice;
  private final AvSync sync;
  private final SourceClock clock = new SourceClock(BASE_DELAY_NANOS, MOST_DELAY_NANOS);
  private final ChannelStrip strip;
  private long offsetNanos;
  private boolean left;

  AudioInput(SourceSpec spec, AudioDecoder decoder, AvSync sync) {
    this.participantId = spec.participantId();
    this.strip = new ChannelStrip(kind(spec));
    this.voice = new Voice(decoder);
    this.sync = sync;
    sync.add(
        clock,
        spec.kind() == SourceSpec.Kind.SCREEN_AUDIO ? AvSync.Group.SCREEN : AvSync.Group.PERSON);
  }

  private static ChannelStrip.Kind kind(SourceSpec spec) {
    return spec.kind() == SourceSpec.Kind.SCREEN_AUDIO
        ? ChannelStrip.Kind.PLAYBACK
        : spec.role().equals("instructor") ? ChannelStrip.Kind.TEACHER : ChannelStrip.Kind.STUDENT;
  }

  /** Name or role of whose voice it is may have changed. */
  void put(SourceSpec spec) {
    strip.kind(kind(spec));
  }

  void frame(ByteBuffer payload, long ticks, long arrivalNanos, long captureNtpNanos) {
    long mediaNanos = SourceClock.mediaNanos(ticks, TICKS_PER_SECOND);
    clock.arrived(mediaNanos, arrivalNanos, captureNtpNanos);
    voice.packet(ticks, payload);
  }

  /** Reads the block that is heard from that instant on. */
  void read(long timeNanos, float[] block, int samples) {
    if (clock.idle()) {
      voice.read(0, block, samples);
      return;
    }
    if (!left) {
      offsetNanos = sync.offsetNanos(clock, timeNanos);
    }
    double ticks = (timeNanos - offsetNanos) * TICKS_PER_NANO;
    voice.read(ticks, block, samples);
  }

  /** Whose voice it is. */
  String participantId() {
    return participantId;
  }

  /** Samples that had to be made up, silence included. */
  long concealedSamples() {
    return voice.concealedSamples();
  }

  /** Packets that could not be used. */
  long lostPackets() {
    return voice.lostPackets();
  }

  /** How fast the voice is read. */
  double speed() {
    return voice.speed();
  }

  ChannelStrip strip() {
    return strip;
  }

  void leave() {
    strip.fader().open(false);
    left = true;
    sync.remove(clock);
  }

  void close() {
    voice.close();
  }
}
