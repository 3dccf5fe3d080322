package dev.amphi.composer.audio;

import dev.amphi.composer.codec.AudioDecoder;
import java.nio.ByteBuffer;

/**
 * One voice as continuous samples, from its coded packets: what is missing or cannot be decoded is
 * made up, what comes too late is left out. It knows its time, not the listener's.
 */
final class DecodedVoice implements AutoCloseable {
  /** Where the first sample is in {@link #samples()}; what went before it is kept there too. */
  static final int AT = Resampler.BEFORE;

  private static final int CAPACITY = 48_000;
  private static final float LOUDEST = 4;
  private static final float QUIETEST = 1e-12f;

  private final AudioDecoder decoder;
  private final PacketBuffer packets = new PacketBuffer();
  private final Concealment concealment = new Concealment();
  private final float[] decoded = new float[2 * AudioDecoder.MAX_SAMPLES];
  private final float[] samples = new float[2 * (AT + CAPACITY)];
  private int count;
  private long ticks;
  private int madeUp;
  private int packetSamples;
  private boolean follows = true;
  private long concealedSamples;
  private long brokenPackets;
  private long latePackets;

  /** Takes the decoder over. */
  DecodedVoice(AudioDecoder decoder) {
    this.decoder = decoder;
  }

  /** Adds a coded packet, in any order. */
  void packet(long packetTicks, ByteBuffer payload) {
    packets.offer(packetTicks, payload);
  }

  /** Whether a packet waits. */
  boolean waiting() {
    return packets.firstTicks() != Long.MAX_VALUE;
  }

  /** Interleaved stereo; the sample of {@link #ticks()} is the one at {@link #AT}. */
  float[] samples() {
    return samples;
  }

  /** The source's time of the first sample. */
  long ticks() {
    return ticks;
  }

  /** Goes on at another time; what is before it is not played any more. */
  void restart(long newTicks) {
    count = 0;
    ticks = newTicks;
    follows = false;
    madeUp = 0;
    packets.keep(newTicks - AudioDecoder.MAX_SAMPLES, newTicks + CAPACITY);
  }

  /** Decodes or makes up until that many samples are there. */
  void fill(int wanted) {
    while (count < wanted) {
      long next = ticks + count;
      long first = packets.firstTicks();
      if (first <= next) {
        decodeFirst(next - first);
      } else {
        long gap = first - next;
        int free = CAPACITY - count;
        makeUp(gap < 0 || gap > free ? free : (int) gap, wanted - count); // below 0: an overflow
      }
    }
  }

  /** Fills a gap of {@code room} samples, or at least as much of it as is wanted. */
  private void makeUp(int room, int wanted) {
    int made = 0;
    if (follows && packetSamples > 0 && !concealment.repeating() && !concealment.faded()) {
      made = decoder.conceal(decoded, room);
    }
    if (made > 0) {
      clean(made);
      concealment.madeByDecoder(decoded, made);
      append(0, made);
      concealedSamples += made;
    } else {
      made = Math.min(room, wanted);
      extend(made);
    }
    madeUp = Math.min(Integer.MAX_VALUE - CAPACITY, madeUp + made);
  }

  private void extend(int made) {
    concealment.extend(samples, AT + count, made);
    count += made;
    concealedSamples += made;
  }

  /** Decodes the first packet and appends it, without what comes too late. */
  private void decodeFirst(long late) {
    byte[] packet = packets.take();
    if (late >= AudioDecoder.MAX_SAMPLES || (packetSamples > 0 && late >= packetSamples)) {
      latePackets++;
      return;
    }
    int decodedSamples = packet == null ? -1 : decoder.decode(ByteBuffer.wrap(packet), decoded);
    if (decodedSamples < 0) {
      brokenPackets++;
      return;
    }
    packetSamples = decodedSamples;
    int from = (int) late;
    int usable = Math.min(decodedSamples - from, CAPACITY - count);
    if (usable <= 0) {
      return;
    }
    clean(decodedSamples);
    concealment.resume(decoded, from, usable, follows && late == 0);
    concealment.heard(decoded, from, usable);
    append(from, usable);
    follows = true;
    madeUp = 0;
  }

  private void append(int from, int appended) {
    System.arraycopy(decoded, 2 * from, samples, 2 * (AT + count), 2 * appended);
    count += appended;
  }

  /**
   * Whatever a hostile stream decodes to, only numbers of a sound's size pass: one NaN would deafen
   * the leveller, the limiter and the meter for ever, and denormal numbers are slow.
   */
  private void clean(int cleaned) {
    for (int i = 0; i < 2 * cleaned; i++) {
      float size = Math.abs(decoded[i]);
      if (!(size <= LOUDEST) || size < QUIETEST) {
        decoded[i] = size > LOUDEST ? Math.copySign(LOUDEST, decoded[i]) : 0;
      }
    }
  }

  /** Lets go of the first samples. */
  void consume(int consumed) {
    System.arraycopy(samples, 2 * consumed, samples, 0, 2 * (AT + count - consumed));
    count -= consumed;
    ticks += consumed;
  }

  /**
   * Puts everything off by about so much: first what was made up just now counts as the pause that
   * is wanted, then more is made up behind what is there.
   */
  void delay(int by) {
    int past = Math.min(by, madeUp);
    int more = by - past;
    if (more > 0) {
      more = Math.min(concealment.fitting(more), CAPACITY - count);
      extend(more);
    }
    madeUp -= past;
    ticks -= past + more;
  }

  /** Samples that had to be made up, silence included. */
  long concealedSamples() {
    return concealedSamples;
  }

  /** Packets that could not be decoded, came too late or were too many. */
  long lostPackets() {
    return brokenPackets + latePackets + packets.dropped();
  }

  @Override
  public void close() {
    decoder.close();
  }
}
