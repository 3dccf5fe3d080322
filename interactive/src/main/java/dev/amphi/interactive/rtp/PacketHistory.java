package dev.amphi.interactive.rtp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest packets of one stream as they came, kept once for everybody who forwards it: some two
 * seconds of them, never more than {@code capacity}. Bytes lie one behind the other in chunks that
 * go round, so that memory follows the bit rate and not the number of places: as long as the oldest
 * chunk is still wanted another is put in, and one that was not needed for long is let go.
 *
 * <p>Packets are found by a number that is never used twice, also when the stream begins anew.
 * Confined to the room's loop.
 */
public final class PacketHistory {
  /** How long a packet is kept at least, while there is room. */
  public static final long KEPT_NANOS = 2_000_000_000L;

  private static final int PACKETS = 1024;
  private static final int CHUNK_BYTES = 16 << 10;
  private static final int LENGTH_BITS = 16;

  private static final class Chunk {
    final byte[] bytes = new byte[CHUNK_BYTES];
    int used;
    int round;
    long newestNanos;
  }

  private final int mask;
  private final int[] numbers;
  private final @Nullable Chunk[] chunks;
  private final int[] rounds;
  private final int[] places; // where in the chunk, and how long
  private final List<Chunk> ring = new ArrayList<>();
  private final SequenceUnwrapper sequences = new SequenceUnwrapper();
  private long shift;
  private int current;

  /** An empty history of a stream of pictures. */
  public PacketHistory() {
    this(PACKETS);
  }

  /** A history of at most {@code capacity} packets, a power of two. */
  public PacketHistory(int capacity) {
    mask = capacity - 1;
    numbers = new int[capacity];
    chunks = new Chunk[capacity];
    rounds = new int[capacity];
    places = new int[capacity];
  }

  /** Keeps a copy of a packet. */
  public void put(RtpPacket packet, long nowNanos) {
    long unwrapped = sequences.unwrap(packet.sequence());
    int length = packet.length();
    if (sequences.highest() - unwrapped > mask || length > CHUNK_BYTES) {
      return;
    }
    int number = (int) (unwrapped + shift);
    Chunk chunk = room(length, nowNanos);
    int i = number & mask;
    numbers[i] = number;
    chunks[i] = chunk;
    rounds[i] = chunk.round;
    places[i] = chunk.used << LENGTH_BITS | length;
    System.arraycopy(packet.buffer(), packet.offset(), chunk.bytes, chunk.used, length);
    chunk.used += length;
    chunk.newestNanos = nowNanos;
  }

  private Chunk room(int length, long nowNanos) {
    if (ring.isEmpty()) {
      ring.add(new Chunk());
    }
    Chunk chunk = ring.get(current);
    return chunk.used + length <= CHUNK_BYTES ? chunk : next(nowNanos);
  }

  private Chunk next(long nowNanos) {
    int after = (current + 1) % ring.size();
    boolean full = ring.size() * CHUNK_BYTES >= (mask + 1) * RtpPacket.MAX_LENGTH;
    if (!full && (after == current || nowNanos - ring.get(after).newestNanos < KEPT_NANOS)) {
      current++;
      ring.add(current, new Chunk());
      return ring.get(current);
    }
    int idle = (after + 1) % ring.size();
    if (idle != current && nowNanos - ring.get(idle).newestNanos > 2 * KEPT_NANOS) {
      forget(ring.remove(idle));
      after -= idle < after ? 1 : 0;
    }
    current = after;
    Chunk chunk = ring.get(current);
    chunk.used = 0;
    chunk.round++;
    return chunk;
  }

  private void forget(Chunk gone) {
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = chunks[i] == gone ? null : chunks[i];
    }
  }

  /** The number of the packet with this sequence number that is nearest to the newest. */
  public int number(int sequence) {
    return (int) (sequences.peek(sequence) + shift);
  }

  /**
   * Looks at a packet; false when it is not kept any more.
   *
   * @param into a view of the history's own bytes, not to be changed, valid until the next {@link
   *     #put}
   */
  public boolean read(int number, RtpPacket into) {
    int i = number & mask;
    Chunk chunk = chunks[i];
    return chunk != null
        && numbers[i] == number
        && rounds[i] == chunk.round
        && into.wrap(chunk.bytes, places[i] >>> LENGTH_BITS, places[i] & (1 << LENGTH_BITS) - 1);
  }

  /** The stream begins anew: forgets its packets, and never uses their numbers again. */
  public void restart() {
    for (Chunk chunk : ring) {
      chunk.round++;
      chunk.used = 0;
    }
    java.util.Arrays.fill(chunks, null);
    shift += sequences.highest();
    sequences.reset();
  }

  /** The memory that the packets take, in bytes. */
  public int bytes() {
    return ring.size() * CHUNK_BYTES;
  }
}
