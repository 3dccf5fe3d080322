package dev.amphi.packager.segment;

import dev.amphi.packager.mp4.EventMessage;
import dev.amphi.packager.mp4.FragmentWriter;
import dev.amphi.packager.mp4.InitSegmentWriter;
import dev.amphi.packager.mp4.Sample;
import dev.amphi.packager.mp4.TrackFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts the samples of one rendition into parts and segments. Confined to one caller. */
final class RenditionSegmenter {
  private final String id;
  private final SegmentPlan plan;
  private final SegmentListener listener;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Part.Listing> parts = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private TrackFormat format;
  private Instant startsAt;
  private int initIndex;

  /** The header of the last segment. */
  private int listedInit;

  private long nextMsn;
  private long nextChunk = 1;
  private boolean discontinuity;
  private @Nullable OpenSegment open;
  private long segmentStartTicks;
  private int segmentSamples;
  private long segmentBytes;
  private int keyBytes;
  private long endTicks;
  private @Nullable Instant begunAt;
  private @Nullable Instant endsAt;

  /** Whether only a picture that needs no other may come next. */
  private boolean needsSync;

  private long dropped;

  /**
   * @param firstMsn the number of its first segment
   * @param discontinuity whether that begins a new period
   */
  RenditionSegmenter(
      String id,
      SegmentPlan plan,
      TrackFormat format,
      Instant startsAt,
      SegmentListener listener,
      long firstMsn,
      boolean discontinuity) {
    this.id = id;
    this.plan = plan;
    this.format = format;
    this.startsAt = startsAt;
    this.listener = listener;
    this.nextMsn = firstMsn;
    this.discontinuity = discontinuity;
    this.needsSync = format.video();
    listener.formatChanged(id, initIndex, format, startsAt, InitSegmentWriter.write(format));
  }

  boolean video() {
    return format.video();
  }

  int timescale() {
    return format.timescale();
  }

  /** Samples that came out of order and were left out. */
  long dropped() {
    return dropped;
  }

  /** The number of the segment after the last, or after the open one. */
  long nextMsn() {
    return nextMsn;
  }

  /** The wall clock at a time of this period. */
  Instant wallClock(MediaTime time) {
    return time.after(startsAt);
  }

  /** When its first segment began; null before it. */
  @Nullable Instant begunAt() {
    return begunAt;
  }

  /** When its last whole segment ends; null before it. */
  @Nullable Instant endsAt() {
    return endsAt;
  }

  /** Tells with the next part that something happens. */
  void happens(String type, Instant at, long eventId, String text) {
    events.add(new Event(type, at, eventId, text));
  }

  private List<EventMessage> messages() {
    return events.stream().map(event -> event.message(startsAt, format.timescale())).toList();
  }

  /** Cuts the open segment short; what follows is coded or timed anew. */
  void reformat(TrackFormat newFormat, Instant newStartsAt) {
    goOn();
    format = newFormat;
    startsAt = newStartsAt;
    endTicks = 0;
    initIndex++;
    listener.formatChanged(id, initIndex, format, startsAt, InitSegmentWriter.write(format));
  }

  /** Cuts the open segment short; what follows does not continue it, though coded alike. */
  void goOn() {
    closeSegment();
    discontinuity = nextMsn > 0;
    needsSync = format.video();
  }

  /**
   * So many segments are missing before an instant.
   *
   * @param from where they begin if there was none yet
   */
  void miss(int count, Instant from, Instant until) {
    if (count <= 0) {
      return;
    }
    Instant begin = endsAt == null ? from : endsAt;
    Instant earliest = until.minusSeconds((long) count * plan.targetDurationS());
    if (begin.isBefore(earliest)) {
      begin = earliest; // One that was declared late has no more to miss than its segments hold.
    }
    long ticks = Math.max(count, ticks(Duration.between(begin, until)));
    if (begunAt == null) {
      begunAt = begin;
    }
    for (int i = 0; i < count; i++) {
      long at = ticks * i / count;
      long length = ticks * (i + 1) / count - at;
      listener.segmentMissing(
          id,
          new Segment(
              nextMsn++,
              new MediaTime(0, format.timescale()),
              new MediaTime(at, format.timescale()).after(begin),
              new MediaTime(length, format.timescale()),
              listedInit,
              false,
              true,
              missingParts(length),
              0,
              0,
              0));
      needsSync = format.video();
      endTicks = Math.max(endTicks, ticks(Duration.between(startsAt, until)));
      endsAt = new MediaTime(at + length, format.timescale()).after(begin);
    }
  }

