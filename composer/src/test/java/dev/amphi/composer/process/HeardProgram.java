package dev.amphi.composer.process;

import dev.amphi.composer.api.ProgramListener;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What a program's listener heard, for tests of what happens to its process; from any thread. */
class HeardProgram implements ProgramListener {
  final List<String> interruptions = new CopyOnWriteArrayList<>();
  final List<String> quarantined = new CopyOnWriteArrayList<>();
  final List<String> keyFrames = new CopyOnWriteArrayList<>();
  final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger pictures = new AtomicInteger();
  private final AtomicInteger sinceItsStart = new AtomicInteger();
  private volatile int epoch = -1;

  /** How often the process has begun anew; −1 before the first picture. */
  int epoch() {
    return epoch;
  }

  /** The largest rendition's pictures, of all processes. */
  int pictures() {
    return pictures.get();
  }

  /** The same, of the process that there is now. */
  int picturesOfThisOne() {
    return sinceItsStart.get();
  }

  /** Whether no process has said anything that was believed. */
  boolean nothing() {
    return epoch < 0 && pictures.get() == 0 && keyFrames.isEmpty();
  }

  @Override
  public void format(
      String renditionId,
      boolean video,
      int width,
      int height,
      ByteBuffer codecConfig,
      int timescale,
      Instant startsAt,
      int of) {
    if (of != epoch) {
      sinceItsStart.set(0);
      epoch = of;
    }
  }

  @Override
  public void sample(
      String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
    if (renditionId.equals("720p")) {
      pictures.incrementAndGet();
      sinceItsStart.incrementAndGet();
    }
  }

  @Override
  public void keyFrameWanted(String sourceId) {
    keyFrames.add(sourceId);
  }

  @Override
  public void quarantined(String sourceId, String reason) {
    quarantined.add(sourceId);
  }

  @Override
  public void interrupted(String reason) {
    interruptions.add(reason);
  }

  @Override
  public void ended() {
    ended.incrementAndGet();
  }
}
