package dev.amphi.interactive.transport.port;

import dev.amphi.interactive.rtp.PacketKind;
import dev.amphi.interactive.transport.ice.AddressPair;
import dev.amphi.interactive.transport.ice.IceCandidateLine;
import dev.amphi.interactive.transport.ice.IceCredentials;
import dev.amphi.interactive.transport.ice.IcePath;
import dev.amphi.interactive.transport.ice.StunMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The one port of a node's media, open on each of its addresses, and the loops that read it. Each
 * loop has its own socket on each address; a datagram whose transport lives on the loop that read
 * it is handled at once, any other goes over its transport's bounded queue.
 */
public final class MediaPort implements Outbox.Exit, AutoCloseable {
  static final ByteBufAllocator ALLOCATOR = new PooledByteBufAllocator(true);

  /** For port 0: the port that one address gives may be taken on another. */
  private static final int TRIES = 5;

  private final SecureRandom random;
  private final MediaLoops threads;
  private final List<NettyLoop> loops;
  private final List<InetAddress> addresses;
  private final UdpSocket[][] sockets;
  private final Sessions sessions;
  private final TcpListeners connections = new TcpListeners();
  private final List<String> candidates;
  private final AtomicLong strangers = new AtomicLong();
  private final AtomicLong oversize = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final int port;

  private MediaPort(MediaLoops threads, SecureRandom random, MediaPortConfig config)
      throws IOException {
    this.threads = threads;
    this.loops = threads.netty();
    this.random = random;
    FreePort free = FreePort.find(LocalAddresses.bound(config.addresses()), config);
    this.port = free.number();
    this.addresses = free.addresses();
    this.sockets = new UdpSocket[loops.size()][addresses.size()];
    this.sessions = new Sessions(addresses.size());
    List<InetAddress> told = config.addresses().isEmpty() ? addresses : config.addresses();
    this.candidates = IceCandidateLine.hosts(told, port, config.tcp());
    try {
      for (int l = 0; l < loops.size(); l++) {
        for (int a = 0; a < addresses.size(); a++) {
          sockets[l][a] =
              l > 0 && !NettyLoop.epoll()
                  ? sockets[0][a]
                  : UdpSocket.open(
                      loops.get(l), this, a, new InetSocketAddress(addresses.get(a), port));
          if (config.tcp() && (l == 0 || NettyLoop.epoll())) {
            connections.open(loops.get(l), this, addresses.get(a), port);
          }
        }
      }
    } catch (IOException e) {
      closeSockets();
      throw e;
    }
  }

  /**
   * Opens the port.
   *
   * @throws IllegalStateException with a sentence for the operator when the port is taken
   */
  public static MediaPort open(MediaPortConfig config, SecureRandom random) {
    MediaLoops threads = MediaLoops.start(config.loops());
    IOException last = new IOException("no address to listen on");
    for (int i = 0; i < (config.port() == 0 ? TRIES : 1); i++) {
      try {
        return new MediaPort(threads, random, config);
      } catch (IOException e) {
        last = e;
      }
    }
    threads.close();
    String why =
        FreePort.taken(last) ? "is in use" : "cannot be opened (" + last.getMessage() + ")";
    throw new IllegalStateException(
        "The media port "
            + config.port()
            + (last instanceof FreePort.TcpTaken ? " (TCP) " : " (UDP) ")
            + why
            + ": stop the program that holds it, or choose another with --media-port.",
        last);
  }

  /** The loops; rooms live on them. */
  public List<? extends MediaLoop> loops() {
    return loops;
  }

  /** The loop whose thread the caller is on, or null. */
  public static @Nullable MediaLoop currentLoop() {
    return NettyLoop.current();
  }

  /** The port's number. */
  public int port() {
    return port;
  }

  /**
   * Opens a session on this port.
   *
   * @param loop whose tasks the session is confined to
   */
  public IcePath session(Executor loop, IcePath.Listener listener) {
    return new ServerPath(this, loop, listener);
  }

