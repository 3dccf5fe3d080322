package dev.amphi.composer.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.audio.Limiter;
import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.timing.AvSync;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A class of two hours in virtual time: somebody claps every ten seconds, which is a flash of one
 * picture's length or more and a beep. Decoders are made up, all that keeps time is real.
 */
class LipsTest {
  private static final long SEED = 20_261_121;
  private static final long MS = 1_000_000L;
  private static final long SECOND = 1_000 * MS;
  private static final long NTP = 3_900_000_000L * SECOND;
  private static final int BLOCK = 1_600;
  private static final int PACKET = 960;
  private static final long CLAP = 10 * SECOND;
  private static final long CLAP_LASTS = 200 * MS;
  private static final double AUDIO_RATE = 48_000 * 1.0002;
  private static final double VIDEO_RATE = 90_000 * 0.9998;
  private static final long TICKS_AT_ZERO = 4_000_000_000L;

  private record Arrival(long nanos, long order, boolean video, long ticks, long media, long ntp)
      implements Comparable<Arrival> {
    @Override
    public int compareTo(Arrival other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime == 0 ? Long.compare(order, other.order) : byTime;
    }
  }

  /** The line of a sender's newest report, as the stage draws it from RTCP. */
  private static final class Reports {
    private final double nominalRate;
    private final long everyNanos;
    private long reportNanos = -1;
    private double reportTicks;

    Reports(double nominalRate, long everyNanos) {
      this.nominalRate = nominalRate;
      this.everyNanos = everyNanos;
    }

    /** Capture time of something that is captured at {@code nanos}, or -1. */
    long capture(long nanos, long ticks, double rate, long from) {
      long newest = nanos / everyNanos * everyNanos;
      if (newest < from) {
        return -1;
      }
      if (newest != reportNanos) {
        reportNanos = newest;
        reportTicks = TICKS_AT_ZERO + newest / 1e9 * rate;
      }
      return NTP + reportNanos + (long) ((ticks - reportTicks) / nominalRate * 1e9);
    }
  }

  private final Random random = new Random(SEED);
  private final AvSync sync = new AvSync(250 * MS);
  private final PriorityQueue<Arrival> network = new PriorityQueue<>();
  private final Map<Long, Long> capturedAt = new HashMap<>(); // of pictures, by ticks
  private final Reports audioReports = new Reports(48_000, 5 * SECOND);
  private final Reports videoReports = new Reports(90_000, SECOND);
  private final Object lock = new Object();
  private final AudioInput audio =
      new AudioInput(spec(SourceSpec.Kind.MICROPHONE), new ClapDecoder(), sync);
  private final VideoInput video = new VideoInput(SourceSpec.Kind.CAMERA, new StampDecoder(), sync);
  private long packets;
  private long pictures;
  private long order;
  private long videoArrived;

  private static SourceSpec spec(SourceSpec.Kind kind) {
    return new SourceSpec("x", "ada", "Ada", "student", kind, SourceSpec.Codec.OPUS);
  }

  /** Gives a beep where there is a clap, from the packet's first sample number. */
  private static final class ClapDecoder implements AudioDecoder {
    @Override
    public int decode(ByteBuffer coded, float[] out) {
      long first = coded.getLong(coded.position());
      for (int i = 0; i < PACKET; i++) {
        long nanos = (long) ((first + i) / AUDIO_RATE * 1e9);
        boolean loud = nanos % CLAP < CLAP_LASTS && nanos > CLAP;
        float value =
            loud ? (float) (0.5 * Math.sin(2 * Math.PI * (nanos % CLAP) * 1_000 / 1e9)) : 0;
        out[2 * i] = value;
        out[2 * i + 1] = value;
      }
      return PACKET;
    }

    @Override
    public void close() {}
  }

  private record Stamp(long ticks, Picture picture) implements Picture {
    @Override
    public int width() {
      return picture.width();
    }

    @Override
    public int height() {
      return picture.height();
    }

    @Override
    public ByteBuffer plane(int index) {
      return picture.plane(index);
    }

    @Override
    public int stride(int index) {
      return picture.stride(index);
    }

    @Override
    public Picture share() {
      return this;
    }

    @Override
    public void close() {}
  }

  private static final class StampDecoder implements VideoDecoder {
    private final Picture any = new PlanarPicture(2, 2);

    @Override
    public Outcome decode(ByteBuffer coded, long timeTicks, Sink sink) {
      sink.picture(new Stamp(coded.getLong(coded.position()), any), timeTicks);
      return Outcome.DECODED;
    }

    @Override
    public void close() {}
  }

  /** What a path takes: it gets 80 ms slower after an hour, and faster again half an hour later. */
  private long path(long nanos) {
    long seconds = nanos / SECOND;
    long base = seconds >= 4_000 && seconds < 5_500 ? 120 * MS : 40 * MS;
    boolean burst = seconds % 61 < 2;
    return base + (long) (random.nextDouble() * (burst ? 60 : 8) * MS);
  }

