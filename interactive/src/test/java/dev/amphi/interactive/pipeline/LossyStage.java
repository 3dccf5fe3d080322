package dev.amphi.interactive.pipeline;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.fec.FlexFecDecoder;
import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import dev.amphi.interactive.receive.ReceiverConfig;
import dev.amphi.interactive.receive.ReceiverOutput;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.send.RtpSender;
import dev.amphi.interactive.send.SenderConfig;
import dev.amphi.interactive.send.SenderConfig.Parity;
import dev.amphi.interactive.send.SenderConfig.PayloadTypes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One publisher, the node, one subscriber, each way over a network of its own, with everything
 * negotiated that a browser offers: NACK and RTX and FlexFEC for pictures, RED for sound.
 */
final class LossyStage {
  private static final int MEDIA = 96;
  private static final int RTX = 97;
  private static final int RED = 63;
  private static final int FLEXFEC = 49;
  private static final long UP = 0xAAAA0010L;
  private static final long DOWN = 0xBBBB0010L;
  private static final long MILLI = Simulation.MILLI;

  /** Until then nobody has reported yet. */
  private static final long SETTLED_NANOS = 3000 * MILLI;

  private static final double LET_GO_PER_SECOND = 10.0 * MILLI;

  final Simulation simulation;
  final Codec codec;
  final Simulation.Path up;
  final Simulation.Path down;
  final RtpReceiver received;
  final RtpSender published;
  final RtpSender slot;
  final RtpReceiver subscriber;
  final VideoFeed feed;

  /** When each frame was whole at the subscriber, by its number. */
  final Map<Integer, Long> shown = new TreeMap<>();

  private final FlexFecDecoder decoder = new FlexFecDecoder(DOWN);
  private int recoveredByParity;
  private int rtxSequence = 50_000;
  private long stoppedNanos;

  LossyStage(long seed, Codec codec, Conditions there, Conditions back) {
    this(seed, codec, there, back, true);
  }

  LossyStage(long seed, Codec codec, Conditions there, Conditions back, boolean parity) {
    this.simulation = new Simulation(seed * 1000);
    this.codec = codec;
    up = simulation.path(there);
    down = simulation.path(back);
    slot = down.near.send(sender(DOWN, parity));
    subscriber = down.far.receive(receiver(DOWN), output((packet, key, now) -> {}, this::show));
    published = up.near.send(sender(UP, false));
    received = up.far.receive(receiver(UP), output(slot::forward, frame -> {}));
    feed = new VideoFeed(codec, published, codec == Codec.OPUS ? 100 : 4000, 0x7AC0FFEE, 0);
    slot.switchTo(received, 0);
    down.tap = this::recover;
  }

