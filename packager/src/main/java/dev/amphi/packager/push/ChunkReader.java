package dev.amphi.packager.push;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts messages together from chunks (RTMP §5.3.1); a server has little to say to who publishes.
 */
final class ChunkReader {
  private static final int LONGEST_MESSAGE = 64 * 1024;
  private static final int MOST_STREAMS = 32;
  private static final int EXTENDED = 0xff_ff_ff;
  private static final byte[] NONE = {};
  private static final int[] HEADER_BYTES = {11, 7, 3, 0};

  /** A chunk stream: the header that the next chunk may leave out, and the message so far. */
  private static final class Channel {
    private int length;
    private int type;
    private int streamId;
    private boolean extended;

    /** Grows with what has come, not with what is claimed. */
    private byte[] body = NONE;

    private int filled;

    void take(ByteBuffer in, int count) {
      if (filled + count > body.length) {
        body = Arrays.copyOf(body, Math.min(length, Math.max(2 * body.length, filled + count)));
      }
      in.get(body, filled, count);
      filled += count;
    }

    byte[] release() {
      byte[] whole = body;
      body = NONE;
      filled = 0;
      return whole;
    }
  }

  private final Map<Integer, Channel> channels = new HashMap<>();
  private int chunkSize = 128;

  /** How long chunks are from now on. */
  void chunkSize(int bytes) {
    chunkSize = Math.clamp(bytes, 1, 16 * 1024 * 1024);
  }

  /** A message that was begun does not come to its end. */
  void abort(int chunkStream) {
    Channel channel = channels.get(chunkStream);
    if (channel != null) {
      channel.release();
    }
  }

  /**
   * Takes one chunk, if it is whole.
   *
   * @param in at a chunk's beginning; stays there when the chunk is not whole
   * @return the message that it completes, empty when none; {@code in} has moved if a chunk was
   *     taken
   */
  Optional<RtmpMessage> read(ByteBuffer in) throws PushFailure {
    int start = in.position();
    Optional<RtmpMessage> message = whole(in) ? chunk(in) : Optional.empty();
    if (!taken) {
      in.position(start);
    }
    return message;
  }

  private boolean taken;

  /** Whether basic and message header are there. */
  private boolean whole(ByteBuffer in) {
    taken = false;
    if (!in.hasRemaining()) {
      return false;
    }
    int first = in.get(in.position());
    int basic = (first & 63) == 0 ? 2 : (first & 63) == 1 ? 3 : 1;
    return in.remaining() >= basic + HEADER_BYTES[(first >> 6) & 3];
  }

  private Optional<RtmpMessage> chunk(ByteBuffer in) throws PushFailure {
    int first = in.get();
    int format = (first >> 6) & 3;
    Channel channel = channel(id(first & 63, in));
    header(channel, format, in);
    if (channel.extended) {
      if (in.remaining() < 4) {
        return Optional.empty();
      }
      in.getInt();
    }
    int count = Math.min(chunkSize, channel.length - channel.filled);
    if (in.remaining() < count) {
      return Optional.empty();
    }
    taken = true;
    channel.take(in, count);
    return channel.filled < channel.length
        ? Optional.empty()
        : Optional.of(new RtmpMessage(channel.type, channel.streamId, channel.release()));
  }

  private static int id(int told, ByteBuffer in) {
    return switch (told) {
      case 0 -> 64 + (in.get() & 0xff);
      case 1 -> 64 + (in.get() & 0xff) + ((in.get() & 0xff) << 8);
      default -> told;
    };
  }

  private Channel channel(int id) throws PushFailure {
    if (!channels.containsKey(id) && channels.size() >= MOST_STREAMS) {
      throw nonsense();
    }
    return channels.computeIfAbsent(id, fresh -> new Channel());
  }

  /** Reading a header twice, because its chunk was not whole, changes nothing. */
  private static void header(Channel channel, int format, ByteBuffer in) throws PushFailure {
    if (format == 3) {
      return;
    }
    channel.extended = u24(in) == EXTENDED;
    if (format == 2) {
      return;
    }
    int length = u24(in);
    if (length > LONGEST_MESSAGE || (channel.filled > 0 && length != channel.length)) {
      throw nonsense();
    }
    channel.length = length;
    channel.type = in.get() & 0xff;
    if (format == 0) {
      channel.streamId = Integer.reverseBytes(in.getInt());
    }
  }

  private static int u24(ByteBuffer in) {
    return (in.get() & 0xff) << 16 | (in.get() & 0xff) << 8 | (in.get() & 0xff);
  }

  private static PushFailure nonsense() {
    return new PushFailure(
        PushFailure.Kind.REFUSED,
        "What answers there does not speak RTMP as it should: check host, port and scheme.");
  }
}
