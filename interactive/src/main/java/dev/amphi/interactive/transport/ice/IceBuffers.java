package dev.amphi.interactive.transport.ice;

import kotlin.Unit;
import org.ice4j.util.Buffer;
import org.ice4j.util.BufferPool;
import org.jspecify.annotations.Nullable;

/**
 * Keeps ice4j's receive buffers for the next datagram: its reader threads take them, and give them
 * back (or we do, as soon as a datagram is copied to its transport). Bounded.
 */
final class IceBuffers {
  private static final int KEPT = 64;

  /** ice4j never receives more than 1,500 bytes. */
  private static final int BYTES = 1_500;

  private final @Nullable Buffer[] free = new @Nullable Buffer[KEPT];
  private int count;

  /** Makes ice4j use such a pool; once for the whole process, as ice4j has it. */
  static void install() {
    IceBuffers pool = new IceBuffers();
    BufferPool.getBuffer = pool::take;
    BufferPool.returnBuffer =
        buffer -> {
          pool.giveBack(buffer);
          return Unit.INSTANCE;
        };
  }

  private synchronized Buffer take(int bytes) {
    if (bytes <= BYTES && count > 0) {
      Buffer buffer = free[--count];
      if (buffer != null) {
        return buffer;
      }
    }
    return new Buffer(new byte[Math.max(bytes, BYTES)], 0, bytes);
  }

  private synchronized void giveBack(Buffer buffer) {
    if (count < KEPT && buffer.getBuffer().length == BYTES) {
      free[count++] = buffer;
    }
  }
}
