package dev.amphi.packager.recording;

import dev.amphi.packager.mp4.TrackFormat;
import java.time.Instant;

/** A rendition between two discontinuities: one coding, one time zero. */
record TrackRun(String track, int initIndex, TrackFormat format, Instant startsAt) {
  JournalEntry.Format entry() {
    return new JournalEntry.Format(track, initIndex, format, startsAt);
  }
}