  private interface Forward {
    void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos);
  }

  private static ReceiverOutput output(
      Forward forward, java.util.function.Consumer<EncodedFrame> frames) {
    return new ReceiverOutput() {
      @Override
      public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
        forward.forward(packet, startsKeyFrame, nowNanos);
      }

      @Override
      public void frame(EncodedFrame frame) {
        frames.accept(frame);
      }
    };
  }

  private SenderConfig sender(long ssrc, boolean parity) {
    boolean sound = codec == Codec.OPUS;
    return new SenderConfig(
        "0",
        ssrc,
        ssrc + 1,
        Map.of(codec, sound ? new PayloadTypes(MEDIA, -1, RED) : new PayloadTypes(MEDIA, RTX)),
        !sound,
        Simulation.EXTENSIONS,
        parity && !sound ? new Parity(ssrc + 2, FLEXFEC) : Parity.NONE);
  }

  private ReceiverConfig receiver(long ssrc) {
    boolean sound = codec == Codec.OPUS;
    return new ReceiverConfig(
        "0",
        "",
        codec,
        MEDIA,
        sound ? -1 : RTX,
        ssrc,
        ssrc + 1,
        !sound,
        Simulation.EXTENSIONS,
        sound ? RED : -1);
  }

  private void show(EncodedFrame frame) {
    int number = feed.numberOf(frame);
    if (number < 0 || shown.put(number, simulation.now()) != null) {
      throw new AssertionError("A frame that was not sent, or twice: " + number);
    }
  }

  /** What the subscriber's browser makes of FlexFEC. */
  private void recover(byte[] datagram, long now) {
    RtpPacket packet = new RtpPacket();
    if (!packet.wrap(datagram, 0, datagram.length)) {
      return;
    }
    if (packet.ssrc() == DOWN + 2) {
      int at = packet.payloadOffset();
      made(decoder.onParity(Arrays.copyOfRange(datagram, at, at + packet.payloadLength())), now);
    } else if (packet.ssrc() == DOWN && packet.payloadType() == MEDIA) {
      made(decoder.onMedia(still(packet)), now);
    }
  }

  private static byte[] still(RtpPacket packet) {
    byte[] bytes = packet.buffer().clone();
    for (int id : new int[] {2, 3}) { // departure and transport-wide number
      if (packet.extensionLength(id) > 0) {
        int at = packet.extensionOffset(id);
        Arrays.fill(bytes, at, at + packet.extensionLength(id), (byte) 0);
      }
    }
    return bytes;
  }

  /** Browsers do not report a repaired packet as received: so it comes as a retransmission does. */
  private void made(Optional<byte[]> recovered, long now) {
    if (recovered.isEmpty()) {
      return;
    }
    recoveredByParity++;
    RtpPacket packet = new RtpPacket();
    byte[] bytes = recovered.get();
    if (!packet.wrap(bytes, 0, bytes.length)) {
      throw new AssertionError("What parity makes is a packet");
    }
    ByteBuffer rtx = ByteBuffer.allocate(bytes.length + 2);
    rtx.put(bytes, 0, packet.payloadOffset()).putShort((short) packet.sequence());
    rtx.put(bytes, packet.payloadOffset(), bytes.length - packet.payloadOffset());
    rtx.put(1, (byte) ((bytes[1] & 0x80) | RTX));
    rtx.putShort(2, (short) rtxSequence++).putInt(8, (int) DOWN + 1);
    down.far.onRtp(rtx.array(), 0, rtx.capacity(), now);
  }

  void start() {
    simulation.every(frameMillis(), feed::sendFrame);
    // A browser measures its round trip by itself (RFC 3611).
    simulation.every(100, now -> subscriber.onRoundTrip(slot.roundTripNanos()));
  }

  void run(long millis) {
    simulation.run(millis);
  }

  /** Plays for a while; then what is under way may arrive. */
  void play(long millis) {
    start();
    run(millis);
    stop();
  }

  void stop() {
    stoppedNanos = simulation.now();
    simulation.stopTimers();
    run(3000);
  }

  int frameMillis() {
    return codec == Codec.OPUS ? 20 : 33;
  }

  int recoveredByParity() {
    return recoveredByParity;
  }

  private long capturedNanos(int number) {
    return (long) number * frameMillis() * MILLI;
  }

  private long fastestNanos() {
    return shown.entrySet().stream()
        .mapToLong(frame -> frame.getValue() - capturedNanos(frame.getKey()))
        .min()
        .orElseThrow();
  }

  /**
   * What somebody sees whose player adapts as browsers do: a picture that comes later than its turn
   * makes the player hold back so much from then on, and {@link #LET_GO_PER_SECOND} less with each
   * second. A gap of more than 150 ms above the usual one is a freeze (as in {@code freezeCount} of
   * the browsers' statistics), and all of it counts. The first three seconds do not: before the
   * first reports nobody knows what the links are like.
   */
  Freezes freezes() {
    double heldBack = 50 * MILLI;
    double heldBackSum = 0;
    long previous = -1;
    long total = 0;
    long longest = 0;
    int count = 0;
    long fastest = fastestNanos();
    for (Map.Entry<Integer, Long> frame : shown.entrySet()) {
      if (capturedNanos(frame.getKey()) < SETTLED_NANOS) {
        continue;
      }
      long earliest = capturedNanos(frame.getKey()) + fastest;
      heldBack = Math.max(heldBack, (double) (frame.getValue() - earliest));
      long at = Math.max(previous, earliest + (long) heldBack);
      long gap = previous < 0 ? 0 : at - previous;
      if (gap > (frameMillis() + 150) * MILLI) {
        total += gap;
        count++;
      }
      longest = Math.max(longest, gap);
      previous = at;
      heldBackSum += heldBack;
      heldBack -= LET_GO_PER_SECOND * frameMillis() / 1000;
    }
    long played = stoppedNanos - SETTLED_NANOS;
    long mean = (long) (heldBackSum * frameMillis() / played);
    return new Freezes(count, (double) total / played, longest / MILLI, mean);
  }

  /** The part of the pictures that came so much later than by the shortest way, or not at all. */
  double late(long millis) {
    long latest = fastestNanos() + millis * MILLI;
    long inTime =
        shown.entrySet().stream()
            .filter(frame -> frame.getValue() - capturedNanos(frame.getKey()) <= latest)
            .count();
    return 1 - (double) inTime / feed.sent();
  }

  /**
   * How it looked: freezes, which part of the time they took, the longest gap between two pictures,
   * and how much the player held back in the mean.
   */
  record Freezes(int count, double part, long longestMillis, long heldBackMillis) {}

  /**
   * The part of the frames of sound that came, by themselves or in a later packet, before a player
   * needed them that holds back for so long beyond the shortest way.
   *
   * @param inBand whether the frame behind one brings it, too (Opus' own FEC)
   */
  double heard(long heldBackMillis, boolean inBand) {
    int heard = 0;
    for (int i = 0; i < feed.sent(); i++) {
      long dueNanos = capturedNanos(i) + fastestNanos() + heldBackMillis * MILLI;
      heard += in(i, dueNanos) || (inBand && in(i + 1, dueNanos)) ? 1 : 0;
    }
    return (double) heard / feed.sent();
  }

  private boolean in(int number, long dueNanos) {
    Long at = shown.get(number);
    return at != null && at <= dueNanos;
  }
}
