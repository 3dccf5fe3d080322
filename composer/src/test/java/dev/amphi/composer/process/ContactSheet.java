package dev.amphi.composer.process;

import static org.awaitility.Awaitility.await;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.Corner;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.PackedPicture;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.lettering.Logo;
import dev.amphi.composer.pictures.Cast;
import dev.amphi.composer.slides.PdfFixture;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Draws {@code docs/images/contact-sheet.jpg}: a real child composes real coded cameras and a slide
 * into every layout and slate, and FFmpeg's own program decodes what came out. Run by {@code
 * tools/contact-sheet.sh}; not a test of its own, so no name that Surefire looks for.
 */
class ContactSheet {
  private static final CompositionSpec SPEC =
      CompositionSpec.standard("sheet", "Optics: light in lenses");
  private static final List<String> NAMES =
      List.of(
          "Dr. Ada Byron",
          "محمد علي",
          "लक्ष्मी त्रिपाठी",
          "王小明",
          "נועה כהן",
          "Maximiliane von Hohenstein-Lichtenfels zu Württemberg");

  /** So many of them are there from the beginning on. */
  private static final int PEOPLE = 4;

  private static final Path SHOTS = Path.of("target/contact-sheet");
  private static final int COLUMNS = 4;
  private static final int WIDTH = 400;
  private static final int HEIGHT = 225;
  private static final int CAPTION = 26;
  private static final long SECOND = 1_000_000_000L;

  private final Newest newest = new Newest();
  private final Map<String, BufferedImage> shots = new LinkedHashMap<>();
  private final Map<String, Feed> feeds = new ConcurrentHashMap<>();

