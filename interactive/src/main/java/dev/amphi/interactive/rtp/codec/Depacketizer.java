package dev.amphi.interactive.rtp.codec;

import dev.amphi.interactive.api.TrackView.Codec;
import org.jspecify.annotations.Nullable;

/**
 * Puts the payloads of one frame's packets, given in order and without holes, together again.
 * Payloads are hostile: a malformed one is refused, never thrown at.
 */
public sealed interface Depacketizer
    permits Vp8Depacketizer, Vp9Depacketizer, Av1Depacketizer, H264Depacketizer, OpusDepacketizer {
  /** The depacketizer of a codec. */
  static Depacketizer of(Codec codec) {
    return switch (codec) {
      case VP8 -> new Vp8Depacketizer();
      case VP9 -> new Vp9Depacketizer();
      case AV1 -> new Av1Depacketizer();
      case H264 -> new H264Depacketizer();
      case OPUS -> new OpusDepacketizer();
    };
  }

  /** Whether decoding can start at the packet with this payload; always true for audio. */
  boolean startsKeyFrame(byte[] payload, int offset, int length);

  /**
   * Looks at a payload as it arrives, in any order, before all other questions about it.
   *
   * @param startsFrame whether the packet before it in the numbering came, and is of another frame
   */
  default void observe(byte[] payload, int offset, int length, boolean startsFrame) {}

  /** The parameter sets that arrived, as one payload; null when there are none. Allocates. */
  default byte @Nullable [] parameterSets() {
    return null;
  }

  /**
   * The {@link PictureSize} that a payload tells which starts a key frame, or {@link
   * PictureSize#UNKNOWN}.
   */
  int pictureSize(byte[] payload, int offset, int length);

  /** Whether the payload can be a frame's first. */
  boolean startsFrame(byte[] payload, int offset, int length);

  /** Forgets the frame in work. */
  void begin();

  /** Adds a payload to the frame in work; false when it is malformed or the frame too large. */
  boolean append(byte[] payload, int offset, int length);

  /** Ends the frame in work. */
  Outcome finish();

  /** What became of a frame. */
  enum Outcome {
    /** A whole frame. */
    FRAME,
    /** Nothing to decode, nothing missing: parameter sets alone. */
    NO_PICTURE,
    /** Something is wrong with it. */
    BROKEN
  }

  /** Whether the finished frame can be decoded without the ones before. */
  boolean keyFrame();

  /** The finished frame; valid until {@link #begin()}. */
  FrameBuffer frame();
}
