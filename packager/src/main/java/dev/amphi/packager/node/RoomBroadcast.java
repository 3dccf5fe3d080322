package dev.amphi.packager.node;

import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.api.TrackSink;
import dev.amphi.packager.captions.Cue;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.Sample;
import dev.amphi.packager.mp4.TrackFormat;
import dev.amphi.packager.recording.RoomRecordings;
import dev.amphi.packager.segment.ProgramSegmenter;
import dev.amphi.packager.segment.SegmentListeners;
import dev.amphi.packager.segment.Silence;
import dev.amphi.packager.thumbnails.Thumbnail;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** One room's program on its way to the audience. Its calls may come from different threads. */
final class RoomBroadcast implements Broadcast {
  private final LiveProgram program;
  private final RoomRecordings recordings;
  private final LongSupplier nanoTime;
  private final ProgramSegmenter segmenter;
  private final Silence silence = new Silence();
  private boolean closed;

  RoomBroadcast(LiveProgram program, RoomRecordings recordings, LongSupplier nanoTime) {
    this.program = program;
    this.recordings = recordings;
    this.nanoTime = nanoTime;
    this.segmenter =
        new ProgramSegmenter(program.plan(), new SegmentListeners(program, recordings.input()));
  }

  @Override
  public synchronized void format(
      String renditionId,
      boolean video,
      int width,
      int height,
      int bitrateBps,
      ByteBuffer codecConfig,
      int timescale,
      Instant startsAt) {
    if (closed) {
      return;
    }
    Bytes config = Bytes.copyOf(codecConfig);
    segmenter.format(
        renditionId,
        new TrackFormat(video, width, height, bitrateBps, config, timescale),
        startsAt);
  }

  @Override
  public synchronized void sample(
      String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
    if (!closed) {
      silence.broken();
      segmenter.sample(
          renditionId, new Sample(Bytes.copyOf(payload), timeTicks, durationTicks, sync));
    }
  }

  @Override
  public synchronized void interrupted() {
    if (!closed) {
      segmenter.interrupted();
    }
  }

  /** Looks after what time brings: what was not made is told as missing. */
  synchronized void tick(long nowNanos) {
    long missing = closed ? 0 : silence.look(nowNanos, segmenter.isAway());
    if (missing > 0) {
      segmenter.missing(Duration.ofNanos(missing));
    }
  }

  @Override
  public synchronized CompletionStage<RecordingView> recording(boolean on) {
    return closed
        ? CompletableFuture.failedStage(new IllegalStateException("the broadcast is over"))
        : recordings.set(on);
  }

  @Override
  public synchronized TrackSink tracks() {
    return closed ? TrackSink.NONE : recordings.tracks();
  }

  @Override
  public synchronized void paused(boolean on) {
    if (!closed) {
      recordings.paused(on);
    }
  }

  @Override
  public synchronized void chapter(Instant at, String title) {
    if (!closed) {
      recordings.chapter(at, title);
    }
  }

  @Override
  public synchronized void happens(String type, Instant at, String title) {
    if (!closed) {
      segmenter.happens(type, at, program.happens(type, at, title).id(), title);
    }
  }

  @Override
  public synchronized boolean caption(Instant from, Instant until, String text) {
    Cue cue = new Cue(from, until, text);
    boolean taken = !closed && program.caption(cue);
    if (taken) {
      recordings.cue(cue);
    }
    return taken;
  }

  @Override
  public synchronized void thumbnail(Instant at, int width, int height, ByteBuffer jpeg) {
    if (!closed) {
      Thumbnail picture = new Thumbnail(at, width, height, Bytes.copyOf(jpeg));
      program.thumbnail(picture);
      recordings.thumbnail(picture);
    }
  }

  @Override
  public synchronized void scene(String line) {
    if (!closed) {
      recordings.scene(line);
    }
  }

  /** Waits until what was recorded is on the disk; for the end of the node. */
  void awaitWritten() {
    recordings.awaitWritten();
  }

  @Override
  public synchronized void suspend() {
    end(() -> program.suspend(nanoTime.getAsLong()));
  }

  @Override
  public synchronized void close() {
    end(() -> program.end(nanoTime.getAsLong()));
  }

  private void end(Runnable forTheAudience) {
    if (!closed) {
      closed = true;
      segmenter.end();
      forTheAudience.run();
      recordings.close();
    }
  }
}
