package dev.amphi.composer.process;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.CompositionSpec.VideoRendition;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.Shed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads what one child says and believes nothing of it: known renditions only, their sizes as
 * ordered, times without a gap and not ahead of the clock, lengths capped. The first thing that is
 * not so ends the child.
 */
final class ReportReader {
  private static final int MOST_CONFIG_BYTES = 4 * 1024;
  private static final long MOST_AHEAD_NANOS = 5_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final int MOST_FRAMES = 8;
  private static final int LONGEST_REST_MILLIS = 60_000;
  private static final double QUIETEST = -70;
  private static final double LOUDEST = 10;

  private final CompositionSpec spec;
  private final ProgramListener listener;
  private final Predicate<String> isSource;
  private final Consumer<String> introduced;
  private final SoundReports sounds;
  private final SceneReports scenes;
  private final ThumbnailReports thumbnails;
  private final int epoch;
  private final long[] nextTicks;
  private final boolean[] known;
  private boolean started;
  private boolean ended;
  private Shed lastShed = Shed.NOTHING;
  private long zeroNanos;
  private Instant startsAt = Instant.EPOCH;

  /**
   * @param isSource whether the child was told of this source
   * @param isMix whether the child was asked for this mix
   * @param introduced is told whom the child claims to have told by name: any text
   */
  ReportReader(
      CompositionSpec spec,
      ProgramListener listener,
      Predicate<String> isSource,
      Predicate<String> isMix,
      Consumer<String> introduced,
      int epoch) {
    this.sounds = new SoundReports(listener, isMix);
    this.spec = spec;
    this.scenes = new SceneReports(spec);
    this.thumbnails = new ThumbnailReports(listener, spec);
    this.listener = listener;
    this.isSource = isSource;
    this.introduced = introduced;
    this.epoch = epoch;
    int renditions = spec.renditions().size() + 1; // the sound is the last
    this.nextTicks = new long[renditions];
    this.known = new boolean[renditions];
  }

  /** Takes one message, type first. */
  void accept(ByteBuffer report, long nowNanos, Instant now) throws BrokenWire {
    if (ended) {
      throw new BrokenWire("The child went on after it had ended");
    }
    int type = report.get();
    switch (type) {
      case ReportWriter.STARTED -> started(report, nowNanos, now);
      case ReportWriter.FORMAT -> format(report);
      case ReportWriter.SAMPLE -> sample(report, nowNanos);
      case ReportWriter.SOUND -> sound(report, nowNanos);
      case ReportWriter.LOUDNESS -> loudness(report);
      case ReportWriter.LOAD -> load(report);
      case ReportWriter.SCENE -> scene(report, nowNanos);
      case ReportWriter.KEY_FRAME -> keyFrame(report);
      case ReportWriter.RESTS -> rests(report);
      case ReportWriter.THUMBNAIL -> thumbnail(report, nowNanos);
      case ReportWriter.INTRODUCED -> introduced.accept(Wire.string(report));
      case ReportWriter.FAILED -> throw new BrokenWire(Wire.string(report));
      case ReportWriter.ENDED -> ended = true;
      default -> throw new BrokenWire("The child sent a report of type " + type);
    }
  }

  /** The instant up to which all renditions have come, or 0 before the program began. */
  long reachedNanos() {
    if (!started) {
      return 0;
    }
    long reached = Long.MAX_VALUE;
    for (int i = 0; i < nextTicks.length; i++) {
      int timescale = i < spec.renditions().size() ? 90_000 : 48_000;
      long seconds = nextTicks[i] / timescale;
      reached = Math.min(reached, seconds * SECOND + nextTicks[i] % timescale * SECOND / timescale);
    }
    return zeroNanos + reached;
  }

  /** What the child says that its program goes without. */
  Shed shed() {
    return lastShed;
  }

  /** Whether the child said that its program is over. */
  boolean ended() {
    return ended;
  }

  private void started(ByteBuffer report, long nowNanos, Instant now) throws BrokenWire {
    Wire.need(report, 8);
    zeroNanos = report.getLong();
    long age = nowNanos - zeroNanos;
    if (started || Math.abs(age) > MOST_AHEAD_NANOS) {
      throw new BrokenWire("The child says that it started " + age + " ns ago");
    }
    started = true;
    startsAt = now.minus(Duration.ofNanos(age));
  }

  private void format(ByteBuffer report) throws BrokenWire {
    Wire.need(report, 13);
    int rendition = rendition(report.get() & 0xff);
    int width = report.getInt();
    int height = report.getInt();
    int timescale = report.getInt();
    boolean video = rendition < spec.renditions().size();
    if (!started || known[rendition] || report.remaining() > MOST_CONFIG_BYTES) {
      throw new BrokenWire("The child told a format out of turn, or one that is too long");
    }
    if (video) {
      VideoRendition wanted = spec.renditions().get(rendition);
      if (width != wanted.width() || height != wanted.height()) {
        throw new BrokenWire(
            "The child codes %d×%d instead of %s".formatted(width, height, wanted));
      }
    }
    if (timescale != (video ? 90_000 : 48_000) || report.remaining() < 2) {
      throw new BrokenWire("The child's format has the timescale " + timescale);
    }
    known[rendition] = true;
    listener.format(
        id(rendition), video, width, height, report.slice(), timescale, startsAt, epoch);
  }

