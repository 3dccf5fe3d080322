package dev.amphi.packager.webm;

import dev.amphi.packager.mp4.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some frames of a track, which lie together in a file (RFC 9559 §5.1.3): its own time, in eight
 * bytes so that it can be moved, then each frame as a SimpleBlock with its distance from that.
 *
 * <pre>
 * 1F43B675 size
 *   E7 88 time (8 bytes)
 *   A3 size  81 distance (2) flags frame
 *   …
 * </pre>
 */
public final class Cluster {
  /** Frames that are further from the first one belong in the next cluster. */
  public static final int LONGEST_MS = Short.MAX_VALUE;

  private static final int CLUSTER = 0x1F43B675;
  private static final int TIMESTAMP = 0xE7;
  private static final int SIMPLE_BLOCK = 0xA3;
  private static final int BLOCK_HEAD = 4;
  private static final int KEY = 0x80;
  private static final int CLUSTER_ID_BYTES = 4;

  /**
   * One frame of it.
   *
   * @param key whether decoding can start here
   */
  public record Frame(long atMs, boolean key, Bytes bytes) {}

  private final long timeMs;
  private final List<Bytes> blocks = new ArrayList<>();
  private long lastMs;
  private boolean startsWithKey;
  private int bytes;

  /** Begins with the time of its first frame. */
  public Cluster(long timeMs) {
    this.timeMs = timeMs;
    this.lastMs = timeMs;
  }

  /**
   * Takes the next frame.
   *
   * @param atMs not before the one before, and at most {@link #LONGEST_MS} after the first
   */
  public void add(long atMs, boolean key, Bytes frame) {
    long distance = atMs - timeMs;
    if (atMs < lastMs || distance > LONGEST_MS) {
      throw new IllegalArgumentException(
          "a frame at " + atMs + " ms after one at " + lastMs + " ms, first " + timeMs);
    }
    ByteBuffer block = ByteBuffer.allocate(BLOCK_HEAD + frame.length());
    block.put((byte) (0x80 | TrackEntry.NUMBER)).putShort((short) distance);
    block.put((byte) (key ? KEY : 0));
    frame.putInto(block);
    startsWithKey |= blocks.isEmpty() && key;
    blocks.add(Ebml.element(SIMPLE_BLOCK, Bytes.wrap(block.array())));
    bytes += frame.length();
    lastMs = atMs;
  }

  /** The time of its first frame. */
  public long timeMs() {
    return timeMs;
  }

  /** The time of its last frame. */
  public long lastMs() {
    return lastMs;
  }

  /** Whether a player can begin at it. */
  public boolean startsWithKey() {
    return startsWithKey;
  }

  /** The frames in it so far. */
  public int frameBytes() {
    return bytes;
  }

  /** All of it. */
  public Bytes toBytes() {
    Bytes[] content = new Bytes[blocks.size() + 1];
    content[0] = Ebml.wide(TIMESTAMP, timeMs);
    for (int i = 0; i < blocks.size(); i++) {
      content[i + 1] = blocks.get(i);
    }
    return Ebml.master(CLUSTER, content);
  }

  /** Reads back what {@link #toBytes} wrote; empty when these bytes are no cluster of ours. */
  public static Optional<List<Frame>> read(Bytes cluster) {
    Reader in = new Reader(cluster);
    if (in.number(CLUSTER_ID_BYTES) != CLUSTER
        || in.size() != cluster.length() - in.at
        || in.number(1) != TIMESTAMP
        || in.size() != Long.BYTES) {
      return Optional.empty();
    }
    long timeMs = in.number(Long.BYTES);
    List<Frame> frames = new ArrayList<>();
    while (in.at < cluster.length()) {
      if (in.number(1) != SIMPLE_BLOCK) {
        return Optional.empty();
      }
      long size = in.size();
      if (size < BLOCK_HEAD || size > cluster.length() - in.at) {
        return Optional.empty();
      }
      int end = (int) (in.at + size);
      in.at++;
      long atMs = timeMs + in.number(2);
      boolean key = (in.number(1) & KEY) != 0;
      frames.add(new Frame(atMs, key, cluster.slice(in.at, end)));
      in.at = end;
    }
    return Optional.of(frames);
  }

  /** Reads on, and zeros behind the end. */
  private static final class Reader {
    final Bytes bytes;
    int at;

    Reader(Bytes bytes) {
      this.bytes = bytes;
    }

    long number(int length) {
      long value = 0;
      for (int i = 0; i < length; i++) {
        value = value << 8 | (at < bytes.length() ? bytes.at(at) : 0);
        at++;
      }
      return value;
    }

    /** A size (RFC 8794 §4): the zeros before its first one say how long it is. */
    long size() {
      int length = at < bytes.length() ? Integer.numberOfLeadingZeros(bytes.at(at)) - 23 : 1;
      return number(length) & ((1L << (7 * length)) - 1);
    }
  }
}
