package dev.amphi.interactive.receive;

import dev.amphi.interactive.rtp.codec.Depacketizer;
import dev.amphi.interactive.rtp.codec.Depacketizer.Outcome;

/**
 * Orders packets and makes frames of them. A hole is waited for until it is given up, from outside
 * or after a time of its own; then sound goes on with the next packet, and a picture with the next
 * key frame, because what follows a hole refers to what is lost in it.
 */
final class FrameAssembler {
  static final long NEVER = Long.MAX_VALUE;

  private final Depacketizer depacketizer;
  private final boolean video;
  private final long patienceNanos;
  private final FrameSink sink;
  private final PacketSlots slots;

  /** Whether {@link #next} is known; if not, a packet to start at is sought from there on. */
  private boolean running;

  private long next = Long.MIN_VALUE;
  private boolean needsKeyFrame;
  private boolean frameOpen;
  private boolean frameBroken;
  private long frameTimestamp;
  private long frameArrivalNanos;
  private long holeAt = -1;
  private long holeSinceNanos;
  private long frames;
  private long keyFrames;
  private long dropped;

  /**
   * An assembler for one stream.
   *
   * @param patienceNanos how long a hole is waited for when nobody gives it up before
   * @param capacity packets kept beyond a hole, a power of two
   */
  FrameAssembler(
      Depacketizer depacketizer, boolean video, long patienceNanos, int capacity, FrameSink sink) {
    this.depacketizer = depacketizer;
    this.video = video;
    this.patienceNanos = patienceNanos;
    this.sink = sink;
    this.slots = new PacketSlots(capacity);
    this.needsKeyFrame = video;
  }

  /**
   * Takes a packet, in any order, each once.
   *
   * @param sequence unwrapped
   * @param timestamp unwrapped
   * @param keyStart whether decoding can start here
   */
  void onPacket(
      long sequence,
      byte[] payload,
      int offset,
      int length,
      long timestamp,
      boolean marker,
      boolean keyStart,
      long nowNanos) {
    if (sequence < next) {
      return;
    }
    if (running && sequence - next >= slots.capacity()) {
      abandon(sequence - 1);
    }
    if (!running && keyStart) {
      running = true;
      next = sequence;
    }
    if (running && sequence == next) {
      consume(payload, offset, length, timestamp, marker, nowNanos);
    } else {
      slots.put(sequence, payload, offset, length, timestamp, marker, keyStart, nowNanos);
    }
    if (running) {
      drain();
      watchHole(nowNanos);
    } else {
      sink.keyFrameNeeded();
    }
  }

  private void drain() {
    while (slots.has(next)) {
      long s = next;
      slots.remove(s);
      consume(
          slots.payload(s),
          0,
          slots.length(s),
          slots.timestamp(s),
          slots.marker(s),
          slots.arrivalNanos(s));
    }
  }

  private void watchHole(long nowNanos) {
    if (slots.highest() < next) {
      holeAt = -1;
    } else if (holeAt != next) {
      holeAt = next;
      holeSinceNanos = nowNanos;
    }
  }

  private void consume(
      byte[] payload, int offset, int length, long timestamp, boolean marker, long arrivalNanos) {
    next++;
    if (length == 0) { // a probe keeps the numbering whole and carries nothing
      return;
    }
    if (frameOpen && timestamp != frameTimestamp) {
      finishFrame(); // its sender does not set the marker
    }
    if (!frameOpen) {
      depacketizer.begin();
      frameOpen = true;
      frameBroken = false;
      frameTimestamp = timestamp;
      frameArrivalNanos = arrivalNanos;
    }
    frameBroken |= !depacketizer.append(payload, offset, length);
    frameArrivalNanos = Math.max(frameArrivalNanos, arrivalNanos);
    if (marker || !video) {
      finishFrame();
    }
  }

  private void finishFrame() {
    frameOpen = false;
    Outcome outcome = frameBroken ? Outcome.BROKEN : depacketizer.finish();
    switch (outcome) {
      case FRAME -> deliver();
      case NO_PICTURE -> {}
      case BROKEN -> {
        dropped++;
        needKeyFrame();
      }
    }
  }

  private void deliver() {
    boolean keyFrame = depacketizer.keyFrame();
    if (needsKeyFrame && !keyFrame) {
      dropped++;
      sink.keyFrameNeeded();
      return;
    }
    needsKeyFrame = false;
    frames++;
    keyFrames += keyFrame ? 1 : 0;
    sink.frame(depacketizer.frame(), frameTimestamp, frameArrivalNanos, keyFrame);
  }

  private void needKeyFrame() {
    if (video) {
      needsKeyFrame = true;
      sink.keyFrameNeeded();
    }
  }

  /** {@code sequence} and whatever is missing before it will not come any more. */
  void onGivenUp(long sequence, long nowNanos) {
    if (running && next <= sequence) {
      abandon(sequence);
      watchHole(nowNanos);
    }
  }

  /** Goes on behind {@code lost}: with any packet of sound, with a key frame of a picture. */
  private void abandon(long lost) {
    holeAt = -1;
    if (frameOpen) {
      frameOpen = false;
      dropped++;
    }
    // Sound that came before the lost packet was whole: only the hole itself is left out.
    long from = video ? lost + 1 : next + 1;
    long start = slots.lowest(from, video);
    running = start >= 0;
    next = running ? start : lost + 1;
    if (running) {
      needsKeyFrame = video;
      drain();
    } else {
      needKeyFrame();
    }
  }

  /** Gives a hole up that was waited for long enough. */
  void poll(long nowNanos) {
    if (nowNanos >= nextDeadlineNanos()) {
      abandon(next);
      watchHole(nowNanos);
    }
  }

  /** When {@link #poll} has something to do, or {@link #NEVER}. */
  long nextDeadlineNanos() {
    return running && holeAt == next ? holeSinceNanos + patienceNanos : NEVER;
  }

  long frames() {
    return frames;
  }

  long keyFrames() {
    return keyFrames;
  }

  long dropped() {
    return dropped;
  }

  /** Starts over with the next packet to start at. */
  void reset() {
    running = false;
    next = Long.MIN_VALUE;
    needsKeyFrame = video;
    frameOpen = false;
    holeAt = -1;
    slots.clear();
  }
}
