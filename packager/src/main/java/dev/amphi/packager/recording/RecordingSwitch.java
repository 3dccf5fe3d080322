package dev.amphi.packager.recording;

import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.TrackFormat;
import dev.amphi.packager.segment.OpenSegment;
import dev.amphi.packager.segment.Part;
import dev.amphi.packager.segment.Segment;
import dev.amphi.packager.segment.SegmentListener;
import dev.amphi.packager.thumbnails.Thumbnail;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets through to a recorder what belongs in the recording: the best picture and the sound, from
 * the first segment that starts after it was switched on, and not a byte before. Confined to the
 * broadcast's caller.
 */
public final class RecordingSwitch implements SegmentListener {
  private final Map<String, TrackRun> runs = new HashMap<>();
  private final Set<String> writing = new HashSet<>();
  private @Nullable String picture;
  private @Nullable String sound;
  private @Nullable Recorder recorder;
  private @Nullable Instant from;
  private boolean paused;

  /** Switches on. */
  void on(Recorder target) {
    recorder = target;
    from = null;
    paused = false;
    writing.clear();
  }

  /** Switches off: not a byte more. */
  void off() {
    recorder = null;
    writing.clear();
  }

  /** Lets nothing through, or again all from the next segment on. */
  void paused(boolean on) {
    paused = on;
    from = null;
    writing.clear();
  }

  @Override
  public void formatChanged(
      String renditionId, int initIndex, TrackFormat format, Instant startsAt, Bytes header) {
    runs.put(renditionId, new TrackRun(renditionId, initIndex, format, startsAt));
    if (format.video() && picture == null) {
      picture = renditionId;
    } else if (!format.video() && sound == null) {
      sound = renditionId;
    }
  }

  @Override
  public void segmentStarted(String renditionId, OpenSegment segment) {
    boolean leads = renditionId.equals(picture == null ? sound : picture);
    if (recorder == null || paused || !(leads || renditionId.equals(sound))) {
      return;
    }
    if (from == null && leads) {
      from = segment.startsAt();
    }
    // Once it is being written a track goes on, even when the wall clock was set back.
    if (from != null && !segment.startsAt().isBefore(from)) {
      writing.add(renditionId);
    }
  }

  @Override
  public void partCompleted(String renditionId, Part part) {
    TrackRun run = runs.get(renditionId);
    if (recorder != null && run != null && writing.contains(renditionId)) {
      recorder.write(run, part);
    }
  }

  /** Lets a small picture through, if it is of what is let through. */
  void thumbnail(Thumbnail picture) {
    if (recorder != null && from != null && !paused && !picture.at().isBefore(from)) {
      recorder.thumbnail(picture);
    }
  }

  @Override
  public void segmentCompleted(String renditionId, Segment segment) {
    // Parts were enough.
  }
}
