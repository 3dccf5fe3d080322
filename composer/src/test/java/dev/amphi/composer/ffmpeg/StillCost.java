package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.layout.Rect;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Measures what x264 takes for a page of 720p that stands still, 30 times a second: seconds of
 * processor time per second of program, on one thread, from memory to nowhere. Told nothing, told
 * that only a small camera changes, and told that nothing does: what is left then is what every
 * picture costs, whatever it shows. Run by hand: {@code java -cp …
 * dev.amphi.composer.ffmpeg.StillCost [rounds]}.
 */
final class StillCost {
  private static final int WIDTH = 1_280;
  private static final int HEIGHT = 720;
  private static final int LOOP = 60;
  private static final int SEGMENT = 48;
  private static final int SETTLE = 3 * SEGMENT;
  private static final int FRAMES = 12 * SEGMENT;
  private static final Rect CAMERA = new Rect(1_056, 588, 208, 116);

  private StillCost() {}

  private enum Told {
    NOTHING("a small camera moves, x264 is told nothing"),
    CAMERA("a small camera moves, x264 is told that the rest stands"),
    ALL("nothing moves, x264 is told so");

    final String words;

    Told(String words) {
      this.words = words;
    }
  }

  /** Lines of dark letters on white. */
  private static AvPicture page() {
    AvPicture page = AvPicture.allocate(WIDTH, HEIGHT);
    Brush.fill(page, new Rect(0, 0, WIDTH, HEIGHT), 235, 128, 128);
    Random random = new Random(3);
    ByteBuffer luma = page.plane(0);
    for (int line = 60; line < 560; line += 28) {
      for (int x = 80; x < 1_000; x += 9) {
        for (int y = 0; y < 14; y++) {
          int ink = random.nextInt() | random.nextInt() << 3;
          for (int column = 0; column < 7; column++) {
            luma.put(
                (line + y) * page.stride(0) + x + column,
                (byte) ((ink >> column & 1) == 0 ? 235 : 40));
          }
        }
      }
    }
    return page;
  }

  /** The page with a camera's picture over it, which pans over a wall. */
  private static List<AvPicture> pictures(AvPicture page) {
    Random random = new Random(5);
    byte[] wall = new byte[(CAMERA.width() + LOOP) * CAMERA.height()];
    int level = 120;
    for (int i = 0; i < wall.length; i++) {
      level = Math.clamp(level + random.nextInt(9) - 4, 40, 200);
      wall[i] = (byte) level;
    }
    List<AvPicture> pictures = new ArrayList<>();
    for (int i = 0; i < LOOP; i++) {
      AvPicture picture = AvPicture.allocate(WIDTH, HEIGHT);
      picture.copyFrom(page);
      int by = Math.min(i, LOOP - i);
      for (int row = 0; row < CAMERA.height(); row++) {
        int from = row * (CAMERA.width() + LOOP) + by;
        int to = (CAMERA.y() + row) * picture.stride(0) + CAMERA.x();
        picture.plane(0).put(to, wall, from, CAMERA.width());
      }
      pictures.add(picture);
    }
    return pictures;
  }

  private static String cost(FfmpegCodecs codecs, List<AvPicture> pictures, Told told) {
    var threads = ManagementFactory.getThreadMXBean();
    long[] bytes = {0};
    long began = 0;
    try (VideoEncoder encoder =
        codecs.h264Encoder(new VideoEncoding(WIDTH, HEIGHT, 30, SEGMENT, 2_500_000))) {
      for (int i = 0; i < FRAMES; i++) {
        if (i == SETTLE) {
          bytes[0] = 0;
          began = threads.getCurrentThreadCpuTime();
        }
        AvPicture picture = pictures.get(told == Told.ALL ? 0 : i % LOOP);
        long number = told == Told.NOTHING ? AvPicture.UNNUMBERED : i;
        picture.follow(number, told == Told.ALL ? List.of() : List.of(CAMERA));
        encoder.encode(
            picture,
            i * 3_000L,
            i % SEGMENT == 0,
            (coded, time, sync) -> bytes[0] += coded.remaining());
      }
    }
    double seconds = (FRAMES - SETTLE) / 30.0;
    return String.format(
        Locale.ROOT,
        "%-56s %.3f CPU-s/s, %.0f kbit/s",
        told.words,
        (threads.getCurrentThreadCpuTime() - began) / 1e9 / seconds,
        bytes[0] * 8 / seconds / 1_000);
  }

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    FfmpegCodecs codecs = FfmpegCodecs.complete();
    AvPicture page = page();
    List<AvPicture> pictures = pictures(page);
    for (int round = 0; round < rounds; round++) {
      for (Told told : Told.values()) {
        System.out.println(cost(codecs, pictures, told));
      }
    }
    System.out.println("load average " + Files.readString(Path.of("/proc/loadavg")).strip());
    pictures.forEach(AvPicture::close);
    page.close();
  }
}
