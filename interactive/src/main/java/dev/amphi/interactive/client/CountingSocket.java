package dev.amphi.interactive.client;

import dev.amphi.interactive.rtp.PacketKind;
import dev.amphi.interactive.transport.RemoteParameters;
import dev.amphi.interactive.transport.caller.ConnectivityChecks;
import dev.amphi.interactive.transport.ice.IceCandidateLine;
import dev.amphi.interactive.transport.ice.IceCredentials;
import dev.amphi.interactive.transport.ice.StunMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The ICE side of a counting client (controlling, RFC 8445) on a non-blocking IPv4 socket, which is
 * connected to the server's address as soon as a check proved it. Confined to a loop, but for
 * {@link #send}.
 */
final class CountingSocket {
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
  private static final int MAX_DATAGRAM = 1_501;

  /** So many of one client's, before it is the others' turn. */
  private static final int BURST = 64;

  private final RandomGenerator random;
  private final DatagramChannel channel;
  private final IceCredentials credentials;
  private final byte[] bytes = new byte[MAX_DATAGRAM];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private @Nullable ConnectivityChecks checks;
  private volatile @Nullable InetSocketAddress selected;

  /** Takes what is not STUN; the bytes are valid during the call only. */
  interface Datagrams {
    void take(byte[] bytes, int length, long nowNanos);
  }

  CountingSocket(RandomGenerator random) {
    this.random = random;
    this.credentials = IceCredentials.random(random);
    try {
      channel = DatagramChannel.open(StandardProtocolFamily.INET);
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
      channel.bind(null);
    } catch (IOException e) {
      throw new UncheckedIOException("No UDP socket could be opened", e);
    }
  }

  void register(Selector selector, CountingClient client) {
    try {
      channel.register(selector, SelectionKey.OP_READ, client);
    } catch (IOException e) {
      throw new UncheckedIOException("The socket could not be registered", e);
    }
  }

  String ufrag() {
    return credentials.ufrag();
  }

  String password() {
    return credentials.password();
  }

  void start(RemoteParameters remote) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String line : remote.candidates()) {
      IceCandidateLine.udpAddress(line)
          .filter(address -> address.getAddress() instanceof Inet4Address)
          .ifPresent(addresses::add);
    }
    IceCredentials far = new IceCredentials(remote.ufrag(), remote.password());
    checks = new ConnectivityChecks(random, credentials, far, addresses, System.nanoTime());
  }

  void poll(long nowNanos) {
    if (checks != null) {
      checks.poll(nowNanos, (message, to) -> sendTo(ByteBuffer.wrap(message), to));
    }
  }

  /**
   * Sends to the proved address; any thread. What the socket does not take is lost, as on a net.
   */
  void send(byte[] from, int offset, int length) {
    InetSocketAddress to = selected;
    if (to != null) {
      sendTo(ByteBuffer.wrap(from, offset, length), to);
    }
  }

  private void sendTo(ByteBuffer message, InetSocketAddress to) {
    try {
      channel.send(message, to);
    } catch (IOException e) {
      // Nobody listens there, or nobody any more: the checks find out.
    }
  }

  /** Reads what came: checks and their answers stay here, the rest goes on. */
  void read(Runnable validated, Datagrams datagrams) {
    for (int i = 0; i < BURST; i++) {
      buffer.clear();
      InetSocketAddress from = receive();
      int length = buffer.position();
      if (from == null || length == 0) {
        return;
      }
      long nowNanos = System.nanoTime();
      if (PacketKind.of(bytes, 0, length) == PacketKind.STUN) {
        stun(length, from, nowNanos, validated);
      } else if (selected != null) {
        datagrams.take(bytes, length, nowNanos);
      }
    }
  }

  private @Nullable InetSocketAddress receive() {
    InetSocketAddress known = selected;
    try {
      if (known == null) {
        return (InetSocketAddress) channel.receive(buffer);
      }
      return channel.read(buffer) > 0 ? known : null;
    } catch (IOException e) {
      return null;
    }
  }

  private void stun(int length, InetSocketAddress from, long nowNanos, Runnable validated) {
    ConnectivityChecks known = checks;
    if (known == null) {
      return;
    }
    switch (StunMessage.type(bytes, length)) {
      case StunMessage.BINDING_SUCCESS -> {
        InetSocketAddress proved = known.answered(bytes, length, from, nowNanos);
        if (proved != null && selected == null) {
          connect(proved);
          validated.run();
        }
      }
      case StunMessage.BINDING_REQUEST -> {
        if (StunMessage.authentic(bytes, length, credentials.password())) {
          byte[] answer =
              StunMessage.success(
                  StunMessage.transaction(bytes),
                  from.getAddress(),
                  from.getPort(),
                  credentials.password());
          sendTo(ByteBuffer.wrap(answer), from);
        }
      }
      default -> {
        // Errors and indications change nothing: the next check tells.
      }
    }
  }

  private void connect(InetSocketAddress proved) {
    try {
      channel.connect(proved);
      selected = proved;
    } catch (IOException e) {
      throw new UncheckedIOException("The socket could not be connected", e);
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The socket could not be closed", e);
    }
  }
}
