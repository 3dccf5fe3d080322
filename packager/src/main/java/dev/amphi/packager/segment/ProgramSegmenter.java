package dev.amphi.packager.segment;

import dev.amphi.packager.mp4.Sample;
import dev.amphi.packager.mp4.TrackFormat;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts all renditions of a program at the same instants: pictures at their sync samples, sound
 * where the leading picture was cut. Sound waits until the picture has reached it, because only
 * then it is known whether a cut lies before it. Confined to one caller; pure.
 */
public final class ProgramSegmenter {
  /** Sound that waits longer than this goes on without the picture. */
  private static final int LONGEST_WAIT_S = 3;

  private final SegmentPlan plan;
  private final SegmentListener listener;
  private final Map<String, RenditionSegmenter> renditions = new HashMap<>();
  private final Map<String, SoundQueue> sounds = new HashMap<>();
  private @Nullable RenditionSegmenter lead;
  private @Nullable MediaTime leadEnd;
  private long unknown;

  public ProgramSegmenter(SegmentPlan plan, SegmentListener listener) {
    this.plan = plan;
    this.listener = listener;
  }

  /** Sound that waits for the picture, and the cuts that it has not come to. */
  private static final class SoundQueue {
    final ArrayDeque<Sample> waiting = new ArrayDeque<>();
    final List<MediaTime> cuts = new ArrayList<>();
    boolean started;
  }

  /** Declares a rendition; one that is known already is cut short and goes on anew. */
  public void format(String renditionId, TrackFormat format, Instant startsAt) {
    RenditionSegmenter known = renditions.get(renditionId);
    if (known != null && known.video() != format.video()) {
      throw new IllegalArgumentException(
          "rendition " + renditionId + " cannot turn from sound to picture or back");
    }
    if (known == null) {
      declare(renditionId, format, startsAt);
      return;
    }
    if (known.equals(lead)) {
      releaseAll();
      leadEnd = null;
    }
    SoundQueue sound = sounds.get(renditionId);
    if (sound != null) {
      drain(known, sound, true);
      sound.started = false;
      sound.cuts.clear();
    }
    known.reformat(format, startsAt);
  }

  private void declare(String renditionId, TrackFormat format, Instant startsAt) {
    RenditionSegmenter segmenter =
        new RenditionSegmenter(renditionId, plan, format, startsAt, listener);
    renditions.put(renditionId, segmenter);
    if (!format.video()) {
      sounds.put(renditionId, new SoundQueue());
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
    SoundQueue sound = sounds.get(renditionId);
    if (sound != null) {
      sound.waiting.add(sample);
      drain(segmenter, sound, false);
    } else {
      picture(segmenter, sample);
    }
  }

  /** Samples that were left out: undeclared, empty, or out of order. */
  public long dropped() {
    return unknown + renditions.values().stream().mapToLong(RenditionSegmenter::dropped).sum();
  }

  /** Publishes what waits and ends every open segment. */
  public void end() {
    releaseAll();
    renditions.values().forEach(RenditionSegmenter::closeSegment);
  }

  private void picture(RenditionSegmenter segmenter, Sample sample) {
    if (segmenter.equals(lead)) {
      if (sample.sync()) {
        MediaTime cut = new MediaTime(sample.timeTicks(), segmenter.timescale());
        sounds.values().forEach(sound -> sound.cuts.add(cut));
      } else if (leadEnd == null) {
        unknown++;
        return;
      }
      leadEnd = new MediaTime(sample.endTicks(), segmenter.timescale());
    }
    segmenter.append(sample, sample.sync());
    if (segmenter.equals(lead)) {
      sounds.forEach((id, sound) -> drainKnown(id, sound, false));
    }
  }

  private void releaseAll() {
    sounds.forEach((id, sound) -> drainKnown(id, sound, true));
  }

  private void drainKnown(String id, SoundQueue sound, boolean all) {
    RenditionSegmenter segmenter = renditions.get(id);
    if (segmenter != null) {
      drain(segmenter, sound, all);
    }
  }

  private void drain(RenditionSegmenter segmenter, SoundQueue sound, boolean all) {
    while (!sound.waiting.isEmpty()) {
      Sample next = sound.waiting.getFirst();
      MediaTime at = new MediaTime(next.timeTicks(), segmenter.timescale());
      boolean reached = leadEnd != null && leadEnd.compareTo(at) > 0;
      if (!reached && !all && !waitedTooLong(segmenter, sound)) {
        return;
      }
      sound.waiting.removeFirst();
      boolean cut = false;
      while (!sound.cuts.isEmpty() && sound.cuts.getFirst().compareTo(at) <= 0) {
        sound.cuts.removeFirst();
        cut = true;
      }
      if (reached && !cut && !sound.started) {
        continue; // Before the first picture.
      }
      if (!reached && all && !sound.started) {
        continue; // The picture never came, and the program is over.
      }
      sound.started = true;
      segmenter.append(next, cut);
    }
  }

  private static boolean waitedTooLong(RenditionSegmenter segmenter, SoundQueue sound) {
    long waits = sound.waiting.getLast().endTicks() - sound.waiting.getFirst().timeTicks();
    return waits > (long) LONGEST_WAIT_S * segmenter.timescale();
  }
}
