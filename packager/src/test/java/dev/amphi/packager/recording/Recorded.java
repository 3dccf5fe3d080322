package dev.amphi.packager.recording;

import dev.amphi.packager.Synthetic;
import dev.amphi.packager.segment.ProgramSegmenter;
import dev.amphi.packager.segment.SegmentPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A recording of 3.2 s of synthetic samples, as the recorder leaves it. */
final class Recorded {
  static final Instant AT = Instant.parse("2026-11-02T09:00:00Z");
  static final double SECONDS = 3.2;

  private Recorded() {}

  /** Does something to a recording before its n-th picture, of thirty a second. */
  interface Directing {
    void before(int picture, Recorder recorder, RecordingSwitch gate);
  }

  /** Records in a room below a folder, and waits until all is on the disk. */
  static RecordingFolder in(Path root, String room, RecordingKeys keys) throws Exception {
    return in(root, room, keys, (picture, recorder, gate) -> {});
  }

  /** The same with something done to it. */
  static RecordingFolder in(Path root, String room, RecordingKeys keys, Directing directing)
      throws Exception {
    CompletableFuture<RecordingFolder> done = new CompletableFuture<>();
    Recorder recorder =
        new Recorder(
            "test",
            () -> {
              RecordingFolder folder = RecordingFolder.claim(root, room, 1, AT);
              return new Recorder.Claimed(folder, keys.make(folder));
            },
            folder -> new JournalEntry.Opened(folder.id(), room, 1, AT),
            new Outcome(done),
            new DiskUse());
    recorder.start();
    RecordingSwitch gate = new RecordingSwitch();
    gate.on(recorder);
    ProgramSegmenter segmenter = new ProgramSegmenter(SegmentPlan.standard(), gate);
    segmenter.format("video", Synthetic.PICTURE, AT);
    segmenter.format("audio", Synthetic.SOUND, AT);
    for (int n = 0; n < 96; n++) {
      directing.before(n, recorder, gate);
      segmenter.sample("video", Synthetic.picture(n));
      int sounds = n * 150 / 96;
      if (n == 0 || sounds > (n - 1) * 150 / 96) {
        segmenter.sample("audio", Synthetic.sound(sounds));
      }
      if (sounds + 1 < (n + 1) * 150 / 96) {
        segmenter.sample("audio", Synthetic.sound(sounds + 1));
      }
    }
    segmenter.end();
    recorder.finish();
    return done.get(20, TimeUnit.SECONDS);
  }

  private record Outcome(CompletableFuture<RecordingFolder> done) implements Recorder.Events {
    @Override
    public void opened(RecordingFolder folder) {}

    @Override
    public void recorded(double seconds, String warning) {}

    @Override
    public void finished(RecordingFolder folder) {
      done.complete(folder);
    }

    @Override
    public void failed(String detail) {
      done.completeExceptionally(new IOException(detail));
    }
  }
}
