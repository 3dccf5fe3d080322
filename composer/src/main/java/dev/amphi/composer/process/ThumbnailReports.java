package dev.amphi.composer.process;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.ThumbnailShape;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * The small pictures of one child: JPEGs of the size that was ordered and a capped length, on the
 * program's frames, not more often than they are made.
 */
final class ThumbnailReports {
  private static final int TICKS_PER_SECOND = 90_000;
  private static final long LEAST_TICKS = (long) ThumbnailShape.EVERY_S * TICKS_PER_SECOND;

  private final ProgramListener listener;
  private final ThumbnailShape shape;
  private final int frameTicks;
  private long nextTicks;

  ThumbnailReports(ProgramListener listener, CompositionSpec spec) {
    this.listener = listener;
    this.shape = ThumbnailShape.of(spec);
    this.frameTicks = TICKS_PER_SECOND / spec.framesPerSecond();
  }

  /** Takes the rest of a report, whose time is read already. */
  void accept(ByteBuffer report, long timeTicks, Instant startsAt) throws BrokenWire {
    if (timeTicks < nextTicks || timeTicks % frameTicks != 0) {
      throw new BrokenWire(
          "A small picture has the time %d; the next was expected from %d on"
              .formatted(timeTicks, nextTicks));
    }
    if (report.remaining() > ThumbnailShape.MOST_BYTES) {
      throw new BrokenWire("A small picture has " + report.remaining() + " bytes");
    }
    String fault = JpegCheck.fault(report, shape.width(), shape.height());
    if (!fault.isEmpty()) {
      throw new BrokenWire("A small picture is no JPEG: " + fault);
    }
    nextTicks = timeTicks + LEAST_TICKS;
    listener.thumbnail(report.slice(), shape, timeTicks, startsAt);
  }
}
