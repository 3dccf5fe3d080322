package dev.amphi.composer.slides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.InkChange;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.PackedPicture;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.process.ChildCommand;
import dev.amphi.composer.process.ProcessComposer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A still source and ink in a real child's program, decoded as it comes. */
class SlidesInProgramIT {
  private final ProcessComposer composer =
      new ProcessComposer(ChildCommand.likeThisProcess(), System::nanoTime, InstantSource.system());
  private final Watching watching = new Watching();

  @AfterEach
  void close() {
    composer.close();
    watching.close();
  }

  /** Decodes every picture of the best rendition at once and remembers some of its pixels. */
  private static final class Watching implements ProgramListener, AutoCloseable {
    private @Nullable VideoDecoder decoder;
    private volatile int epoch = -1;
    private volatile int middle = -1;
    private volatile int corner = -1;
    private volatile int inkCr = -1;
    private final AtomicInteger pictures = new AtomicInteger();
    private volatile byte[] luma = new byte[0];
    private volatile long seenNanos;
    private volatile Predicate<Watching> wanted = any -> false;

    @Override
    public synchronized void format(
        String id,
        boolean video,
        int width,
        int height,
        ByteBuffer config,
        int timescale,
        Instant startsAt,
        int now) {
      if (id.equals("720p")) {
        close();
        decoder = new FfmpegCodecs().h264Decoder(config);
        epoch = now;
      }
    }

    @Override
    public synchronized void sample(
        String id, ByteBuffer payload, long time, int duration, boolean sync) {
      if (id.equals("720p") && decoder != null) {
        long nowNanos = System.nanoTime();
        decoder.decode(payload, 0, (picture, ticks) -> look(picture, nowNanos));
      }
    }

    private void look(Picture shown, long nowNanos) {
      try (shown) {
        byte[] rows = new byte[1280 * 720];
        for (int y = 0; y < 720; y++) {
          shown.plane(0).get(y * shown.stride(0), rows, y * 1280, 1280);
        }
        luma = rows;
        pictures.incrementAndGet();
        middle = shown.plane(0).get(360 * shown.stride(0) + 640) & 0xff;
        corner = shown.plane(0).get(20 * shown.stride(0) + 20) & 0xff;
        inkCr = shown.plane(2).get(90 * shown.stride(2) + 320) & 0xff;
        if (seenNanos == 0 && wanted.test(this)) {
          seenNanos = nowNanos;
        }
      }
    }

    /** Milliseconds from the command to the arrival of the sample that shows it. */
    double after(Runnable command, Predicate<Watching> seen) {
      long begunNanos = System.nanoTime();
      synchronized (this) {
        seenNanos = 0;
        wanted = seen;
      }
      command.run();
      await().atMost(Duration.ofSeconds(20)).until(() -> seenNanos != 0);
      return (seenNanos - begunNanos) / 1e6;
    }

    @Override
    public void keyFrameWanted(String sourceId) {}

    @Override
    public void interrupted(String reason) {}

    @Override
    public void ended() {}

    @Override
    public synchronized void close() {
      if (decoder != null) {
        decoder.close();
        decoder = null;
      }
    }
  }

  private static boolean near(int value, int wanted) {
    return Math.abs(value - wanted) <= 6;
  }

  private static void still(Composition composition, int luma) {
    PlanarPicture page = new PlanarPicture(1280, 720);
    page.fill(0, 0, 1280, 720, luma, 128, 128);
    composition.still("slides", 1280, 720, ByteBuffer.wrap(PackedPicture.pack(page)));
  }

  private Composition start() {
    Composition composition = composer.start(CompositionSpec.standard("room", "Optics"), watching);
    await().atMost(Duration.ofSeconds(30)).until(() -> watching.middle >= 0);
    composition.putSource(
        new SourceSpec(
            "slides", "ada", "Ada", "instructor", SourceSpec.Kind.SCREEN, SourceSpec.Codec.STILL));
    return composition;
  }

  @Test
  void showsAPageAndTheNextAndTheInkAlsoAfterTheChildDied() {
    Composition composition = start();
    watching.after(() -> still(composition, 200), w -> near(w.middle, 200));
    double[] turns = new double[10];
    for (int i = 0; i < turns.length; i++) {
      int luma = 60 + 15 * i;
      turns[i] = watching.after(() -> still(composition, luma), w -> near(w.middle, luma));
    }
    composition.ink(new InkChange.On("slides"));
    float[] line = {0.3f, 0.25f, 0.7f, 0.25f};
    double[] strokes = new double[10];
    for (int i = 0; i < strokes.length; i++) {
      String id = "s" + i;
      strokes[i] =
          watching.after(
              () -> composition.ink(new InkChange.Grown("ada", id, 0xff0000, line, true)),
              w -> w.inkCr > 200);
      watching.after(() -> composition.ink(new InkChange.Taken("ada", id)), w -> w.inkCr < 140);
    }
    System.out.println("page turn to sample, ms: " + java.util.Arrays.toString(turns));
    System.out.println("stroke to sample, ms: " + java.util.Arrays.toString(strokes));
    composition.ink(new InkChange.Grown("ada", "last", 0xff0000, line, true));
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    await().atMost(Duration.ofSeconds(20)).until(() -> watching.epoch == 1);
    await().atMost(Duration.ofSeconds(20)).until(() -> watching.inkCr > 200);
    await().atMost(Duration.ofSeconds(10)).until(() -> near(watching.middle, 195));
    composition.removeSource("slides");
    await().atMost(Duration.ofSeconds(10)).until(() -> watching.corner < 60);
  }

  @Test
  void smallTextStaysSharp(@TempDir Path folder) throws Exception {
    Path pdf = PdfFixture.write(folder.resolve("a.pdf"), "Lenses bend light", "Next");
    int[] left = {1};
    new SlideRenderer(RendererCommand.likeThisProcess(), SlideRenderer.Limits.STANDARD)
        .render(pdf, folder, PdfFixture.SILENT, () -> left[0]-- == 1 ? 1 : 0);
    byte[] packed = Files.readAllBytes(folder.resolve("1.yuv"));
    Picture page = PackedPicture.unpack(1280, 720, ByteBuffer.wrap(packed)).orElseThrow();
    byte[] drawn = new byte[1280 * 720];
    page.plane(0).get(0, drawn);
    Composition composition = start();
    watching.after(
        () -> composition.still("slides", 1280, 720, ByteBuffer.wrap(packed)),
        w -> near(w.corner, 235));
    byte[] first = watching.luma;
    int from = watching.pictures.get();
    await().atMost(Duration.ofSeconds(20)).until(() -> watching.pictures.get() > from + 60);
    byte[] settled = watching.luma;
    double similar = Sharpness.ssim(drawn, settled, 1280, 720);
    double edges = Sharpness.edges(drawn, settled, 1280, 720);
    System.out.printf(
        "text after two seconds: SSIM %.4f, edges %.3f; at once: %.4f, %.3f%n",
        similar,
        edges,
        Sharpness.ssim(drawn, first, 1280, 720),
        Sharpness.edges(drawn, first, 1280, 720));
    assertThat(similar).isGreaterThan(0.99);
    assertThat(edges).isBetween(0.97, 1.03);
  }
}
