package dev.amphi.interactive.send;

import dev.amphi.interactive.fec.RedWriter;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.send.SenderConfig.PayloadTypes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a slot sent lately, as it can be made again: for each packet the number of the source's
 * packet in the source's own history, which all slots share, and what was written into it. Some 24
 * bytes a packet, allocated with the first. What has left the source's history cannot be made any
 * more.
 */
final class SentHistory {
  /** The packet ends its picture. */
  static final int MARKER = 1;

  /** The frame before it goes in front (RED). */
  static final int RED = 2;

  /** It only fills a number. */
  static final int EMPTY = 4;

  /** It carries the turn's parameter sets, and the time of the source's packet. */
  static final int PARAMETER_SETS = 8;

  static final int ABSENT = -1;

  private static final int FLAG_BITS = 4;
  private static final int TURNS = 4;
  private static final long TICK_NANOS = 1_000_000;
  private static final int[] NOTHING = {};

  private final int capacity;
  private int[] sequences = NOTHING;
  private int[] numbers = NOTHING;
  private int[] made = NOTHING; // turn and flags
  private int[] resentTicks = NOTHING; // 0 when it was not
  private long[] given = {};
  private final @Nullable Turn[] turns = new Turn[TURNS];
  private int turn;
  private int inTurn;
  private final RtpPacket original = new RtpPacket();
  private final RtpPacket before = new RtpPacket();
  private @Nullable RedWriter red;

  /** A history of {@code capacity} packets, a power of two; 0 keeps nothing. */
  SentHistory(int capacity) {
    this.capacity = capacity;
  }

  /** What comes is of another turn. */
  void start(Turn next) {
    turn++;
    turns[turn % TURNS] = next;
    inTurn = 0;
  }

  /** Forgets everything, and what the turns hold on to. */
  void clear() {
    Arrays.fill(sequences, ABSENT);
    Arrays.fill(turns, null);
  }

  /**
   * Notes a packet that was sent.
   *
   * @param number of the source's packet
   * @param given to it by the turn's continuity
   */
  void put(int sequence, int number, long given, int flags) {
    if (capacity == 0) {
      return;
    }
    if (sequences.length == 0) {
      allocate();
    }
    int i = sequence & (capacity - 1);
    sequences[i] = sequence;
    numbers[i] = number;
    made[i] = turn << FLAG_BITS | flags;
    resentTicks[i] = 0;
    this.given[i] = given;
    if (++inTurn == capacity) { // nothing of earlier turns is left
      Turn now = turns[turn % TURNS];
      Arrays.fill(turns, null);
      turns[turn % TURNS] = now;
    }
  }

  private void allocate() {
    sequences = new int[capacity];
    numbers = new int[capacity];
    made = new int[capacity];
    resentTicks = new int[capacity];
    given = new long[capacity];
    Arrays.fill(sequences, ABSENT);
  }

  private int find(int sequence) {
    int i = sequence & (capacity - 1);
    return sequences.length > 0 && sequences[i] == sequence ? i : ABSENT;
  }

  /** The place of a packet that can be made again, or {@link #ABSENT}. Looks at its original. */
  int open(int sequence) {
    int place = find(sequence);
    return place != ABSENT && read(place, original) ? place : ABSENT;
  }

  private @Nullable Turn turn(int place) {
    int of = made[place] >>> FLAG_BITS;
    return turn - of < TURNS ? turns[of % TURNS] : null;
  }

  private boolean read(int place, RtpPacket into) {
    Turn of = turn(place);
    return of != null && of.read(numbers[place], into);
  }

  private boolean has(int place, int flag) {
    return (made[place] & flag) != 0;
  }

  private Turn opened(int place) {
    Turn of = turn(place);
    if (of == null) {
      throw new IllegalStateException("Only what open() found can be made again");
    }
    return of;
  }

  /** About how long the opened packet is. */
  int length(int place) {
    return has(place, PARAMETER_SETS)
        ? RtpPacket.FIXED_HEADER + opened(place).parameterSets().length
        : original.length();
  }

  boolean marker(int place) {
    return has(place, MARKER);
  }

  long timestamp(int place) {
    return opened(place).timestamp(original);
  }

  /** What was negotiated for the opened packet's codec. */
  PayloadTypes types(int place) {
    return opened(place).types();
  }

  /** The payload type that the opened packet was sent with. */
  int payloadType(int place) {
    PayloadTypes types = types(place);
    return has(place, RED) ? types.red() : types.media();
  }

  /** Adds the opened packet's payload as it was; false when it does not fit or a part is gone. */
  boolean append(int place, RtpPacket out) {
    Turn of = opened(place);
    if (has(place, PARAMETER_SETS)) {
      return out.appendPayload(of.parameterSets(), 0, of.parameterSets().length);
    }
    if (has(place, EMPTY)) {
      return true;
    }
    return has(place, RED)
        ? appendRed(place, of, out)
        : of.continuity().append(out, original, given[place]);
  }

  private boolean appendRed(int place, Turn of, RtpPacket out) {
    int earlier = find((sequences[place] - 1) & 0xFFFF);
    if (earlier == ABSENT || !read(earlier, before)) {
      return false;
    }
    RedWriter writer = red;
    if (writer == null) {
      writer = new RedWriter();
      red = writer;
    }
    writer.reset();
    writer.sent(
        sequences[earlier],
        opened(earlier).timestamp(before),
        before.buffer(),
        before.payloadOffset(),
        before.payloadLength());
    return writer.append(
        out,
        of.types().media(),
        original.buffer(),
        original.payloadOffset(),
        original.payloadLength());
  }

  /** Whether the packet was sent again less than {@code nanos} ago. */
  boolean resentWithin(int place, long nanos, long nowNanos) {
    int ticks = (int) (nowNanos / TICK_NANOS) - resentTicks[place];
    return resentTicks[place] != 0 && ticks < nanos / TICK_NANOS;
  }

  void markResent(int place, long nowNanos) {
    int ticks = (int) (nowNanos / TICK_NANOS);
    resentTicks[place] = ticks == 0 ? 1 : ticks;
  }
}
