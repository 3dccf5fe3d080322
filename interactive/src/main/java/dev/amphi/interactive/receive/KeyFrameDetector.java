package dev.amphi.interactive.receive;

import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.Depacketizer;
import dev.amphi.interactive.rtp.codec.PictureSize;

/** Looks into a stream's packets as they arrive for the starts of key frames. */
final class KeyFrameDetector {
  private final Depacketizer depacketizer;
  private long lastSequence = Long.MIN_VALUE / 2;
  private long lastTimestamp;
  private int pictureSize = PictureSize.UNKNOWN;

  KeyFrameDetector(Depacketizer depacketizer) {
    this.depacketizer = depacketizer;
  }

  /** Whether decoding can start at this packet; {@code sequence} is its number unwrapped. */
  boolean startsKeyFrame(RtpPacket packet, long sequence) {
    byte[] payload = packet.buffer();
    int at = packet.payloadOffset();
    int length = packet.payloadLength();
    boolean startsFrame = sequence == lastSequence + 1 && packet.timestamp() != lastTimestamp;
    if (sequence > lastSequence) {
      lastSequence = sequence;
      lastTimestamp = packet.timestamp();
    }
    depacketizer.observe(payload, at, length, startsFrame);
    boolean starts = length > 0 && depacketizer.startsKeyFrame(payload, at, length);
    if (starts) {
      int size = depacketizer.pictureSize(payload, at, length);
      pictureSize = size == PictureSize.UNKNOWN ? pictureSize : size;
    }
    return starts;
  }

  /** The {@link PictureSize} of the newest key frame that told one. */
  int pictureSize() {
    return pictureSize;
  }

  /** The numbers start anew. */
  void restart() {
    lastSequence = Long.MIN_VALUE / 2;
  }
}
