package dev.amphi.interactive.pipeline;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.send.LocalSource;
import dev.amphi.interactive.send.RtpSender;
import java.nio.ByteBuffer;

/**
 * Frames that look like a codec's from outside and carry their own number, so that a receiver can
 * tell each one, whole and right, from any other.
 */
final class VideoFeed {
  private static final int TICKS_PER_FRAME = 3000;

  private final Codec codec;
  private final LocalSource source;
  private final RtpSender sender;
  private int frameBytes;
  private final int tag;
  private boolean keyFrameWanted = true;
  private int sent;
  private int keyFrames;

  VideoFeed(Codec codec, RtpSender sender, int frameBytes, int tag, long nowNanos) {
    this.codec = codec;
    this.frameBytes = frameBytes;
    this.tag = tag;
    this.sender = sender;
    this.source =
        new LocalSource(codec, sender, Simulation.NTP, () -> keyFrameWanted = true, nowNanos);
  }

  /** Sends the next frame; a key frame when one was asked for. */
  void sendFrame(long nowNanos) {
    boolean key = keyFrameWanted && codec != Codec.OPUS;
    keyFrameWanted = false;
    keyFrames += key ? 1 : 0;
    byte[] frame = frame(key, sent);
    source.send(frame, 0, frame.length, firstTimestamp() + (long) TICKS_PER_FRAME * sent, nowNanos);
    sent++;
  }

  /** Each feed its own, so that nobody can rely on two being alike. */
  private long firstTimestamp() {
    return 0xFFFF_0000L + 1_000_003L * (tag & 0xFF);
  }

  /** Shows nothing from now on, until {@link #resume}. */
  void pause(long nowNanos) {
    sender.switchTo(null, nowNanos);
  }

  void resume(long nowNanos) {
    sender.switchTo(source, nowNanos);
  }

  /** From the next frame on, which is a key frame, frames are so long. */
  void frameBytes(int bytes) {
    frameBytes = bytes;
    keyFrameWanted = true;
  }

  private byte[] frame(boolean key, int number) {
    byte[] frame = new byte[key ? 3 * frameBytes : frameBytes];
    int head = head(frame, key);
    ByteBuffer.wrap(frame).putInt(head, tag).putInt(head + 4, coded(number));
    for (int i = head + 8; i < frame.length; i++) {
      frame[i] = (byte) (1 + (number + i) % 200); // never a start code
    }
    return frame;
  }

  /** Seven bits a byte: no zero that could look like a start code. */
  private static int coded(int number) {
    return 0x80808080
        | (number >> 21 & 0x7F) << 24
        | (number >> 14 & 0x7F) << 16
        | (number >> 7 & 0x7F) << 8
        | (number & 0x7F);
  }

  private static int decoded(int coded) {
    return (coded >> 24 & 0x7F) << 21
        | (coded >> 16 & 0x7F) << 14
        | (coded >> 8 & 0x7F) << 7
        | (coded & 0x7F);
  }

  private int head(byte[] frame, boolean key) {
    byte[] head =
        switch (codec) {
          case VP8 ->
              key
                  ? new byte[] {0x10, 0, 0, (byte) 0x9D, 1, 0x2A, 64, 1, (byte) 0xB4, 0}
                  : new byte[] {0x11, 0, 0, 1, 1, 1, 1, 1, 1, 1};
          case H264 ->
              key
                  ? new byte[] {0, 0, 0, 1, 0x67, 66, 0, 0, 0, 1, 0x68, 9, 0, 0, 0, 1, 0x65, 1}
                  : new byte[] {0, 0, 0, 1, 0x41, 1, 1, 1, 1, 1};
          case VP9 -> new byte[] {(byte) (key ? 0x82 : 0x86), 0x49, (byte) 0x83, 0x42};
          case AV1 -> temporalUnit(frame.length, key);
          case OPUS -> new byte[] {0x78};
        };
    System.arraycopy(head, 0, frame, 0, head.length);
    return head.length;
  }

  /** What goes before one frame OBU that fills the rest. */
  private static byte[] temporalUnit(int length, boolean key) {
    byte[] head =
        key ? new byte[] {0x12, 0, 0x0A, 2, 1, 1, 0x32, 0, 0} : new byte[] {0x12, 0, 0x32, 0, 0};
    int rest = length - head.length;
    head[head.length - 2] = (byte) (0x80 | rest);
    head[head.length - 1] = (byte) (rest >> 7);
    return head;
  }

  /** The number of a received frame, or -1 when it is not whole or not this feed's. */
  int numberOf(EncodedFrame received) {
    ByteBuffer payload = received.payload();
    byte[] bytes = new byte[payload.remaining()];
    payload.get(payload.position(), bytes);
    for (int head = 0; head < Math.min(bytes.length - 8, 20); head++) {
      ByteBuffer view = ByteBuffer.wrap(bytes);
      if (view.getInt(head) == tag) {
        int number = decoded(view.getInt(head + 4));
        byte[] expected = frame(received.keyFrame() && codec != Codec.OPUS, number);

        return java.util.Arrays.equals(expected, bytes) ? number : -1;
      }
    }
    return -1;
  }

  int sent() {
    return sent;
  }

  int keyFrames() {
    return keyFrames;
  }
}
