package dev.amphi.server.load.composer;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.process.ChildCommand;
import dev.amphi.composer.process.ProcessComposer;
import dev.amphi.server.load.LoadFailed;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** This composer: the child process as the node starts it, fed as the node feeds it. */
final class AmphiContestant implements Contestant {
  static final String NAME = "Amphi";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return "Amphi on Java "
        + Runtime.version().feature()
        + ", the libraries of the preset's FFmpeg in the child process";
  }

  @Override
  public Running start(BenchScene scene) throws LoadFailed {
    ProcessComposer composer =
        new ProcessComposer(
            ChildCommand.likeThisProcess(), System::nanoTime, InstantSource.system());
    Set<Long> before = children();
    Room room = new Room(composer, scene);
    Set<Long> born = new HashSet<>(children());
    born.removeAll(before);
    if (born.size() != 1) {
      room.close();
      throw new LoadFailed("The composer started " + born.size() + " processes instead of one.");
    }
    room.pid = born.iterator().next();
    return room;
  }

  private static Set<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  private static final class Room implements Running, ProgramListener {
    private final ProcessComposer composer;
    private final Composition composition;
    private final Feeder feeder;
    private final String best;
    private long pid;
    private volatile long frames;
    private volatile long pictures;
    private volatile long bytes;
    private volatile String settings = "";
    private volatile String failure = "";

    Room(ProcessComposer composer, BenchScene scene) {
      this.composer = composer;
      best = scene.best().id();
      CompositionSpec spec =
          new CompositionSpec(
              "bench-" + scene.of().id(),
              "Bench",
              scene.best().width(),
              scene.best().height(),
              BenchScene.FRAMES_PER_SECOND,
              BenchScene.FRAMES_PER_SEGMENT,
              scene.renditions(),
              BenchScene.AUDIO_BPS);
      composition = composer.start(spec, this);
      composition.layout(scene.layout(), "");
      scene.sources().forEach(source -> composition.putSource(source.spec()));
      feeder = new Feeder(composition, scene.sources());
    }

    @Override
    public void format(
        String renditionId,
        boolean video,
        int width,
        int height,
        ByteBuffer codecConfig,
        int timescale,
        Instant startsAt,
        int epoch) {}

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // called from one thread
    public void sample(
        String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
      if (!renditionId.equals(best)) {
        return;
      }
      if (settings.isEmpty()) {
        byte[] unit = new byte[payload.remaining()];
        payload.duplicate().get(unit);
        settings = H264Meter.settings(unit);
      }
      bytes += payload.remaining();
      pictures++;
      frames = (timeTicks + durationTicks) * BenchScene.FRAMES_PER_SECOND / 90_000;
    }

    @Override
    public void keyFrameWanted(String sourceId) {}

    @Override
    public void interrupted(String reason) {
      failure = reason;
    }

    @Override
    public void ended() {}

    @Override
    public long pid() {
      return pid;
    }

    @Override
    public long frames() {
      return frames;
    }

    @Override
    public long pictures() {
      return pictures;
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public String settings() {
      return settings;
    }

    @Override
    public String failure() {
      return failure;
    }

    @Override
    public void close() {
      feeder.close();
      composition.close();
      composer.close();
    }
  }
}