  /** New credentials by which checks find that path. */
  IceCredentials register(ServerPath path) {
    IceCredentials credentials = IceCredentials.random(random);
    while (!sessions.add(credentials.key(), path)) {
      credentials = IceCredentials.random(random);
    }
    return credentials;
  }

  SecureRandom random() {
    return random;
  }

  Sessions sessions() {
    return sessions;
  }

  List<String> candidates() {
    return candidates;
  }

  /** Takes a datagram on the loop that read it. */
  void received(byte[] bytes, int length, int local, InetSocketAddress remote, long nowNanos) {
    if (length > IcePath.MAX_DATAGRAM_BYTES) {
      oversize.incrementAndGet();
    } else if (remote.getPort() == 0) {
      strangers.incrementAndGet(); // nothing can be sent there: a lie
    } else if (PacketKind.of(bytes, 0, length) == PacketKind.STUN) {
      // A check says whose it is; an answer to ours comes from where we asked.
      ServerPath path = sessions.byCheck(bytes, length);
      if (path == null && StunMessage.type(bytes, length) == StunMessage.BINDING_SUCCESS) {
        path = sessions.byRemote(local, remote);
      }
      if (path == null) {
        strangers.incrementAndGet();
      } else {
        path.check(bytes, length, new UdpPair(local, remote), nowNanos);
      }
    } else {
      ServerPath path = sessions.byRemote(local, remote);
      if (path == null) {
        strangers.incrementAndGet();
      } else {
        path.datagram(bytes, length, remote, nowNanos);
      }
    }
  }

  /** Takes a STUN message that came over a connection; false when it names no session. */
  boolean checked(byte[] bytes, int length, TcpPair pair, long nowNanos) {
    ServerPath path = sessions.byCheck(bytes, length);
    if (path == null) {
      strangers.incrementAndGet();
      return false;
    }
    path.check(bytes, length, pair, nowNanos);
    return true;
  }

  /** A check that was for one of ours, and wrong. */
  void refused() {
    refused.incrementAndGet();
  }

  /** Sends one datagram at once; any thread. */
  boolean send(byte[] bytes, int offset, int length, AddressPair to, @Nullable NettyLoop home) {
    return switch (to) {
      case UdpPair udp -> socket(udp, home).send(bytes, offset, length, udp.remote());
      case TcpPair tcp -> tcp.connection().send(bytes, offset, length);
      default -> throw new IllegalArgumentException("No pair of this port: " + to);
    };
  }

  private UdpSocket socket(UdpPair pair, @Nullable NettyLoop home) {
    return sockets[home == null ? 0 : home.index()][pair.local()];
  }

  @Override
  public void write(ByteBuf packets, int[] sizes, int count, AddressPair to) {
    switch (to) {
      case UdpPair udp ->
          socket(udp, NettyLoop.current()).write(packets, sizes, count, udp.remote());
      case TcpPair tcp -> tcp.connection().write(packets, sizes, count);
      default -> throw new IllegalArgumentException("No pair of this port: " + to);
    }
  }

  @Override
  public void flush(AddressPair to) {
    if (to instanceof UdpPair udp) {
      socket(udp, NettyLoop.current()).flush();
    }
  }

  /** What happened to datagrams before they found a session. */
  public PortStats stats() {
    long unsent = 0;
    for (UdpSocket[] row : sockets) {
      for (UdpSocket socket : row) {
        unsent += socket.dropped();
      }
    }
    return new PortStats(
        sessions.size(),
        strangers.get(),
        oversize.get(),
        refused.get(),
        unsent,
        connections.connections(),
        connections.refusals(),
        connections.drops());
  }

  @Override
  public void close() {
    closeSockets();
    threads.close();
  }

  private void closeSockets() {
    connections.close();
    for (UdpSocket[] row : sockets) {
      for (UdpSocket socket : row) {
        if (socket != null) {
          socket.close();
        }
      }
    }
  }
}
