package dev.amphi.interactive.transport.port;

import dev.amphi.interactive.rtp.PacketKind;
import dev.amphi.interactive.transport.ice.IcePath;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One ICE-TCP connection: frames of a two-byte length and a packet (RFC 4571 §2). Its first frame
 * has to be a check for one of our sessions, a right one has to come within {@link #PROOF_SECONDS};
 * anything else ends it. Read on the loop that accepted it.
 */
final class TcpConnection extends ChannelInboundHandlerAdapter {
  private static final int PROOF_SECONDS = 10;
  private static final int LENGTH_BYTES = 2;

  private final NettyLoop loop;
  private final TcpListeners listeners;
  private final MediaPort port;
  private final Channel channel;
  private final TcpPair pair;
  private final byte[] frame = new byte[IcePath.MAX_DATAGRAM_BYTES];
  private volatile @Nullable ServerPath session;
  private boolean counted;
  private int lengthBytes;
  private int frameBytes;
  private int filled;

  TcpConnection(NettyLoop loop, TcpListeners listeners, MediaPort port, Channel channel) {
    this.loop = loop;
    this.listeners = listeners;
    this.port = port;
    this.channel = channel;
    this.pair = new TcpPair(this, (InetSocketAddress) channel.remoteAddress());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    counted = listeners.unproved().take(pair.remote().getAddress());
    if (!counted) {
      listeners.refused();
      close();
      return;
    }
    loop.schedule(TimeUnit.SECONDS.toNanos(PROOF_SECONDS), this::requireProof);
  }

  private void requireProof() {
    if (session == null && channel.isOpen()) {
      listeners.refused();
      close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      while (in.isReadable() && channel.isOpen()) {
        if (lengthBytes < LENGTH_BYTES) {
          frameBytes = frameBytes << 8 | in.readUnsignedByte();
          if (++lengthBytes == LENGTH_BYTES && frameBytes > frame.length) {
            listeners.refused();
            close();
            return;
          }
        } else {
          int count = Math.min(frameBytes - filled, in.readableBytes());
          in.readBytes(frame, filled, count);
          filled += count;
        }
        if (lengthBytes == LENGTH_BYTES && filled == frameBytes) {
          int length = filled;
          lengthBytes = 0;
          frameBytes = 0;
          filled = 0;
          received(length);
        }
      }
    } finally {
      in.release();
    }
  }

  private void received(int length) {
    ServerPath known = session;
    long nowNanos = System.nanoTime();
    if (PacketKind.of(frame, 0, length) == PacketKind.STUN) {
      if (!port.checked(frame, length, pair, nowNanos) && known == null) {
        close();
      }
    } else if (known != null) {
      known.datagram(frame, length, pair.remote(), nowNanos);
    } else if (length > 0) {
      listeners.refused();
      close();
    }
    loop.flushIfLate(nowNanos);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    loop.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ServerPath known = session;
    session = null;
    if (counted) {
      counted = false;
      (known == null ? listeners.unproved() : listeners.proved())
          .giveBack(pair.remote().getAddress());
    }
    if (known != null) {
      known.gone(pair);
    }
  }

  /** A check over it was right: it belongs to that session. Any thread. */
  void proved(ServerPath path) {
    channel.eventLoop().execute(() -> belongTo(path));
  }

  private void belongTo(ServerPath path) {
    if (!channel.isActive() || !counted) {
      path.gone(pair);
    } else if (session == null) {
      listeners.unproved().giveBack(pair.remote().getAddress());
      counted = listeners.proved().take(pair.remote().getAddress());
      if (counted) {
        session = path;
      } else {
        listeners.refused();
        path.gone(pair);
        close();
      }
    } else if (session != path) {
      path.gone(pair); // a connection is one session's: the first that it proved to be for
    }
  }

  /** Sends one packet at once; any thread. */
  boolean send(byte[] bytes, int offset, int length) {
    if (!channel.isWritable()) {
      listeners.dropped(1);
      return false;
    }
    ByteBuf out = MediaPort.ALLOCATOR.directBuffer(LENGTH_BYTES + length);
    out.writeShort(length);
    out.writeBytes(bytes, offset, length);
    write(out);
    return true;
  }

  /**
   * Sends packets that lie one behind the other; when the connection is behind, these newest ones
   * are dropped. Releases the buffer.
   */
  void write(ByteBuf packets, int[] sizes, int count) {
    try {
      if (!channel.isWritable()) {
        listeners.dropped(count);
        return;
      }
      ByteBuf out =
          MediaPort.ALLOCATOR.directBuffer(packets.readableBytes() + LENGTH_BYTES * count);
      for (int i = 0; i < count; i++) {
        out.writeShort(sizes[i]);
        out.writeBytes(packets, sizes[i]);
      }
      write(out);
    } finally {
      packets.release();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a connection that fails becomes inactive
  private void write(ByteBuf out) {
    channel.writeAndFlush(out, channel.voidPromise());
  }

  /** A session wants it no more: ends it, unless it is another's. Any thread. */
  void close(ServerPath path) {
    ServerPath known = session;
    if (known == null || known == path) {
      close();
    }
  }

  /** Ends it; any thread. */
  @SuppressWarnings("FutureReturnValueIgnored") // becomes inactive in any case
  void close() {
    channel.close();
  }
}
