package dev.amphi.packager.recording;

import dev.amphi.packager.captions.Cue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The pauses of one recording: what happens in one is not kept, but for what still goes on when it
 * is over. Confined to the broadcast's caller.
 */
final class RecordingPauses {
  /** A time in which nothing was recorded. */
  private record Pause(Instant from, Instant until) {
    boolean contains(Instant at) {
      return !at.isBefore(from) && at.isBefore(until);
    }
  }

  /** Who captions is not so late that earlier ones would matter. */
  private static final int MOST_REMEMBERED = 100;

  private final Recorder recorder;
  private final Instant began;
  private final List<Pause> over = new ArrayList<>();
  private boolean paused;
  private Instant since;
  private String chapter = "";
  private String scene = "";

  RecordingPauses(Recorder recorder, Instant began) {
    this.recorder = recorder;
    this.began = began;
    this.since = began;
  }

  boolean isPaused() {
    return paused;
  }

  /** A pause begins or ends; what went on meanwhile is told as of now. */
  void paused(boolean on, Instant now) {
    paused = on;
    if (on) {
      since = now;
      recorder.note(new JournalEntry.Paused(now));
      return;
    }
    over.add(new Pause(since, now));
    if (over.size() > MOST_REMEMBERED) {
      over.removeFirst();
    }
    // A line that is damaged costs the one behind it too.
    recorder.note(new JournalEntry.Resumed(now));
    recorder.note(new JournalEntry.Resumed(now));
    if (!chapter.isEmpty()) {
      recorder.chapter(now, chapter);
    }
    if (!scene.isEmpty()) {
      recorder.scene(scene);
    }
    chapter = "";
    scene = "";
  }

  /** Something new begins. */
  void chapter(Instant at, String title) {
    if (paused && !at.isBefore(since)) {
      chapter = title;
    } else {
      recorder.chapter(at, title);
    }
  }

  /** The picture shows something else from now on. */
  void scene(String line) {
    if (paused) {
      scene = line;
    } else {
      recorder.scene(line);
    }
  }

  /** Something was said; kept if that began while it was recorded. */
  void cue(Cue cue) {
    if (wasRecording(cue.from())) {
      recorder.cue(cue);
    }
  }

  private boolean wasRecording(Instant at) {
    return !at.isBefore(began)
        && !(paused && !at.isBefore(since))
        && over.stream().noneMatch(pause -> pause.contains(at));
  }
}
