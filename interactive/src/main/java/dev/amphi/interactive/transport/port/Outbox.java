package dev.amphi.interactive.transport.port;

import dev.amphi.interactive.transport.ice.AddressPair;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one burst to one far side, one behind the other in one buffer, so that the kernel
 * takes those of equal size at once (UDP segmentation offload). Confined to its transport's loop.
 */
final class Outbox {
  static final int MAX_PACKETS = 16;
  private static final int CAPACITY = 16 * 1_024;

  private final ByteBufAllocator allocator;
  private final @Nullable NettyLoop home;
  private final Executor loop;
  private final Exit exit;
  private final int[] sizes = new int[MAX_PACKETS];
  private @Nullable ByteBuf buffer;
  private @Nullable AddressPair to;
  private int count;
  private boolean waiting;

  /** Takes what leaves. */
  interface Exit {
    /**
     * Sends packets, not flushing the socket.
     *
     * @param packets one behind the other; the taker releases it
     * @param sizes theirs, the first {@code count} of them
     */
    void write(ByteBuf packets, int[] sizes, int count, AddressPair to);

    /** Flushes the socket, where nobody else does. */
    void flush(AddressPair to);
  }

  Outbox(ByteBufAllocator allocator, @Nullable NettyLoop home, Executor loop, Exit exit) {
    this.allocator = allocator;
    this.home = home;
    this.loop = loop;
    this.exit = exit;
  }

  void gather(byte[] packet, int offset, int length, AddressPair newTo) {
    ByteBuf open = buffer;
    if (open != null
        && (count == MAX_PACKETS || open.writableBytes() < length || !newTo.equals(to))) {
      handOver();
      open = null;
    }
    if (open == null) {
      open = allocator.directBuffer(CAPACITY, CAPACITY);
      buffer = open;
      to = newTo;
    }
    open.writeBytes(packet, offset, length);
    sizes[count++] = length;
    if (!waiting) {
      waiting = true;
      if (home == null) {
        loop.execute(this::flush);
      } else {
        home.await(this);
      }
    }
  }

  /** Hands over what there is; {@link NettyLoop#flush} or {@link #flush} sends it. */
  void write() {
    waiting = false;
    handOver();
  }

  private void handOver() {
    ByteBuf full = buffer;
    AddressPair pair = to;
    if (full != null && pair != null) {
      int packets = count;
      buffer = null;
      count = 0;
      exit.write(full, sizes, packets, pair);
    }
  }

  /** Sends what there is, at once. */
  void flush() {
    AddressPair pair = to;
    write();
    if (pair != null) {
      exit.flush(pair);
    }
  }

  /** Lets go of what there is. */
  void close() {
    ByteBuf full = buffer;
    buffer = null;
    count = 0;
    if (full != null) {
      full.release();
    }
  }
}