  private List<Part.Listing> missingParts(long ticks) {
    long step = plan.part().ticks() * format.timescale() / plan.part().timescale();
    List<Part.Listing> missing = new ArrayList<>();
    for (long at = 0; at < ticks; at += step) {
      MediaTime length = new MediaTime(Math.min(step, ticks - at), format.timescale());
      missing.add(new Part.Listing(length, false));
    }
    return missing;
  }

  private long ticks(Duration time) {
    return Math.floorDiv(time.toNanos() / 1000 * format.timescale(), 1_000_000L);
  }

  /** Whether a segment would begin with this sample. */
  boolean beginsSegment(Sample sample, boolean cut) {
    long wouldLast = sample.endTicks() - segmentStartTicks;
    return open == null || cut || wouldLast > (long) plan.targetDurationS() * format.timescale();
  }

  /**
   * Takes a sample.
   *
   * @param cut whether a segment begins here; it also does where the one before would become longer
   *     than the target duration
   */
  void append(Sample sample, boolean cut) {
    if (sample.timeTicks() < endTicks || (needsSync && !sample.sync())) {
      dropped++;
      return;
    }
    needsSync = false;
    if (open != null && sample.timeTicks() > endTicks) {
      bridge(sample.timeTicks());
    }
    if (beginsSegment(sample, cut)) {
      closeSegment();
      openSegment(sample);
    }
    samples.add(sample);
    endTicks = sample.endTicks();
    if (partIsDue()) {
      closePart();
    }
  }

  /** Ends the open segment where it is. */
  void closeSegment() {
    OpenSegment segment = open;
    if (segment == null) {
      return;
    }
    closePart();
    open = null;
    endsAt = new MediaTime(endTicks, format.timescale()).after(startsAt);
    long ticks = endTicks - segmentStartTicks;
    listener.segmentCompleted(
        id,
        new Segment(
            segment.msn(),
            new MediaTime(segmentStartTicks, format.timescale()),
            segment.startsAt(),
            new MediaTime(ticks, format.timescale()),
            segment.initIndex(),
            segment.discontinuity(),
            false,
            List.copyOf(parts),
            keyBytes,
            segmentSamples,
            segmentBytes));
    parts.clear();
  }

  private void openSegment(Sample first) {
    MediaTime start = new MediaTime(first.timeTicks(), format.timescale());
    OpenSegment segment =
        new OpenSegment(nextMsn++, start, start.after(startsAt), initIndex, discontinuity);
    open = segment;
    listedInit = initIndex;
    if (begunAt == null) {
      begunAt = segment.startsAt();
    }
    discontinuity = false;
    segmentStartTicks = first.timeTicks();
    segmentBytes = 0;
    segmentSamples = 0;
    listener.segmentStarted(id, segment);
  }

  /**
   * A missing sample: the one before is shown until the next comes, if that is in this segment; or
   * the next part begins later.
   */
  private void bridge(long until) {
    boolean fits = until - segmentStartTicks <= (long) plan.targetDurationS() * format.timescale();
    if (fits && !samples.isEmpty()) {
      Sample last = samples.removeLast();
      int longer = (int) (until - last.timeTicks());
      samples.add(new Sample(last.payload(), last.timeTicks(), longer, last.sync()));
      endTicks = until;
      if (partIsDue()) {
        closePart();
      }
    }
  }

  private boolean partIsDue() {
    MediaTime grid = plan.part();
    long done = (samples.getFirst().timeTicks() - segmentStartTicks) * grid.timescale();
    long step = grid.ticks() * format.timescale();
    // A sound frame crosses the grid, so a part may begin up to a frame after its grid line.
    long boundary = (Math.floorDiv(done, step) + 1) * step;
    return (endTicks - segmentStartTicks) * grid.timescale() >= boundary;
  }

  private void closePart() {
    OpenSegment segment = open;
    if (segment == null || samples.isEmpty()) {
      return;
    }
    Sample first = samples.getFirst();
    Part part =
        new Part(
            segment.msn(),
            parts.size(),
            new MediaTime(first.timeTicks(), format.timescale()),
            endTicks - first.timeTicks(),
            first.sync(),
            FragmentWriter.write(samples, nextChunk++, parts.isEmpty(), messages()));
    events.clear();
    if (parts.isEmpty()) {
      int others = samples.stream().skip(1).mapToInt(sample -> sample.payload().length()).sum();
      keyBytes = format.video() && first.sync() ? part.data().length() - others : 0;
    }
    segmentSamples += samples.size();
    samples.clear();
    parts.add(part.listing());
    segmentBytes += part.data().length();
    listener.partCompleted(id, part);
  }
}
