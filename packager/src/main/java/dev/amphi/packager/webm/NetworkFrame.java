package dev.amphi.packager.webm;

import dev.amphi.packager.mp4.Bytes;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A coded frame as it came over the network, for a block of Matroska. What is no such frame, for
 * anybody may have sent it, gives nothing.
 */
public final class NetworkFrame {
  private static final int VP8_KEY_BYTES = 10;
  private static final int SIZE_MASK = 0x3fff;

  /** Whoever receives Opus is ready for two channels (RFC 7587 §6.1). */
  private static final Optional<Coding> STEREO = Optional.of(new Coding(0, 0, OpusHead.write(2)));

  private NetworkFrame() {}

  /** How the frames from a key frame on are coded; empty where it does not say so, or at length. */
  public static Optional<Coding> coding(TrackCodec codec, ByteBuffer key) {
    return switch (codec) {
      case OPUS -> STEREO;
      case VP8 -> vp8(key);
      case VP9 -> Vp9Key.read(key);
      case AV1 -> Av1.coding(key);
      case H264 -> Avc.coding(key);
    };
  }

  /** The frame as a block has it; a copy, empty where there is nothing in it to decode. */
  public static Bytes block(TrackCodec codec, ByteBuffer frame) {
    return switch (codec) {
      case OPUS, VP8, VP9 -> Bytes.copyOf(frame);
      case AV1 -> Av1.block(frame);
      case H264 -> Avc.block(frame);
    };
  }

  /** How long a frame lasts, where it says so itself; 0 otherwise. */
  public static int durationMs(TrackCodec codec, Bytes block) {
    return codec == TrackCodec.OPUS ? OpusHead.durationMs(block) : 0;
  }

  /** RFC 6386 §9.1. */
  private static Optional<Coding> vp8(ByteBuffer frame) {
    int at = frame.position();
    if (frame.remaining() < VP8_KEY_BYTES
        || (frame.get(at) & 1) != 0
        || (frame.get(at + 3) & 0xff) != 0x9d
        || (frame.get(at + 4) & 0xff) != 0x01
        || (frame.get(at + 5) & 0xff) != 0x2a) {
      return Optional.empty();
    }
    int width = ((frame.get(at + 7) & 0xff) << 8 | (frame.get(at + 6) & 0xff)) & SIZE_MASK;
    int height = ((frame.get(at + 9) & 0xff) << 8 | (frame.get(at + 8) & 0xff)) & SIZE_MASK;
    return width == 0 || height == 0
        ? Optional.empty()
        : Optional.of(new Coding(width, height, Bytes.EMPTY));
  }
}
