package dev.amphi.server.room;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.Shed;
import dev.amphi.composer.api.ShownScene;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.ThumbnailShape;
import dev.amphi.interactive.api.ProgramRendition;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.push.CodedFormat;
import dev.amphi.server.push.ClassPushes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Carries what a composition makes to the broadcast, once the class is on air. Called by the
 * composition's thread and by the class; a lock keeps the broadcast to one caller at a time.
 */
final class Program implements ProgramListener {
  private static final System.Logger LOG = System.getLogger(Program.class.getName());
  private static final long NANOS = 1_000_000_000L;
  private static final long LONGEST_END_NANOS = 5 * NANOS + Slate.FAREWELL_NANOS;

  private record Format(
      String id,
      boolean video,
      int width,
      int height,
      ByteBuffer config,
      int timescale,
      Instant startsAt,
      int epoch) {}

  private final CompositionSpec spec;
  private final Ownership ownership;
  private final ProgramFeed feed;
  private final Consumer<String> keyFrames;
  private final Consumer<ShownScene> scenes;
  private final ClassPushes pushes;
  private final RoomCounters counters;
  private final LongSupplier nanoClock;
  private String shown = "";
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final Map<String, Format> formats = new LinkedHashMap<>();
  private final AirGate gate = new AirGate();
  private @Nullable Broadcast broadcast;
  private long broadcastEpoch;
  private final Object healthLock = new Object();
  private volatile ProgramHealth health = ProgramHealth.GOOD;

  /**
   * @param ownership is asked before each sample, so that a node that was paused publishes nothing
   * @param feed brings the program to those who watch it over WebRTC
   * @param keyFrames is told the source that a decoder wants a key frame of
   * @param scenes is told what the picture shows
   * @param pushes get what is on air
   * @param counters is told of restarts and loudness
   * @param nanoClock the machine's monotonic clock
   */
  Program(
      CompositionSpec spec,
      Ownership ownership,
      ProgramFeed feed,
      Consumer<String> keyFrames,
      Consumer<ShownScene> scenes,
      ClassPushes pushes,
      RoomCounters counters,
      LongSupplier nanoClock) {
    this.spec = spec;
    this.ownership = ownership;
    this.feed = feed;
    this.keyFrames = keyFrames;
    this.scenes = scenes;
    this.pushes = pushes;
    this.counters = counters;
    this.nanoClock = nanoClock;
  }

  /** From the next key frame on, everything goes to {@code target}, for as long as its epoch is. */
  synchronized void onAir(Broadcast target, long epoch) {
    broadcast = target;
    broadcastEpoch = epoch;
    gate.close();
    formats.values().forEach(this::declare);
    tell(target);
  }

  /** The pictures, the best first. */
  List<ProgramRendition> renditions() {
    return spec.renditions().stream()
        .map(
            each ->
                new ProgramRendition(
                    each.id(),
                    each.width(),
                    each.height(),
                    spec.framesPerSecond(),
                    each.bitrateBps()))
        .toList();
  }

  /** How it does; from any thread. */
  ProgramHealth health() {
    return health;
  }

  /** The composition tells it, and whoever takes a source out. */
  private void health(UnaryOperator<ProgramHealth> change) {
    synchronized (healthLock) {
      health = change.apply(health);
    }
  }

  /** Done when the last sample has come. */
  CompletableFuture<Void> over() {
    return over;
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
    ByteBuffer copy = ByteBuffer.allocate(codecConfig.remaining()).put(codecConfig.duplicate());
    Format format =
        new Format(renditionId, video, width, height, copy.flip(), timescale, startsAt, epoch);
    Format before = formats.put(renditionId, format);
    if (before != null && before.epoch() != epoch) {
      gate.restarted();
    }
    declare(format);
    feed.format(renditionId, video, copy, startsAt, epoch);
    pushes.format(
        renditionId,
        new CodedFormat(video, width, height, bitrateBps(renditionId), copy.array()),
        timescale,
        startsAt,
        epoch);
  }

  private void declare(Format format) {
    if (broadcast != null) {
      broadcast.format(
          format.id(),
          format.video(),
          format.width(),
          format.height(),
          bitrateBps(format.id()),
          format.config().duplicate(),
          format.timescale(),
          format.startsAt());
    }
  }

