package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.codec.AudioEncoder;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A clap a second through a real child: a flash in VP8 and a beep in Opus, whose paths take 20 and
 * 90 ms; the program's H.264 and AAC are decoded and the claps looked for.
 */
class LipsIT {
  private static final long MS = 1_000_000L;
  private static final long SECOND = 1_000 * MS;
  private static final long NTP = 3_900_000_000L * SECOND;
  private static final int CLAPS = 9;
  private static final long VIDEO_PATH = 20 * MS;
  private static final long AUDIO_PATH = 110 * MS; // 20 of it are the packet's own length
  private static final CompositionSpec SPEC = CompositionSpec.standard("room", "Acoustics");

  private final FfmpegCodecs codecs = new FfmpegCodecs();
  private final ProcessComposer composer =
      new ProcessComposer(ChildCommand.likeThisProcess(), System::nanoTime, InstantSource.system());
  private final Recorded recorded = new Recorded();
  private final List<Long> delays = new ArrayList<>(); // of the pictures of claps, in ms

  private record Coded(ByteBuffer payload, long ticks, long codedNanos) {}

  private record Packet(
      long arrivalNanos, boolean video, ByteBuffer payload, long ticks, long ntp) {}

  /** What the program is, guarded by itself. */
  private static final class Recorded implements ProgramListener {
    private final List<Coded> pictures = new ArrayList<>();
    private final List<Coded> sounds = new ArrayList<>();
    private ByteBuffer pictureConfig = ByteBuffer.allocate(0);
    private ByteBuffer soundConfig = ByteBuffer.allocate(0);
    private boolean ended;
    private boolean interrupted;

    private static ByteBuffer copy(ByteBuffer payload) {
      return ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
    }

    @Override
    public synchronized void format(
        String renditionId,
        boolean video,
        int width,
        int height,
        ByteBuffer codecConfig,
        int timescale,
        Instant startsAt,
        int epoch) {
      if (renditionId.equals("720p")) {
        pictureConfig = copy(codecConfig);
      } else if (!video) {
        soundConfig = copy(codecConfig);
      }
    }

    @Override
    public synchronized void sample(
        String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
      if (renditionId.equals("720p")) {
        pictures.add(new Coded(copy(payload), timeTicks, System.nanoTime()));
      } else if (renditionId.equals(CompositionSpec.AUDIO)) {
        sounds.add(new Coded(copy(payload), timeTicks, System.nanoTime()));
      }
    }

    @Override
    public void keyFrameWanted(String sourceId) {}

    @Override
    public synchronized void interrupted(String reason) {
      interrupted = true;
    }

    @Override
    public synchronized void ended() {
      ended = true;
    }

    synchronized boolean running() {
      return pictures.size() > 10;
    }

    synchronized boolean isEnded() {
      return ended;
    }
  }

  @AfterEach
  void close() {
    composer.close();
  }

  private static boolean claps(long nanos) {
    return nanos >= SECOND && nanos % SECOND < 300 * MS;
  }

  /** All that the sender sends, in the order of its arrival. */
  private PriorityQueue<Packet> sent() {
    PriorityQueue<Packet> packets =
        new PriorityQueue<>(Comparator.comparingLong(Packet::arrivalNanos));
    PlanarPicture picture = new PlanarPicture(320, 180);
    long end = (CLAPS + 1) * SECOND;
    try (VideoEncoder camera = codecs.vp8Encoder(new VideoEncoding(320, 180, 30, 30, 300_000));
        AudioEncoder microphone = codecs.opusEncoder(64_000)) {
      for (long n = 0; n * SECOND / 30 < end; n++) {
        long captured = n * SECOND / 30;
        picture.fill(0, 0, 320, 180, claps(captured) ? 220 : 40, 128, 128);
        camera.encode(
            picture,
            n * 3_000,
            n % 30 == 0,
            (payload, ticks, sync) ->
                packets.add(
                    new Packet(
                        captured + VIDEO_PATH,
                        true,
                        Recorded.copy(payload),
                        ticks,
                        NTP + captured)));
      }
      float[] samples = new float[1_920];
      for (long n = 0; n * 20 * MS < end; n++) {
        long captured = n * 20 * MS;
        for (int i = 0; i < 960; i++) {
          boolean loud = claps(captured + i * 62_500L / 3);
          samples[2 * i] = loud ? (float) (0.3 * Math.sin(2 * Math.PI * i / 48)) : 0;
          samples[2 * i + 1] = samples[2 * i];
        }
        microphone.encode(
            samples,
            n * 960,
            (payload, ticks, sync) ->
                packets.add(
                    new Packet(
                        captured + AUDIO_PATH,
                        false,
                        Recorded.copy(payload),
                        ticks + 7_000_000,
                        NTP + captured)));
      }
    }
    return packets;
  }

