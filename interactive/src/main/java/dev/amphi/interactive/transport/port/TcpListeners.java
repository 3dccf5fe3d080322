package dev.amphi.interactive.transport.port;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The media port over TCP: passive candidates (RFC 6544) for those whose UDP is blocked. */
final class TcpListeners {
  /** Connections that have shown no check yet; a school's address opens many at a time. */
  private static final int UNPROVED_PER_ADDRESS = 64;

  private static final int UNPROVED = 1_024;
  private static final int PROVED_PER_ADDRESS = 1_024;
  private static final int PROVED = 8_192;

  /** What may wait for a slow connection: about a second of low video, then media is dropped. */
  private static final WriteBufferWaterMark BEHIND = new WriteBufferWaterMark(64 << 10, 256 << 10);

  /** What the kernel may hold unsent, so that old media does not pile up there. */
  private static final long UNSENT_BYTES = 32 << 10;

  private final AddressBudget unproved = new AddressBudget(UNPROVED_PER_ADDRESS, UNPROVED);
  private final AddressBudget proved = new AddressBudget(PROVED_PER_ADDRESS, PROVED);
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final List<Channel> open = new ArrayList<>();

  void open(NettyLoop loop, MediaPort port, InetAddress address, int number) throws IOException {
    boolean epoll = NettyLoop.epoll();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop.netty(), loop.netty())
            .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .childOption(ChannelOption.ALLOCATOR, MediaPort.ALLOCATOR)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, BEHIND)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new TcpConnection(loop, TcpListeners.this, port, channel));
                  }
                });
    if (epoll) {
      bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
      bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES);
    }
    var bound = bootstrap.bind(new InetSocketAddress(address, number)).awaitUninterruptibly();
    if (bound.cause() != null) {
      throw bound.cause() instanceof IOException e ? e : new IOException(bound.cause());
    }
    open.add(bound.channel());
  }

  AddressBudget unproved() {
    return unproved;
  }

  AddressBudget proved() {
    return proved;
  }

  /** A connection was ended for what it sent, or did not send. */
  void refused() {
    refused.incrementAndGet();
  }

  void dropped(int packets) {
    dropped.addAndGet(packets);
  }

  long connections() {
    return proved.taken();
  }

  long refusals() {
    return refused.get();
  }

  long drops() {
    return dropped.get();
  }

  void close() {
    open.forEach(channel -> channel.close().awaitUninterruptibly(1_000));
    open.clear();
  }
}