  /** The best rendition's pictures since the last key frame. */
  private static final class Newest implements ProgramListener {
    private ByteBuffer config = ByteBuffer.allocate(0);
    private final List<byte[]> pictures = new ArrayList<>();
    private int count;

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
        config = ByteBuffer.allocate(codecConfig.remaining()).put(codecConfig).flip();
      }
    }

    @Override
    public synchronized void sample(
        String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
      if (renditionId.equals("720p")) {
        if (sync) {
          pictures.clear();
        }
        byte[] copy = new byte[payload.remaining()];
        payload.get(copy);
        pictures.add(copy);
        count += durationTicks / 3_000; // frames, however long a busy machine makes one last
      }
    }

    synchronized int count() {
      return count;
    }

    /** A byte stream (ISO 14496-10 Annex B) that ends with the newest picture. */
    synchronized byte[] stream() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteBuffer box = config.duplicate();
      box.position(5);
      int sets = box.get() & 31;
      for (int kind = 0; kind < 2; kind++) {
        for (int i = 0; i < sets; i++) {
          unit(out, box, box.getShort() & 0xffff);
        }
        sets = kind == 0 ? box.get() : 0;
      }
      for (byte[] picture : pictures) {
        ByteBuffer units = ByteBuffer.wrap(picture);
        while (units.hasRemaining()) {
          unit(out, units, units.getInt());
        }
      }
      return out.toByteArray();
    }

    private static void unit(ByteArrayOutputStream out, ByteBuffer in, int length) {
      byte[] bytes = new byte[length];
      in.get(bytes);
      out.writeBytes(new byte[] {0, 0, 0, 1});
      out.writeBytes(bytes);
    }

    @Override
    public void keyFrameWanted(String sourceId) {}

    @Override
    public void interrupted(String reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void ended() {}
  }

  /** A camera or a screen, coded as VP8. */
  private record Feed(SourceSpec source, Picture picture, VideoEncoder encoder) {}

  @Test
  void draw(@TempDir Path folder) throws Exception {
    Path logo = folder.resolve("logo.png");
    ImageIO.write(Cast.logo(), "png", logo.toFile());
    ChildCommand command =
        ChildCommand.likeThisProcess().with(Logo.check(logo)).with(Logo.in(Corner.TOP_RIGHT));
    try (ProcessComposer composer =
        new ProcessComposer(command, System::nanoTime, InstantSource.system())) {
      SupervisedComposition program = (SupervisedComposition) composer.start(SPEC, newest);
      Thread sending = Thread.ofPlatform().daemon().start(() -> send(program));
      slates(program);
      long before = resident(program);
      people(program);
      long after = resident(program);
      System.out.println("resident: slates " + before + " MiB, all scripts " + after + " MiB");
      feeds.keySet().forEach(program::removeSource);
      feeds.clear();
      program.slate(Slate.of(Slate.Kind.ENDED));
      shoot("The class has ended");
      sending.interrupt();
      program.close();
    }
    write();
  }

  private void slates(SupervisedComposition program) throws Exception {
    program.slate(new Slate(Slate.Kind.BEGINS, "10:45", System.nanoTime() + 754 * SECOND));
    shoot("Before the class, with starts_at");
    program.slate(Slate.of(Slate.Kind.BEGINS));
    shoot("Before the class");
    program.slate(new Slate(Slate.Kind.BREAK, "10:45", System.nanoTime() + 299 * SECOND));
    shoot("A break");
    program.slate(Slate.of(Slate.Kind.RECONNECTING));
    shoot("The teacher's connection is lost");
    program.slate(Slate.of(Slate.Kind.RIGHT_BACK));
    shoot("Off the air, or nobody on stage");
  }

  private void people(SupervisedComposition program) throws Exception {
    camera(program, 0);
    await().atMost(Duration.ofSeconds(20)).until(() -> newest.count() > 0);
    shootAfter(60, "Lower third: who has come");
    waitFor(240);
    shoot("speaker, alone");
    for (int i = 1; i < PEOPLE; i++) {
      camera(program, i);
    }
    waitFor(900);
    for (String layout : List.of("speaker", "side_by_side", "grid")) {
      program.layout(layout, "");
      shoot(layout);
    }
    more(program);
    program.muteSource("camera1", true);
    program.muteSource("camera2", true);
    shoot("grid: cameras that are off");
    program.muteSource("camera1", false);
    program.muteSource("camera2", false);
    add(program, spec("camera3", 3, SourceSpec.Kind.CAMERA), Cast.person(3, 360, 640));
    shoot("grid: a telephone held upright");
    program.layout("speaker", "p3");
    shoot("speaker: a telephone held upright");
    add(program, spec("camera3", 3, SourceSpec.Kind.CAMERA), Cast.person(3, 640, 360));
    SourceSpec screen = spec("screen", 0, SourceSpec.Kind.SCREEN);
    add(program, screen, Cast.slide(1280, 720));
    for (String layout : List.of("presentation_pip", "presentation_side", "presentation")) {
      program.layout(layout, "");
      shoot(layout);
    }
    program.removeSource("screen");
    feeds.remove("screen");
    page(program);
    program.removeSource("camera3");
    feeds.remove("camera3");
    program.layout("presentation_side", "");
    shoot("presentation_side: a page of a PDF");
    program.removeSource("page");
  }

  /** The rest of the cast comes, is told, and goes. */
  private void more(SupervisedComposition program) throws Exception {
    for (int i = PEOPLE; i < NAMES.size(); i++) {
      camera(program, i);
    }
    shootAfter(60, "grid: two have come");
    waitFor(240);
    shoot("grid: names of any script and length");
    for (int i = PEOPLE; i < NAMES.size(); i++) {
      program.removeSource("camera" + i);
      feeds.remove("camera" + i);
    }
  }

  private static void page(SupervisedComposition program) {
    program.putSource(
        new SourceSpec(
            "page", "~slides", "Slides", "", SourceSpec.Kind.SCREEN, SourceSpec.Codec.STILL));
    Picture page = PdfFixture.picture(1024, 704);
    program.still("page", page.width(), page.height(), ByteBuffer.wrap(PackedPicture.pack(page)));
  }

  private void camera(SupervisedComposition program, int who) {
    add(program, spec("camera" + who, who, SourceSpec.Kind.CAMERA), Cast.person(who, 640, 360));
  }

  private void add(SupervisedComposition program, SourceSpec source, Picture picture) {
    VideoEncoding coding = new VideoEncoding(picture.width(), picture.height(), 10, 20, 900_000);
    program.putSource(source);
    feeds.put(source.id(), new Feed(source, picture, new FfmpegCodecs().vp8Encoder(coding)));
  }

  private static SourceSpec spec(String id, int who, SourceSpec.Kind kind) {
    String role = who == 0 ? "instructor" : "student";
    return new SourceSpec(id, "p" + who, NAMES.get(who), role, kind, SourceSpec.Codec.VP8);
  }

  /** Ten pictures a second of each. */
  private void send(SupervisedComposition program) {
    try {
      for (long tick = 0; true; tick++) {
        long time = tick;
        feeds
            .values()
            .forEach(
                feed ->
                    feed.encoder()
                        .encode(
                            feed.picture(),
                            time * 9_000,
                            time % 10 == 0,
                            (payload, at, sync) ->
                                program.frame(
                                    feed.source().id(), payload, at, System.nanoTime(), -1, sync)));
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void waitFor(int pictures) {
    int until = newest.count() + pictures;
    await().atMost(Duration.ofMinutes(2)).until(() -> newest.count() >= until);
  }

  /** Three seconds later, when all moves are over. */
  private void shoot(String caption) throws Exception {
    shootAfter(90, caption);
  }

  private void shootAfter(int frames, String caption) throws Exception {
    waitFor(frames);
    Path coded = Files.createTempFile("sheet", ".h264");
    Path shot =
        Files.createDirectories(SHOTS)
            .resolve("%02d.png".formatted(shots.size())); // as large as it is, to be looked at
    Files.write(coded, newest.stream());
    Process ffmpeg =
        new ProcessBuilder(
                "ffmpeg",
                "-v",
                "error",
                "-y",
                "-i",
                coded.toString(),
                "-update",
                "1",
                shot.toString())
            .inheritIO()
            .start();
    if (ffmpeg.waitFor() != 0) {
      throw new IOException("ffmpeg could not decode the program");
    }
    shots.put(caption, ImageIO.read(shot.toFile()));
    Files.delete(coded);
  }

  private static long resident(SupervisedComposition program) throws IOException {
    String pages = Files.readString(Path.of("/proc/" + program.pid() + "/statm")).split(" ", 3)[1];
    return Long.parseLong(pages) / 256;
  }

  private void write() throws IOException {
    int rows = (shots.size() + COLUMNS - 1) / COLUMNS;
    int gap = 8;
    BufferedImage sheet =
        new BufferedImage(
            COLUMNS * (WIDTH + gap) + gap,
            rows * (HEIGHT + CAPTION) + gap,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    graphics.setColor(Color.DARK_GRAY);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    int at = 0;
    for (Map.Entry<String, BufferedImage> shot : shots.entrySet()) {
      int x = gap + at % COLUMNS * (WIDTH + gap);
      int y = gap + at / COLUMNS * (HEIGHT + CAPTION);
      Image small = shot.getValue().getScaledInstance(WIDTH, HEIGHT, Image.SCALE_AREA_AVERAGING);
      graphics.drawImage(small, x, y, null);
      graphics.drawString(shot.getKey(), x + 2, y + HEIGHT + 16);
      at++;
    }
    graphics.dispose();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam quality = writer.getDefaultWriteParam();
    quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    quality.setCompressionQuality(0.9f);
    Path file = Path.of("../docs/images/contact-sheet.jpg");
    Files.deleteIfExists(file);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(sheet, null, null), quality);
    }
  }
}