  private void send(long nowNanos) {
    for (; (packets + 1) * PACKET / AUDIO_RATE * 1e9 <= nowNanos; packets++) {
      long captured = (long) (packets * PACKET / AUDIO_RATE * 1e9);
      long ticks = TICKS_AT_ZERO + packets * PACKET;
      long sent = captured + 20 * MS;
      boolean muted = captured / SECOND >= 1_200 && captured / SECOND < 1_500;
      if (!muted && random.nextInt(100) >= 2) {
        long ntp = audioReports.capture(captured, ticks, AUDIO_RATE, 5 * SECOND);
        network.add(new Arrival(sent + path(sent), order++, false, ticks, packets * PACKET, ntp));
      }
    }
    for (; pictures * SECOND / 30 <= nowNanos; pictures++) {
      long captured = pictures * SECOND / 30;
      long ticks = TICKS_AT_ZERO + Math.round(captured / 1e9 * VIDEO_RATE);
      long sent = captured + 15 * MS;
      boolean off = captured / SECOND >= 3_000 && captured / SECOND < 3_300;
      if (!off) {
        long again = random.nextInt(100) < 2 ? 50 * MS : 0; // lost, and sent again
        videoArrived = Math.max(videoArrived, sent + path(sent) + again); // told in order
        long ntp = videoReports.capture(captured, ticks, VIDEO_RATE, 3 * SECOND);
        network.add(new Arrival(videoArrived, order++, true, ticks, ticks, ntp));
        capturedAt.put(ticks, captured);
      }
    }
  }

  private void deliver(long nowNanos) {
    for (Arrival next = network.peek(); next != null; next = network.peek()) {
      if (next.nanos() > nowNanos) {
        return;
      }
      network.remove();
      ByteBuffer payload = ByteBuffer.allocate(8).putLong(0, next.media());
      if (next.video()) {
        video.frame(payload, next.ticks(), next.nanos(), next.ntp(), true, lock);
      } else {
        audio.frame(payload, next.ticks(), next.nanos(), next.ntp());
      }
    }
  }

  @Test
  void keepsLipsAndVoiceWithinFortyMillisecondsForTwoHours() {
    float[] block = new float[2 * BLOCK];
    Map<Long, double[]> beeps = new HashMap<>(); // of each clap: weight, weighted instant
    Map<Long, Long> flashes = new HashMap<>(); // of each clap: how late its picture is
    long shown = 0;
    double worstDelay = 0;
    for (int frame = 0; frame < 7_200 * 30; frame++) {
      long now = frame * SECOND / 30;
      send(now);
      deliver(now);
      if (video.at(now) instanceof Stamp stamp && stamp.ticks() != shown) {
        shown = stamp.ticks();
        long captured = Objects.requireNonNull(capturedAt.remove(shown));
        worstDelay = Math.max(worstDelay, (now - captured) / 1e6);
        if (captured % CLAP < 100 * MS) {
          flashes.putIfAbsent(captured / CLAP, now - captured);
        }
      }
      audio.read(now, block, BLOCK);
      hear(now, block, beeps);
    }
    report(beeps, flashes, worstDelay);
  }

  private static void hear(long now, float[] block, Map<Long, double[]> beeps) {
    for (int i = 0; i < BLOCK; i++) {
      float size = Math.abs(block[2 * i]);
      if (size > 0.01f) {
        double instant = now / 1e9 + (i + Limiter.DELAY) / 48_000.0;
        double[] sums = beeps.computeIfAbsent((long) (instant * 1e9) / CLAP, k -> new double[2]);
        sums[0] += size;
        sums[1] += size * instant;
      }
    }
  }

  private void report(Map<Long, double[]> beeps, Map<Long, Long> flashes, double worstDelay) {
    List<Double> offsets = new ArrayList<>();
    flashes.forEach(
        (clap, late) -> {
          double[] sums = beeps.get(clap);
          if (clap > 1 && sums != null) {
            double middle = sums[1] / sums[0] - clap * CLAP / 1e9 - CLAP_LASTS / 2e9;
            double offset = middle * 1e3 - late / 1e6;
            offsets.add(offset);
          }
        });
    offsets.sort(null);
    System.out.printf(
        "measured: %d claps, sound behind picture by %.1f to %.1f ms, median %.1f;"
            + " picture at most %.0f ms old, %d samples made up, %d packets lost%n",
        offsets.size(),
        offsets.getFirst(),
        offsets.getLast(),
        offsets.get(offsets.size() / 2),
        worstDelay,
        audio.concealedSamples(),
        audio.lostPackets());
    assertThat(offsets.getFirst()).as("seed %d", SEED).isGreaterThan(-40);
    assertThat(offsets.getLast()).as("seed %d", SEED).isLessThan(40);
    assertThat(offsets.size())
        .as("but for ten minutes without the one or the other")
        .isBetween(640, 662);
  }
}
