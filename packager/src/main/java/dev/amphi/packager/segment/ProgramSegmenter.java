package dev.amphi.packager.segment;

import dev.amphi.packager.mp4.Sample;
import dev.amphi.packager.mp4.TrackFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts all renditions of a program at the same instants: pictures at their sync samples, sound
 * where the leading picture was cut. Confined to one caller; pure.
 *
 * <p>A program is made of periods: each begins with formats, and what was made before it never goes
 * on. At its end every rendition has the same number of segments, and so the same number of
 * discontinuities (RFC 8216bis §6.2.4); the time until the next is told as segments that are
 * missing (§6.2.1).
 */
public final class ProgramSegmenter {
  /** Less than this is not told as missing. */
  private static final Duration SHORTEST_GAP = Duration.ofMillis(100);

  /** More than this is a clock that was put right, not a program that was away. */
  private static final Duration LONGEST_GAP = Duration.ofMinutes(1);

  private final SegmentPlan plan;
  private final SegmentListener listener;
  private final Map<String, RenditionSegmenter> renditions = new LinkedHashMap<>();
  private final Map<String, SoundQueue> sounds = new HashMap<>();

  /** Those that have not got their format of this period yet. */
  private final Set<String> awaited = new HashSet<>();

  private @Nullable RenditionSegmenter lead;
  private @Nullable MediaTime leadEnd;

  /** Whether nothing of this period has come yet. */
  private boolean beginning = true;

  private long unknown;

  public ProgramSegmenter(SegmentPlan plan, SegmentListener listener) {
    this.plan = plan;
    this.listener = listener;
  }

  /** Declares a rendition; one that is known already begins a new period. */
  public void format(String renditionId, TrackFormat format, Instant startsAt) {
    RenditionSegmenter known = renditions.get(renditionId);
    if (known == null) {
      declare(renditionId, format, startsAt);
      return;
    }
    if (known.video() != format.video()) {
      throw new IllegalArgumentException(
          "rendition " + renditionId + " cannot turn from sound to picture or back");
    }
    if (!awaited.contains(renditionId)) {
      endPeriod();
    }
    awaited.remove(renditionId);
    known.reformat(format, startsAt);
  }

  private void declare(String renditionId, TrackFormat format, Instant startsAt) {
    long firstMsn = lead == null ? 0 : lead.nextMsn();
    RenditionSegmenter segmenter =
        new RenditionSegmenter(
            renditionId, plan, format, startsAt, listener, firstMsn, beginning && firstMsn > 0);
    renditions.put(renditionId, segmenter);
    if (!format.video()) {
      sounds.put(renditionId, new SoundQueue(segmenter));
    } else if (lead == null) {
      lead = segmenter;
    }
  }

  /** Takes a sample of a declared rendition; others are counted and left out. */
  public void sample(String renditionId, Sample sample) {
    RenditionSegmenter segmenter = renditions.get(renditionId);
    if (segmenter == null || sample.durationTicks() <= 0 || sample.payload().length() == 0) {
      unknown++;
      return;
    }
    if (awaited.remove(renditionId)) {
      segmenter.goOn(); // Others have begun anew, this one as it was.
    }
    SoundQueue sound = sounds.get(renditionId);
    if (sound != null) {
      sound.add(sample);
      sound(segmenter, sound);
    } else {
      picture(segmenter, sample);
    }
  }

  /** Samples that were left out: undeclared, empty, or out of order. */
  public long dropped() {
    return unknown + renditions.values().stream().mapToLong(RenditionSegmenter::dropped).sum();
  }

  /** Whoever made the program is gone: what was begun is ended, and what comes is a new period. */
  public void interrupted() {
    if (!isAway()) {
      endPeriod();
    }
  }

  /** Whether what comes next is known to be a new period. */
  public boolean isAway() {
    return !renditions.isEmpty() && awaited.size() == renditions.size();
  }

