package dev.amphi.server.load.composer;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.Shed;
import dev.amphi.composer.process.ProcessComposer;
import dev.amphi.server.load.LoadFailed;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A room's program in a child process as the node starts it; counts what comes out of it. */
final class ProgramRoom implements Contestant.Running, ProgramListener {
  /** Sees the best rendition's samples, on the thread that brings them. */
  interface Watcher {
    /** Nobody. */
    Watcher NOBODY = (payload, timeTicks) -> {};

    /**
     * The rendition's coding is known.
     *
     * @param codecConfig the avcC box's content, valid during the call only
     * @param startsAt the wall clock at the program's time zero
     */
    default void format(ByteBuffer codecConfig, Instant startsAt) {}

    /** One coded picture; the payload is valid during the call only. */
    void sample(ByteBuffer payload, long timeTicks);
  }

  private static final int MOST_ENDING_SECONDS = 10;

  private final Composition composition;
  private final String best;
  private final Watcher watcher;
  private final long pid;
  private final Feeder feeder;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile long frames;
  private volatile long pictures;
  private volatile long bytes;
  private volatile String settings = "";
  private volatile String failure = "";
  private volatile Shed most = Shed.NOTHING;
  private volatile long latestMillis;

  /**
   * Starts a program and feeds it. One at a time, so that its process is known.
   *
   * @param fed sees what the sources bring
   */
  ProgramRoom(
      ProcessComposer composer,
      CompositionSpec spec,
      String layout,
      List<BenchSource> sources,
      Feeder.Fed fed,
      Watcher watcher)
      throws LoadFailed {
    this.watcher = watcher;
    best = spec.renditions().getFirst().id();
    Set<Long> before = children();
    composition = composer.start(spec, this);
    Set<Long> born = new HashSet<>(children());
    born.removeAll(before);
    if (born.size() != 1) {
      composition.close();
      throw new LoadFailed("The composer started " + born.size() + " processes instead of one.");
    }
    pid = born.iterator().next();
    composition.layout(layout, "");
    sources.forEach(source -> composition.putSource(source.spec()));
    feeder = new Feeder(composition, sources, fed);
  }

  private static Set<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  Composition composition() {
    return composition;
  }

  /** The most that it went without since the last {@link #forget}. */
  Shed most() {
    return most;
  }

  /** How late its pictures were at most since then, as it says itself, once a second. */
  long latestMillis() {
    return latestMillis;
  }

  /** Begins to observe anew. */
  void forget() {
    most = Shed.NOTHING;
    latestMillis = 0;
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
      int epoch) {
    if (renditionId.equals(best)) {
      watcher.format(codecConfig, startsAt);
    }
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // called from one thread
  public void sample(
      String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
    if (!renditionId.equals(best)) {
      return;
    }
    watcher.sample(payload, timeTicks);
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
  public void load(Shed shed, long lateMillis) {
    if (shed.includes(most)) {
      most = shed;
    }
    latestMillis = Math.max(latestMillis, lateMillis);
  }

  @Override
  public void keyFrameWanted(String sourceId) {}

  @Override
  public void interrupted(String reason) {
    failure = reason;
  }

  @Override
  public void ended() {
    over.countDown();
  }

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

  /** Ends the program and its process. */
  @Override
  public void close() {
    feeder.close();
    composition.close();
    try {
      if (!over.await(MOST_ENDING_SECONDS, TimeUnit.SECONDS)) {
        failure = "it did not end";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
