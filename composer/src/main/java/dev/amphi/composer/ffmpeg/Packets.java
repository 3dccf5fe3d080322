package dev.amphi.composer.ffmpeg;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** Moves bytes between Java's buffers and FFmpeg's packets. */
final class Packets {
  private Packets() {}

  /** Copies coded bytes into the packet, with the zeroed tail that FFmpeg's parsers read over. */
  static void fill(AVPacket packet, ByteBuffer coded, long timeTicks) {
    int size = coded.remaining();
    AvErrors.check(avcodec.av_new_packet(packet, size), "allocating a packet");
    packet.data().capacity(size).asByteBuffer().put(coded.duplicate());
    packet.pts(timeTicks).dts(timeTicks);
  }

  /** The packet's bytes where they are. */
  static ByteBuffer view(AVPacket packet) {
    return packet.data().capacity(packet.size()).asByteBuffer();
  }

  /** Hands parameter sets to a codec, which frees them with itself. */
  static void extradata(AVCodecContext context, ByteBuffer config) {
    int size = config.remaining();
    BytePointer bytes =
        new BytePointer(avutil.av_mallocz(size + (long) avcodec.AV_INPUT_BUFFER_PADDING_SIZE));
    bytes.capacity(size).asByteBuffer().put(config.duplicate());
    context.extradata(bytes).extradata_size(size);
  }

  /** A copy of what an encoder put into its header. */
  static ByteBuffer extradata(AVCodecContext context) {
    int size = context.extradata_size();
    if (size == 0) {
      return ByteBuffer.allocate(0);
    }
    ByteBuffer copy = ByteBuffer.allocate(size);
    copy.put(context.extradata().capacity(size).asByteBuffer());
    return copy.flip();
  }
}