  /**
   * Nothing was made for so long: told as a segment that is missing. Of what comes late for this
   * time nothing is taken any more.
   */
  public void missing(Duration time) {
    closeAll();
    Instant end = latestEnd();
    if (end != null) {
      miss(end.plus(time));
    }
  }

  /** Something happens in the class: told inside every picture's next part. */
  public void happens(String type, Instant at, long eventId, String text) {
    for (RenditionSegmenter rendition : renditions.values()) {
      if (rendition.video()) {
        rendition.happens(type, at, eventId, text);
      }
    }
  }

  /** Publishes what waits and ends every open segment. */
  public void end() {
    closeAll();
  }

  private void picture(RenditionSegmenter segmenter, Sample sample) {
    if (segmenter.equals(lead)) {
      if (!sample.sync() && leadEnd == null) {
        unknown++;
        return;
      }
      if (segmenter.beginsSegment(sample, sample.sync())) {
        MediaTime cut = new MediaTime(sample.timeTicks(), segmenter.timescale());
        sounds.values().forEach(sound -> sound.cut(cut));
      }
      leadEnd = new MediaTime(sample.endTicks(), segmenter.timescale());
    }
    begin(segmenter, new MediaTime(sample.timeTicks(), segmenter.timescale()));
    segmenter.append(sample, sample.sync());
    if (segmenter.equals(lead)) {
      sounds.values().forEach(sound -> sound.drain(leadEnd, false));
    }
  }

  private void sound(RenditionSegmenter segmenter, SoundQueue sound) {
    MediaTime first = sound.first();
    if (first != null && sound.waitedTooLong()) {
      begin(segmenter, first);
    }
    sound.drain(leadEnd, false);
  }

  /** The first of a period tells how long nothing was made before. */
  private void begin(RenditionSegmenter segmenter, MediaTime at) {
    if (!beginning) {
      return;
    }
    beginning = false;
    Instant end = earliestEnd(); // A process that dies may have brought less sound than picture.
    if (end != null) {
      Instant begins = segmenter.wallClock(at);
      Duration away = Duration.between(end, begins);
      if (away.compareTo(SHORTEST_GAP) >= 0 && away.compareTo(LONGEST_GAP) <= 0) {
        miss(begins);
      }
    }
  }

  private void endPeriod() {
    closeAll();
    level();
    awaited.addAll(renditions.keySet());
    beginning = true;
  }

  private void closeAll() {
    sounds.values().forEach(sound -> sound.drain(leadEnd, true));
    sounds.values().forEach(SoundQueue::reset);
    leadEnd = null;
    renditions.values().forEach(RenditionSegmenter::closeSegment);
  }

  /** A rendition that was cut short of its last segments gets them as missing ones. */
  private void level() {
    long most = renditions.values().stream().mapToLong(RenditionSegmenter::nextMsn).max().orElse(0);
    Instant end = latestEnd();
    Instant start =
        renditions.values().stream()
            .map(RenditionSegmenter::begunAt)
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .orElse(null);
    if (end != null && start != null) {
      renditions.values().forEach(r -> r.miss((int) (most - r.nextMsn()), start, end));
    }
  }

  private void miss(Instant until) {
    long millis = 0;
    for (RenditionSegmenter rendition : renditions.values()) {
      Instant end = rendition.endsAt();
      if (end != null) {
        millis = Math.max(millis, Duration.between(end, until).toMillis());
      }
    }
    int count = Math.ceilDiv((int) millis, plan.targetDurationS() * 1000);
    renditions.values().forEach(r -> r.miss(count, until, until));
  }

  private @Nullable Instant latestEnd() {
    return ends().max(Instant::compareTo).orElse(null);
  }

  private @Nullable Instant earliestEnd() {
    return ends().min(Instant::compareTo).orElse(null);
  }

  private Stream<Instant> ends() {
    return renditions.values().stream().map(RenditionSegmenter::endsAt).filter(Objects::nonNull);
  }
}
