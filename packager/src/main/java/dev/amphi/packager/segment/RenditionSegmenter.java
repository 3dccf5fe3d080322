package dev.amphi.packager.segment;

import dev.amphi.packager.mp4.FragmentWriter;
import dev.amphi.packager.mp4.InitSegmentWriter;
import dev.amphi.packager.mp4.Sample;
import dev.amphi.packager.mp4.TrackFormat;
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
  private TrackFormat format;
  private Instant startsAt;
  private int initIndex;
  private long nextMsn;
  private long nextChunk = 1;
  private boolean discontinuity;
  private @Nullable OpenSegment open;
  private long segmentStartTicks;
  private int segmentSamples;
  private long segmentBytes;
  private long endTicks;
  private long dropped;

  RenditionSegmenter(
      String id, SegmentPlan plan, TrackFormat format, Instant startsAt, SegmentListener listener) {
    this.id = id;
    this.plan = plan;
    this.format = format;
    this.startsAt = startsAt;
    this.listener = listener;
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

  /** Cuts the open segment short; what follows is coded or timed anew. */
  void reformat(TrackFormat newFormat, Instant newStartsAt) {
    closeSegment();
    discontinuity = nextMsn > 0;
    format = newFormat;
    startsAt = newStartsAt;
    initIndex++;
    listener.formatChanged(id, initIndex, format, startsAt, InitSegmentWriter.write(format));
  }

  /**
   * Takes a sample.
   *
   * @param cut whether a segment begins here; it also does where the one before would become longer
   *     than the target duration
   */
  void append(Sample sample, boolean cut) {
    if (open != null && sample.timeTicks() < endTicks) {
      dropped++;
      return;
    }
    long wouldLast = sample.endTicks() - segmentStartTicks;
    if (open == null || cut || wouldLast > (long) plan.targetDurationS() * format.timescale()) {
      closeSegment();
      openSegment(sample);
    } else if (sample.timeTicks() > endTicks) {
      bridge(sample.timeTicks() - endTicks);
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
    long ticks = endTicks - segmentStartTicks;
    listener.segmentCompleted(
        id,
        new Segment(
            segment.msn(),
            segment.startsAt(),
            new MediaTime(ticks, format.timescale()),
            segment.initIndex(),
            segment.discontinuity(),
            List.copyOf(parts),
            segmentSamples,
            segmentBytes));
    parts.clear();
  }

  private void openSegment(Sample first) {
    OpenSegment segment =
        new OpenSegment(
            nextMsn++,
            new MediaTime(first.timeTicks(), format.timescale()).after(startsAt),
            initIndex,
            discontinuity);
    open = segment;
    discontinuity = false;
    segmentStartTicks = first.timeTicks();
    segmentBytes = 0;
    segmentSamples = 0;
    listener.segmentStarted(id, segment);
  }

  /** A missing sample: the one before is shown longer, or the next part begins later. */
  private void bridge(long gapTicks) {
    if (!samples.isEmpty()) {
      Sample last = samples.removeLast();
      int longer = (int) Math.min(Integer.MAX_VALUE, last.durationTicks() + gapTicks);
      samples.add(new Sample(last.payload(), last.timeTicks(), longer, last.sync()));
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
            FragmentWriter.write(samples, nextChunk++, parts.isEmpty()));
    segmentSamples += samples.size();
    samples.clear();
    parts.add(part.listing());
    segmentBytes += part.data().length();
    listener.partCompleted(id, part);
  }
}