  private void sample(ByteBuffer report, long nowNanos) throws BrokenWire {
    Wire.need(report, 14);
    int rendition = rendition(report.get() & 0xff);
    boolean sync = report.get() != 0;
    long time = report.getLong();
    int duration = report.getInt();
    boolean video = rendition < spec.renditions().size();
    int frameTicks = video ? 90_000 / spec.framesPerSecond() : 1_024;
    if (!known[rendition] || time != nextTicks[rendition] || !lasts(video, duration, frameTicks)) {
      throw new BrokenWire(
          "A sample of %s has the time %d and the duration %d; expected was %d"
              .formatted(id(rendition), time, duration, nextTicks[rendition]));
    }
    long segmentTicks = (long) frameTicks * spec.framesPerSegment();
    if (video
        && (sync != (time % segmentTicks == 0) || time % segmentTicks + duration > segmentTicks)) {
      throw new BrokenWire("An IDR is missing, or out of place, at " + time);
    }
    requireNotAhead(time, video ? 90_000 : 48_000, nowNanos);
    nextTicks[rendition] = time + duration;
    listener.sample(id(rendition), report.slice(), time, duration, sync);
  }

  /** A picture may last several frames, a sound frame is always as long. */
  private static boolean lasts(boolean video, int duration, int frameTicks) {
    return duration == frameTicks
        || (video
            && duration > 0
            && duration % frameTicks == 0
            && duration <= MOST_FRAMES * frameTicks);
  }

  private void requireNotAhead(long time, int timescale, long nowNanos) throws BrokenWire {
    if (time / timescale * SECOND > nowNanos - zeroNanos + MOST_AHEAD_NANOS) {
      throw new BrokenWire("The child is ahead of the clock: " + time);
    }
  }

  private void sound(ByteBuffer report, long nowNanos) throws BrokenWire {
    Wire.need(report, 8);
    long time = report.getLong();
    if (!started) {
      throw new BrokenWire("The child sent sound before it started");
    }
    requireNotAhead(time, 48_000, nowNanos);
    sounds.accept(report, time);
  }

  private void loudness(ByteBuffer report) throws BrokenWire {
    Wire.need(report, 4);
    double lufs = report.getInt() / (double) ReportWriter.STEPS;
    if (!started || lufs < QUIETEST || lufs > LOUDEST) {
      throw new BrokenWire("The child claims a loudness of " + lufs + " LUFS");
    }
    listener.loudness(lufs);
  }

  private void load(ByteBuffer report) throws BrokenWire {
    Wire.need(report, 5);
    int step = report.get();
    int lateMillis = report.getInt();
    Optional<Shed> shed = Shed.ofStep(step);
    if (!started || shed.isEmpty() || lateMillis < 0) {
      throw new BrokenWire(
          "The child claims to have shed " + step + ", " + lateMillis + " ms late");
    }
    lastShed = shed.get();
    listener.load(lastShed, lateMillis);
  }

  private void scene(ByteBuffer report, long nowNanos) throws BrokenWire {
    Wire.need(report, 8);
    long time = report.getLong();
    if (!started) {
      throw new BrokenWire("The child told a scene before it started");
    }
    requireNotAhead(time, 90_000, nowNanos);
    listener.scene(scenes.read(time, report), startsAt);
  }

  private void thumbnail(ByteBuffer report, long nowNanos) throws BrokenWire {
    Wire.need(report, 8);
    long time = report.getLong();
    if (!started) {
      throw new BrokenWire("The child sent a small picture before it started");
    }
    requireNotAhead(time, 90_000, nowNanos);
    thumbnails.accept(report, time, startsAt);
  }

  private void keyFrame(ByteBuffer report) throws BrokenWire {
    String sourceId = Wire.string(report);
    if (isSource.test(sourceId)) { // it may have left a moment ago
      listener.keyFrameWanted(sourceId);
    }
  }

  private void rests(ByteBuffer report) throws BrokenWire {
    Wire.need(report, 4);
    int millis = report.getInt();
    String sourceId = Wire.string(report);
    if (millis < 1 || millis > LONGEST_REST_MILLIS) {
      throw new BrokenWire("The child lets a source rest for " + millis + " ms");
    }
    if (isSource.test(sourceId)) {
      listener.rests(sourceId, millis);
    }
  }

  private int rendition(int number) throws BrokenWire {
    int count = spec.renditions().size();
    if (number == ReportWriter.AUDIO) {
      return count;
    }
    if (number >= count) {
      throw new BrokenWire("The child told of a rendition " + number);
    }
    return number;
  }

  private String id(int rendition) {
    return rendition == spec.renditions().size()
        ? CompositionSpec.AUDIO
        : spec.renditions().get(rendition).id();
  }
}
