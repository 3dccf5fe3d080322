package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.Shed;
import dev.amphi.composer.api.ShownScene;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The child is believed nothing. */
class ReportReaderTest {
  private static final CompositionSpec SPEC = CompositionSpec.standard("room", "Optics");
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
  private static final long NANOS = 50_000_000_000L;

  private final List<String> told = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ReportWriter writer = new ReportWriter(bytes, SPEC);
  private final ProgramListener listener =
      new ProgramListener() {
        @Override
        public void format(
            String renditionId,
            boolean video,
            int width,
            int height,
            ByteBuffer codecConfig,
            int timescale,
            Instant startsAt,
            int epoch) {
          told.add(renditionId + " starts at " + startsAt + " epoch " + epoch);
        }

        @Override
        public void sample(
            String renditionId,
            ByteBuffer payload,
            long timeTicks,
            int durationTicks,
            boolean sync) {
          told.add(renditionId + " " + timeTicks + " " + payload.remaining());
        }

        @Override
        public void sound(String without, ByteBuffer payload, long timeTicks) {
          told.add("sound without '" + without + "' " + timeTicks + " " + payload.remaining());
        }

        @Override
        public void loudness(double lufs) {
          told.add("loudness " + lufs);
        }

        @Override
        public void load(Shed shed, long lateMillis) {
          told.add("load " + shed + " " + lateMillis);
        }

        @Override
        public void rests(String sourceId, long millis) {
          told.add(sourceId + " rests for " + millis);
        }

        @Override
        public void scene(ShownScene scene, Instant startsAt) {
          told.add(scene + " of what started at " + startsAt);
        }

        @Override
        public void keyFrameWanted(String sourceId) {
          told.add("key frame of " + sourceId);
        }

        @Override
        public void interrupted(String reason) {}

        @Override
        public void ended() {}
      };
  private final ReportReader reader =
      new ReportReader(SPEC, listener, "cam"::equals, List.of("", "ada")::contains, told::add, 3);