  private int bitrateBps(String renditionId) {
    for (CompositionSpec.VideoRendition rendition : spec.renditions()) {
      if (rendition.id().equals(renditionId)) {
        return rendition.bitrateBps();
      }
    }
    return spec.audioBitrateBps();
  }

  @Override
  public synchronized void sample(
      String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
    Format format = formats.get(renditionId);
    if (format != null && format.video() && ownership.isValid()) {
      feed.picture(renditionId, payload, timeTicks, sync);
    }
    if (broadcast == null || format == null || !ownership.isValid(broadcastEpoch)) {
      return;
    }
    long seconds = timeTicks / format.timescale();
    long startNanos = seconds * NANOS + timeTicks % format.timescale() * NANOS / format.timescale();
    if (gate.passes(renditionId, startNanos, sync && format.video())) {
      pushes.sample(renditionId, payload, timeTicks, durationTicks, sync);
      broadcast.sample(renditionId, payload, timeTicks, durationTicks, sync);
    }
  }

  @Override
  public void sound(String without, ByteBuffer payload, long timeTicks) {
    if (ownership.isValid()) {
      feed.sound(without, payload, timeTicks);
    }
  }

  @Override
  public synchronized void scene(ShownScene scene, Instant startsAt) {
    feed.scene(scene);
    scenes.accept(scene);
    shown = SceneLine.write(spec, scene, startsAt);
    if (broadcast != null && ownership.isValid(broadcastEpoch)) {
      tell(broadcast);
    }
  }

  @Override
  public synchronized void thumbnail(
      ByteBuffer jpeg, ThumbnailShape shape, long timeTicks, Instant startsAt) {
    if (broadcast != null && ownership.isValid(broadcastEpoch)) {
      Instant at = startsAt.plusNanos(timeTicks * 100_000 / 9);
      broadcast.thumbnail(at, shape.width(), shape.height(), jpeg);
    }
  }

  private void tell(Broadcast target) {
    if (!shown.isEmpty()) {
      target.scene(shown);
    }
  }

  @Override
  public void loudness(double lufs) {
    counters.programLoudness(lufs);
  }

  @Override
  public void keyFrameWanted(String sourceId) {
    keyFrames.accept(sourceId);
  }

  @Override
  public synchronized void interrupted(String reason) {
    if (broadcast != null && ownership.isValid(broadcastEpoch)) {
      broadcast.interrupted();
    }
    LOG.log(System.Logger.Level.WARNING, "room={0} composer restarts: {1}", spec.roomId(), reason);
    counters.composerRestarted();
    health(ProgramHealth::restarted);
  }

  @Override
  public void load(Shed shed, long lateMillis) {
    ProgramHealth before = health;
    if (before.shed() != shed) {
      LOG.log(
          System.Logger.Level.INFO,
          "room={0} program goes without={1} before={2} late_ms={3}",
          spec.roomId(),
          shed,
          before.shed(),
          lateMillis);
    }
    counters.programLoad(shed, lateMillis);
    health(now -> now.loaded(shed, lateMillis));
  }

  @Override
  public void rests(String sourceId, long millis) {
    LOG.log(
        System.Logger.Level.INFO,
        "room={0} track={1} rests ms={2}: decoding its pictures takes too much",
        spec.roomId(),
        sourceId,
        Long.toString(millis));
    long nowNanos = nanoClock.getAsLong();
    long untilNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
    health(now -> now.resting(sourceId, untilNanos, nowNanos));
  }

  @Override
  public void quarantined(String sourceId, String reason) {
    LOG.log(
        System.Logger.Level.WARNING,
        "room={0} track={1} is in quarantine: {2}",
        spec.roomId(),
        sourceId,
        reason);
    counters.quarantined(spec.roomId(), sourceId);
    health(now -> now.without(sourceId));
  }

  @Override
  public void released(String sourceId) {
    LOG.log(
        System.Logger.Level.INFO,
        "room={0} track={1} is in quarantine no longer",
        spec.roomId(),
        sourceId);
    health(now -> now.released(sourceId));
  }

  @Override
  public void ended() {
    over.complete(null);
  }

  /** Closes a composition and waits for its last sample, but not for ever. */
  static CompletableFuture<Void> close(Composition composition, Program program) {
    composition.close();
    return program.over.completeOnTimeout(null, LONGEST_END_NANOS, TimeUnit.NANOSECONDS);
  }
}
