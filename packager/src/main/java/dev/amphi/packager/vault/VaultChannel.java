package dev.amphi.packager.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * Reads an object from anywhere; what follows is fetched with it. Each call may block on the store.
 * For one thread at a time.
 */
final class VaultChannel implements SeekableByteChannel {
  private static final int BLOCK_BYTES = 1 << 20;

  private final ObjectStore store;
  private final String key;
  private final long length;
  private ByteBuffer block = ByteBuffer.allocate(0);
  private long blockAt;
  private long position;
  private boolean open = true;

  /**
   * @param length that the object has
   */
  VaultChannel(ObjectStore store, String key, long length) {
    this.store = store;
    this.key = key;
    this.length = length;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
    if (position >= length) {
      return -1;
    }
    if (position < blockAt || position >= blockAt + block.limit()) {
      block = store.get(key, position, (int) Math.min(BLOCK_BYTES, length - position));
      blockAt = position;
      if (!block.hasRemaining()) {
        throw new IOException("the object store has less of a file than it had");
      }
    }
    int from = (int) (position - blockAt);
    int count = Math.min(into.remaining(), block.limit() - from);
    into.put(block.slice(from, count));
    position += count;
    return count;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long to) {
    position = to;
    return this;
  }

  @Override
  public long size() {
    return length;
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
