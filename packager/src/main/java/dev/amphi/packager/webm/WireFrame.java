package dev.amphi.packager.webm;

import dev.amphi.packager.mp4.Bytes;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A block of Matroska as the frame that it was on the network: {@link NetworkFrame} backwards. */
public final class WireFrame {
  private static final int LENGTH_BYTES = 4;

  /** An empty OBU of type 2, which says its size (AV1 §5.6). */
  private static final byte[] DELIMITER = {0x12, 0x00};

  private static final byte[] START_CODE = {0, 0, 0, 1};

  private WireFrame() {}

  /** The frame; empty where the block is none. */
  public static Optional<Bytes> of(TrackCodec codec, Bytes block) {
    if (block.length() == 0) {
      return Optional.empty();
    }
    return switch (codec) {
      case OPUS, VP8, VP9 -> Optional.of(block);
      case AV1 -> Optional.of(Ebml.join(Bytes.wrap(DELIMITER), block));
      case H264 -> annexB(block);
    };
  }

  /** Start codes instead of lengths, which are as long. */
  private static Optional<Bytes> annexB(Bytes block) {
    ByteBuffer out = ByteBuffer.allocate(block.length());
    for (int at = 0; at < block.length(); ) {
      if (block.length() - at < LENGTH_BYTES) {
        return Optional.empty();
      }
      int length = block.slice(at, at + LENGTH_BYTES).toByteBuffer().getInt();
      at += LENGTH_BYTES;
      if (length <= 0 || length > block.length() - at) {
        return Optional.empty();
      }
      out.put(START_CODE);
      block.slice(at, at + length).putInto(out);
      at += length;
    }
    return Optional.of(Bytes.wrap(out.array()));
  }
}
