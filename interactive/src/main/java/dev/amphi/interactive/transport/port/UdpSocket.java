package dev.amphi.interactive.transport.port;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One loop's socket on one local address. All loops' sockets share the port (SO_REUSEPORT): the
 * kernel gives each far side's datagrams to one of them.
 */
final class UdpSocket extends ChannelInboundHandlerAdapter {
  /** One byte more than anybody may send would do, so that what is too large shows. */
  static final int RECEIVED_BYTES = 2_048;

  private static final System.Logger LOG = System.getLogger(UdpSocket.class.getName());
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
  private static final int SEND_BUFFER_BYTES = 4 << 20;

  /** When so much waits for the kernel, new media is dropped. */
  private static final WriteBufferWaterMark BEHIND = new WriteBufferWaterMark(4 << 20, 8 << 20);

  /** Datagrams that one system call brings. */
  private static final int READ_AT_ONCE = Integer.getInteger("amphi.readAtOnce", 16);

  /** After so many reads the loop's other tasks have their turn. */
  private static final int READS = 4;

  /** So many, as one may be the fault of the address that it went to. */
  private static final int REFUSALS = 8;

  private final NettyLoop loop;
  private final MediaPort port;
  private final int local;
  private final AtomicLong dropped = new AtomicLong();
  private final Channel channel;
  private volatile boolean segments;
  private boolean touched;
  private int refusals;

  private UdpSocket(NettyLoop loop, MediaPort port, int local, InetSocketAddress address)
      throws IOException {
    this.loop = loop;
    this.port = port;
    this.local = local;
    boolean epoll = NettyLoop.epoll();
    this.segments = epoll && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop.netty())
            .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
            .option(ChannelOption.ALLOCATOR, MediaPort.ALLOCATOR)
            .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
            .option(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, BEHIND)
            .handler(this);
    if (epoll) {
      bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
      bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, RECEIVED_BYTES);
      bootstrap.option(
          ChannelOption.RECVBUF_ALLOCATOR,
          new FixedRecvByteBufAllocator(RECEIVED_BYTES * READ_AT_ONCE).maxMessagesPerRead(READS));
    } else {
      bootstrap.option(
          ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVED_BYTES));
    }
    var bound = bootstrap.bind(address).awaitUninterruptibly();
    if (bound.cause() instanceof IOException e) {
      throw e;
    } else if (bound.cause() != null) {
      throw new IOException(bound.cause());
    }
    channel = bound.channel();
  }

  static UdpSocket open(NettyLoop loop, MediaPort port, int local, InetSocketAddress address)
      throws IOException {
    return new UdpSocket(loop, port, local, address);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    try {
      ByteBuf content = packet.content();
      int length = content.readableBytes();
      byte[] scratch = loop.scratch;
      if (length <= scratch.length) {
        content.readBytes(scratch, 0, length);
        long nowNanos = System.nanoTime();
        port.received(scratch, length, local, packet.sender(), nowNanos);
        loop.flushIfLate(nowNanos);
      }
    } finally {
      packet.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    loop.flush();
  }

  /** Offload fails where a device cannot do it: then it is left, and packets go one by one. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      dropped.incrementAndGet();
      if (segments && offloadRefused(cause) && ++refusals == REFUSALS) {
        segments = false;
        LOG.log(System.Logger.Level.INFO, "UDP segmentation offload is not to be had: {0}", cause);
      }
    } else {
      LOG.log(System.Logger.Level.ERROR, "a datagram failed", cause);
    }
  }

  private static boolean offloadRefused(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.contains("Input/output error") || message.contains("Invalid argument");
  }

  /** Sends one datagram at once; any thread. */
  boolean send(byte[] bytes, int offset, int length, InetSocketAddress to) {
    if (!channel.isWritable()) {
      dropped.incrementAndGet();
      return false;
    }
    ByteBuf content = MediaPort.ALLOCATOR.directBuffer(length, length);
    content.writeBytes(bytes, offset, length);
    write(new DatagramPacket(content, to));
    channel.flush();
    return true;
  }

  /**
   * Sends packets that lie one behind the other, in runs of one size of which the last may be
   * shorter (Linux UDP_SEGMENT). Releases the buffer.
   */
  void write(ByteBuf packets, int[] sizes, int count, InetSocketAddress to) {
    if (!channel.isWritable()) {
      dropped.addAndGet(count);
      packets.release();
      return;
    }
    int offset = packets.readerIndex();
    int next = 0;
    while (next < count) {
      int first = next;
      int size = sizes[next++];
      int bytes = size;
      while (segments && next < count && sizes[next] <= size && sizes[next - 1] == size) {
        bytes += sizes[next++];
      }
      boolean last = next == count;
      ByteBuf run =
          last && offset == packets.readerIndex()
              ? packets.retain()
              : packets.retainedSlice(offset, bytes);
      write(
          next - first == 1
              ? new DatagramPacket(run, to)
              : new SegmentedDatagramPacket(run, size, to));
      offset += bytes;
    }
    packets.release();
    if (!loop.inLoop()) {
      channel.flush(); // without epoll all loops share this socket, and its own loop knows nothing
    } else if (!touched) {
      touched = true;
      loop.touch(this);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // failures come to exceptionCaught
  private void write(DatagramPacket packet) {
    channel.write(packet, channel.voidPromise());
  }

  void flush() {
    touched = false;
    channel.flush();
  }

  int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** Packets that the kernel, or its queue, did not take. */
  long dropped() {
    return dropped.get();
  }

  void close() {
    channel.close().awaitUninterruptibly(1_000);
  }
}