  @Test
  void keepsLipsAndVoiceTogetherThroughARealChild() {
    PriorityQueue<Packet> packets = sent();
    Composition composition = composer.start(SPEC, recorded);
    await().atMost(Duration.ofSeconds(60)).until(recorded::running);
    composition.putSource(source("cam", SourceSpec.Kind.CAMERA, SourceSpec.Codec.VP8));
    composition.putSource(source("mic", SourceSpec.Kind.MICROPHONE, SourceSpec.Codec.OPUS));
    long zero = System.nanoTime();
    for (Packet next = packets.poll(); next != null; next = packets.poll()) {
      long arrival = zero + next.arrivalNanos();
      for (long rest = arrival - System.nanoTime(); rest > 0; rest = arrival - System.nanoTime()) {
        LockSupport.parkNanos(rest);
      }
      composition.frame(
          next.video() ? "cam" : "mic",
          next.payload(),
          next.ticks(),
          arrival,
          next.ntp(),
          next.video() && next.ticks() % 90_000 == 0);
    }
    composition.close();
    await().atMost(Duration.ofSeconds(30)).until(recorded::isEnded);
    assertThat(recorded.interrupted).isFalse();
    compare(flashes(zero), beeps());
    System.out.printf("measured: from arrival to coded sample %s ms%n", delays);
    assertThat(delays).as("nothing is coded before it is there").allMatch(delay -> delay > 0);
  }

  private static SourceSpec source(String id, SourceSpec.Kind kind, SourceSpec.Codec codec) {
    return new SourceSpec(id, "ada", "Ada", "instructor", kind, codec);
  }

  /** When the picture becomes bright, in seconds of the program. */
  private List<Double> flashes(long zeroNanos) {
    List<Double> found = new ArrayList<>();
    boolean[] bright = {false};
    try (VideoDecoder decoder = codecs.h264Decoder(recorded.pictureConfig)) {
      for (Coded coded : recorded.pictures) {
        decoder.decode(
            coded.payload(),
            coded.ticks(),
            (picture, ticks) -> {
              try (Picture shown = picture) {
                boolean now = (shown.plane(0).get(200 * shown.stride(0) + 640) & 0xff) > 128;
                if (now && !bright[0]) {
                  found.add(ticks / 90_000.0);
                  long arrived = zeroNanos + found.size() * SECOND + VIDEO_PATH;
                  delays.add((coded.codedNanos() - arrived) / MS);
                }
                bright[0] = now;
              }
            });
      }
    }
    return found;
  }

  /** When it becomes loud after 200 ms of silence, in seconds of the program. */
  private List<Double> beeps() {
    List<Double> found = new ArrayList<>();
    float[] out = new float[2 * AudioDecoder.MAX_SAMPLES];
    int quiet = 0;
    try (AudioDecoder decoder = codecs.aacDecoder(recorded.soundConfig)) {
      for (Coded coded : recorded.sounds) {
        int samples = decoder.decode(coded.payload(), out);
        for (int i = 0; i < samples; i++) {
          boolean loud = Math.abs(out[2 * i]) > 0.02;
          if (loud && quiet > 9_600) {
            found.add((coded.ticks() + i) / 48_000.0);
          }
          quiet = loud ? 0 : quiet + 1;
        }
      }
    }
    return found;
  }

  /** The first second goes by before sources are known well enough to be held together. */
  private static void compare(List<Double> flashes, List<Double> beeps) {
    List<Double> offsets = new ArrayList<>();
    for (double flash : flashes) {
      for (double beep : beeps) {
        if (Math.abs(flash - beep) < 0.5) {
          offsets.add((beep - flash) * 1e3);
        }
      }
    }
    System.out.println("measured: sound behind picture by " + offsets + " ms");
    assertThat(offsets).hasSizeGreaterThanOrEqualTo(CLAPS - 2);
    List<Double> sorted = offsets.stream().sorted().toList();
    assertThat(sorted.get(sorted.size() / 2)).as("of %s", offsets).isBetween(-40.0, 40.0);
  }
}