  private void read() throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    bytes.reset();
    for (ByteBuffer next = Wire.read(in); next != null; next = Wire.read(in)) {
      reader.accept(next, NANOS, NOW);
    }
  }

  private void begin() throws IOException {
    writer.started(NANOS - 1_000_000_000L);
    writer.format("720p", true, 1280, 720, ByteBuffer.allocate(30), 90_000);
    read();
  }

  private void refuses(String why) {
    assertThatThrownBy(this::read).isInstanceOf(BrokenWire.class).hasMessageContaining(why);
  }

  private void sample(long time, int duration, boolean sync) {
    writer.sample("720p", ByteBuffer.allocate(100), time, duration, sync);
  }

  private void sound(String without, long time, int bytes) {
    writer.sound(without, ByteBuffer.allocate(bytes), time);
  }

  @Test
  void tellsTheMixesThatWereAskedForAndNoOthers() throws IOException {
    begin();
    told.clear();
    sound("", 1_600, 160);
    sound("ada", 1_600, 120);
    sound("bob", 1_600, 120);
    sound("", 2_560, 161);
    sound("", 48_000, 162);
    read();
    assertThat(told)
        .containsExactly(
            "sound without '' 1600 160",
            "sound without 'ada' 1600 120",
            "sound without '' 2560 161",
            "sound without '' 48000 162");
  }

  @Test
  void tellsHowLoudTheProgramIsWhenThatCanBe() throws IOException {
    begin();
    told.clear();
    writer.loudness(-16.25);
    writer.loudness(-70);
    read();
    assertThat(told).containsExactly("loudness -16.25", "loudness -70.0");
    writer.loudness(500);
    refuses("claims a loudness");
  }

  @Test
  void tellsWhoRestsOfThoseWhoAreThereAndForNoLongerThanThatMayBe() throws IOException {
    begin();
    told.clear();
    writer.rests("cam", 2_000_000_000L);
    writer.rests("nobody", 2_000_000_000L);
    read();
    assertThat(told).containsExactly("cam rests for 2000");
    writer.rests("cam", 61_000_000_000L);
    refuses("rest for 61000 ms");
    writer.rests("cam", 0);
    refuses("rest for 0 ms");
  }

  @Test
  void believesNoSoundThatOverlapsIsTooLongOrComesFromTheFuture() throws IOException {
    begin();
    sound("", 1_600, 160);
    sound("", 2_559, 160);
    refuses("expected was 2560");
    sound("ada", 0, 1_277);
    refuses("1277 bytes");
    sound("ada", 0, 0);
    refuses("0 bytes");
    sound("ada", 20L * 48_000, 10);
    refuses("ahead of the clock");
  }

  @Test
  void tellsWhatAnHonestChildSays() throws IOException {
    begin();
    sample(0, 3_000, true);
    sample(3_000, 3_000, false);
    writer.keyFrameWanted("cam");
    writer.ended();
    read();
    assertThat(told)
        .containsExactly(
            "720p starts at 2026-11-01T09:59:59Z epoch 3",
            "720p 0 100",
            "720p 3000 100",
            "key frame of cam");
    assertThat(reader.ended()).isTrue();
  }

  @Test
  void refusesHolesAndOverlapsInTime() throws IOException {
    begin();
    sample(0, 3_000, true);
    sample(6_000, 3_000, false);
    refuses("expected was 3000");
  }

  @Test
  void takesPicturesThatLastSeveralFramesButNotBeyondTheirSegment() throws IOException {
    begin();
    sample(0, 24_000, true);
    sample(24_000, 6_000, false);
    for (int at = 30_000; at < 126_000; at += 24_000) {
      sample(at, 24_000, false);
    }
    read();
    assertThat(told).contains("720p 102000 100");
    sample(126_000, 24_000, false);
    refuses("out of place");
  }

  @Test
  void refusesPicturesThatLastTooLong() throws IOException {
    begin();
    sample(0, 27_000, true);
    refuses("the duration 27000");
  }

  private static ShownScene scene(long timeTicks, String layout, ShownScene.Tile... tiles) {
    return new ShownScene(timeTicks, layout, List.of(tiles));
  }

  private static ShownScene.Tile tile(String id, int x, int width) {
    return new ShownScene.Tile(ShownScene.Kind.CAMERA, id, x, 0, width, 720);
  }

  @Test
  void tellsTheScenes() throws IOException {
    begin();
    told.clear();
    ShownScene.Tile words = new ShownScene.Tile(ShownScene.Kind.SLATE, "", 0, 0, 1280, 720);
    List<ShownScene> all =
        List.of(
            scene(0, "", words),
            scene(18_000, "speaker", tile("ada", 0, 1280)),
            scene(60_000, "grid", tile("ada", 0, 640), tile("b\"\n}", 640, 640)));
    all.forEach(writer::scene);
    read();
    assertThat(told)
        .containsExactlyElementsOf(
            all.stream().map(one -> one + " of what started at 2026-11-01T09:59:59Z").toList());
  }

  @Test
  void refusesScenesThatCannotBe() throws IOException {
    begin();
    for (ShownScene bad :
        List.of(
            scene(0, "grid"),
            scene(1, "grid", tile("ada", 0, 640)),
            scene(-3_000, "grid", tile("ada", 0, 640)),
            scene(0, "grid", tile("ada", 642, 640)),
            scene(0, "grid", tile("ada", -2, 640)),
            scene(0, "grid", tile("ada", 0, 0)),
            scene(0, "grid", tile("a".repeat(257), 0, 640)))) {
      writer.scene(bad);
      refuses("The child claims a");
    }
    writer.scene(scene(90_000_000L, "grid", tile("ada", 0, 640)));
    refuses("ahead of the clock");
  }

  @Test
  void takesNoMoreThanFiveScenesASecond() throws IOException {
    begin();
    writer.scene(scene(3_000, "grid", tile("ada", 0, 640)));
    read();
    writer.scene(scene(18_000, "grid", tile("ada", 0, 1280)));
    refuses("a scene of 1 tiles in layout 5 at 18000");
  }

  @Test
  void tellsWhatWasShed() throws IOException {
    begin();
    told.clear();
    writer.load(Shed.PRESET, 312_000_000);
    read();
    assertThat(told).containsExactly("load PRESET 312");
    bytes.writeBytes(new byte[] {0, 0, 0, 6, ReportWriter.LOAD, 5, 0, 0, 0, 0});
    refuses("claims to have shed 5");
  }

  @Test
  void refusesAnotherDuration() throws IOException {
    begin();
    sample(0, 1, true);
    refuses("the duration 1");
  }

  @Test
  void refusesAnIdrOutOfPlace() throws IOException {
    begin();
    sample(0, 3_000, false);
    refuses("IDR");
  }

  @Test
  void refusesSamplesAheadOfTheClock() throws IOException {
    begin();
    for (int i = 0; i < 400; i++) {
      sample(i * 3_000L, 3_000, i % 48 == 0);
    }
    refuses("ahead of the clock");
  }

  @Test
  void refusesSamplesWithoutAFormatAndFormatsOutOfTurn() throws IOException {
    writer.format("720p", true, 1280, 720, ByteBuffer.allocate(30), 90_000);
    refuses("out of turn");
    begin();
    writer.sample("360p", ByteBuffer.allocate(1), 0, 3_000, true);
    refuses("360p");
  }

  @Test
  void refusesAnotherSize() throws IOException {
    writer.started(NANOS);
    writer.format("720p", true, 16_384, 720, ByteBuffer.allocate(30), 90_000);
    refuses("16384×720");
  }

  @Test
  void refusesAnImpossibleStart() {
    writer.started(0);
    refuses("started");
  }

  @Test
  void keepsQuietAboutSourcesThatAreNotThere() throws IOException {
    begin();
    writer.keyFrameWanted("x".repeat(100));
    read();
    assertThat(told).hasSize(1);
  }

  @Test
  void handsOnWhyTheChildFailed() {
    writer.failed("This build of FFmpeg has no encoder named libx264 or libopenh264");
    refuses("no encoder named libx264 or libopenh264");
  }

  @Test
  void capsLengthsBeforeItAllocates() {
    bytes.writeBytes(new byte[] {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 3});
    refuses("claims a length");
  }

  @Test
  void survivesRandomBytes() {
    long seed = 20_261_101;
    Random random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < 5_000; round++) {
      byte[] noise = new byte[1 + random.nextInt(60)];
      random.nextBytes(noise);
      noise[0] = (byte) random.nextInt(8);
      try {
        new ReportReader(SPEC, listener, "cam"::equals, ""::equals, told::add, 0)
            .accept(ByteBuffer.wrap(noise), NANOS, NOW);
      } catch (BrokenWire e) {
        refused++;
      }
    }
    assertThat(refused).as("seed " + seed).isGreaterThan(4_000);
  }

  @Test
  void readsEveryCommandThatItWrites() throws IOException {
    Command frame =
        new Command.Frame("cam", ByteBuffer.wrap(new byte[] {1, 2, 3}), -5, 6, -1, true, true);
    for (Command command :
        List.of(
            new Command.Start(SPEC),
            new Command.Remove("a'b"),
            new Command.Mute("é", true),
            new Command.Arrange(Arrangement.AUTO),
            new Command.Arrange(new Arrangement("grid", "ada", Set.of("bob", "cyd"))),
            new Command.Loudest("x"),
            new Command.Introduced(Set.of("ada", "bob")),
            new Command.Close(),
            frame)) {
      DataInputStream in =
          new DataInputStream(new ByteArrayInputStream(CommandCodec.encode(command)));
      ByteBuffer message = Wire.read(in);
      assertThat(message).isNotNull();
      if (message != null) {
        assertThat(CommandCodec.decode(message)).isEqualTo(command);
      }
    }
  }
}
