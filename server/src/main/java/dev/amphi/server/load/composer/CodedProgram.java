package dev.amphi.server.load.composer;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the coded pictures of a program with the instant of each one's arrival, and decodes them
 * when it is over, so that looking takes nothing from what is measured. Thread-safe.
 */
final class CodedProgram implements ProgramRoom.Watcher {
  /** Looks at decoded pictures. */
  interface Look {
    /**
     * One picture, in order.
     *
     * @param dueNanos its instant by the program's clock
     * @param codedNanos when it arrived, coded
     */
    void at(Picture picture, long dueNanos, long codedNanos);
  }

  private record Coded(ByteBuffer payload, long timeTicks, long codedNanos) {}

  private final List<Coded> samples = new ArrayList<>();
  private ByteBuffer config = ByteBuffer.allocate(0);
  private long zeroNanos;

  /** The wall clock for a composer whose programs are kept: it shows the monotonic one. */
  static Instant now() {
    return Instant.EPOCH.plusNanos(System.nanoTime());
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
  }

  @Override
  public synchronized void format(ByteBuffer codecConfig, Instant startsAt) {
    config = copy(codecConfig);
    zeroNanos = Duration.between(Instant.EPOCH, startsAt).toNanos();
    samples.clear(); // another process began anew
  }

  @Override
  public synchronized void sample(ByteBuffer payload, long timeTicks) {
    samples.add(new Coded(copy(payload), timeTicks, System.nanoTime()));
  }

  /** Decodes all that came. */
  synchronized void decode(FfmpegCodecs codecs, Look look) {
    Map<Long, Long> arrived = new HashMap<>();
    try (VideoDecoder decoder = codecs.h264Decoder(config)) {
      for (Coded coded : samples) {
        arrived.put(coded.timeTicks(), coded.codedNanos());
        decoder.decode(
            coded.payload(),
            coded.timeTicks(),
            (picture, ticks) -> {
              try (picture) {
                Long codedNanos = arrived.remove(ticks);
                if (codedNanos != null) {
                  look.at(picture, zeroNanos + ticks * 100_000 / 9, codedNanos);
                }
              }
            });
      }
    }
  }
}
