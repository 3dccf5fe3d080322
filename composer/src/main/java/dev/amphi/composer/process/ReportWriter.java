package dev.amphi.composer.process;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.Shed;
import dev.amphi.composer.api.ShownScene;
import dev.amphi.composer.composition.ProgramOutput;
import dev.amphi.composer.load.Strain;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The child's voice: writes what the program makes to the node; from any thread. */
final class ReportWriter implements ProgramOutput {
  static final int STARTED = 1;
  static final int FORMAT = 2;
  static final int SAMPLE = 3;
  static final int KEY_FRAME = 4;
  static final int FAILED = 5;
  static final int ENDED = 6;
  static final int SOUND = 7;
  static final int LOUDNESS = 8;
  static final int LOAD = 9;
  static final int SCENE = 10;
  static final int INTRODUCED = 11;
  static final int RESTS = 12;
  static final int THUMBNAIL = 13;

  /** Of a loudness, in a unit. */
  static final int STEPS = 100;

  /** The rendition number of the sound. */
  static final int AUDIO = 255;

  private final OutputStream out;
  private final List<String> renditions;
  private byte[] message = new byte[256 * 1024];

  ReportWriter(OutputStream out, CompositionSpec spec) {
    this.out = out;
    this.renditions = spec.renditions().stream().map(CompositionSpec.VideoRendition::id).toList();
  }

  /** Tells the instant of the program's time zero. */
  void started(long zeroNanos) {
    send(ByteBuffer.allocate(13).putInt(9).put((byte) STARTED).putLong(zeroNanos));
  }

  @Override
  public void format(
      String renditionId, boolean video, int width, int height, ByteBuffer config, int timescale) {
    int body = 14 + config.remaining();
    ByteBuffer report = ByteBuffer.allocate(4 + body).putInt(body).put((byte) FORMAT);
    report.put((byte) number(renditionId)).putInt(width).putInt(height).putInt(timescale);
    send(report.put(config.duplicate()));
  }

  @Override
  public synchronized void sample(
      String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
    int body = 15 + payload.remaining();
    if (message.length < 4 + body) {
      message = new byte[2 * body];
    }
    ByteBuffer report = ByteBuffer.wrap(message).putInt(body).put((byte) SAMPLE);
    report.put((byte) number(renditionId)).put((byte) (sync ? 1 : 0));
    send(report.putLong(timeTicks).putInt(durationTicks).put(payload.duplicate()));
  }

  @Override
  public void sound(String without, ByteBuffer payload, long timeTicks) {
    int body = 9 + Wire.bytesOf(without) + payload.remaining();
    ByteBuffer report = ByteBuffer.allocate(4 + body).putInt(body).put((byte) SOUND);
    report.putLong(timeTicks);
    Wire.put(report, without);
    send(report.put(payload.duplicate()));
  }

  @Override
  public void loudness(double lufs) {
    int steps = (int) Math.round(lufs * STEPS);
    send(ByteBuffer.allocate(9).putInt(5).put((byte) LOUDNESS).putInt(steps));
  }

  @Override
  public void load(Shed shed, long lateNanos) {
    int lateMillis = (int) Math.min(Integer.MAX_VALUE, lateNanos / 1_000_000);
    send(
        ByteBuffer.allocate(10)
            .putInt(6)
            .put((byte) LOAD)
            .put((byte) shed.step())
            .putInt(lateMillis));
  }

  /** To the log, for whoever wants to know why. */
  @Override
  public void shedding(Shed now, Strain strain) {
    System.err.printf(
        Locale.ROOT,
        "Goes without %s: %d ms late, %s works %.0f %% of its time%n",
        now,
        TimeUnit.NANOSECONDS.toMillis(strain.lateNanos()),
        strain.busiest(),
        100 * strain.busy());
  }

  @Override
  public void keyFrameWanted(String sourceId) {
    text(KEY_FRAME, sourceId);
  }

  /** A source's pictures are left out for so long. */
  void rests(String sourceId, long nanos) {
    int body = 5 + Wire.bytesOf(sourceId);
    ByteBuffer report = ByteBuffer.allocate(4 + body).putInt(body).put((byte) RESTS);
    report.putInt((int) TimeUnit.NANOSECONDS.toMillis(nanos));
    Wire.put(report, sourceId);
    send(report);
  }

  @Override
  public void introduced(String participantId) {
    text(INTRODUCED, participantId);
  }

  /** Says why the program cannot go on. */
  void failed(String sentence) {
    text(FAILED, sentence);
  }

  @Override
  public void scene(ShownScene scene) {
    int body = 11;
    for (ShownScene.Tile tile : scene.tiles()) {
      body += 9 + Wire.bytesOf(tile.participantId());
    }
    ByteBuffer report = ByteBuffer.allocate(4 + body).putInt(body).put((byte) SCENE);
    report.putLong(scene.timeTicks());
    report.put((byte) Math.max(0, Composition.LAYOUTS.indexOf(scene.layout())));
    report.put((byte) scene.tiles().size());
    for (ShownScene.Tile tile : scene.tiles()) {
      report.put((byte) SceneReports.KINDS.indexOf(tile.kind()));
      report.putShort((short) tile.x()).putShort((short) tile.y());
      report.putShort((short) tile.width()).putShort((short) tile.height());
      Wire.put(report, tile.participantId());
    }
    send(report);
  }

  @Override
  public void thumbnail(ByteBuffer jpeg, long timeTicks) {
    int body = 9 + jpeg.remaining();
    ByteBuffer report = ByteBuffer.allocate(4 + body).putInt(body).put((byte) THUMBNAIL);
    send(report.putLong(timeTicks).put(jpeg.duplicate()));
  }

  /** Says that nothing comes after this. */
  void ended() {
    send(ByteBuffer.allocate(5).putInt(1).put((byte) ENDED));
  }

  private void text(int type, String text) {
    int body = 1 + Wire.bytesOf(text);
    ByteBuffer report = ByteBuffer.allocate(4 + body).putInt(body).put((byte) type);
    Wire.put(report, text);
    send(report);
  }

  private int number(String renditionId) {
    return renditionId.equals(CompositionSpec.AUDIO) ? AUDIO : renditions.indexOf(renditionId);
  }

  /** The node reads without pause; when it is gone, so is this process. */
  private synchronized void send(ByteBuffer report) {
    try {
      out.write(report.array(), report.arrayOffset(), report.position());
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("The node does not read any more", e);
    }
  }
}
