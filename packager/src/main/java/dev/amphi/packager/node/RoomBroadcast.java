package dev.amphi.packager.node;

import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.Sample;
import dev.amphi.packager.mp4.TrackFormat;
import dev.amphi.packager.segment.ProgramSegmenter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One room's program on its way to the audience. Its calls may come from different threads. */
final class RoomBroadcast implements Broadcast {
  private final LiveProgram program;
  private final ProgramSegmenter segmenter;
  private boolean closed;

  RoomBroadcast(LiveProgram program) {
    this.program = program;
    this.segmenter = new ProgramSegmenter(program.plan(), program);
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
      segmenter.sample(
          renditionId, new Sample(Bytes.copyOf(payload), timeTicks, durationTicks, sync));
    }
  }

  @Override
  public synchronized CompletionStage<RecordingView> recording(boolean on) {
    return CompletableFuture.failedStage(
        new IllegalStateException("this build of the packager cannot record yet"));
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      segmenter.end();
      program.end();
    }
  }
}
