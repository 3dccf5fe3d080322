package dev.amphi.interactive.transport.caller;

import dev.amphi.interactive.rtp.PacketKind;
import dev.amphi.interactive.transport.ice.AddressPair;
import dev.amphi.interactive.transport.ice.IceCandidateLine;
import dev.amphi.interactive.transport.ice.IceCredentials;
import dev.amphi.interactive.transport.ice.IcePath;
import dev.amphi.interactive.transport.ice.StunMessage;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The caller's ICE session: one socket on a free port, read by one virtual thread. */
public final class CallerPath implements IcePath {
  private static final int CHECKING_WAIT_MILLIS = 20;
  private static final int CONNECTED_WAIT_MILLIS = 500;

  /** One byte more than anybody may send, so that what is too large shows. */
  private static final int RECEIVE_BYTES = 1_501;

  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

  private final Listener listener;
  private final SecureRandom random;
  private final DatagramSocket socket;
  private volatile IceCredentials local;
  private volatile @Nullable ConnectivityChecks checks;
  private volatile @Nullable Selected selected;
  private volatile boolean closed;

  private CallerPath(Listener listener, SecureRandom random, DatagramSocket socket) {
    this.listener = listener;
    this.random = random;
    this.socket = socket;
    this.local = IceCredentials.random(random);
  }

  private record Selected(InetSocketAddress remote) implements AddressPair {
    @Override
    public boolean tcp() {
      return false;
    }
  }

  /**
   * Opens a socket on any free port.
   *
   * @throws IllegalStateException when the system gives no socket
   */
  public static CallerPath open(SecureRandom random, Listener listener) {
    try {
      DatagramSocket socket = new DatagramSocket(0);
      socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
      return new CallerPath(listener, random, socket);
    } catch (IOException e) {
      throw new IllegalStateException("No UDP socket could be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public IceCredentials credentials() {
    return local;
  }

  /** Begins an ICE restart: the next offer has new credentials, and its answer goes to restart. */
  public void renew() {
    local = IceCredentials.random(random);
  }

  /** Loopback only: the server learns the real address from the checks. */
  @Override
  public List<String> candidates() {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return List.of(IceCandidateLine.host(1, 2_130_706_431L, loopback, socket.getLocalPort()));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  @Override
  public void start(IceCredentials remote, List<String> remoteCandidates) {
    begin(remote, remoteCandidates);
    Thread.ofVirtual().name("ice-caller-" + local.ufrag()).start(this::run);
  }

  @Override
  public void restart(IceCredentials remote, List<String> remoteCandidates) {
    begin(remote, remoteCandidates);
  }

  private void begin(IceCredentials remote, List<String> remoteCandidates) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String line : remoteCandidates) {
      IceCandidateLine.udpAddress(line).ifPresent(addresses::add);
    }
    checks = new ConnectivityChecks(random, local, remote, addresses, System.nanoTime());
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length) {
    Selected to = selected;
    return to != null && send(buffer, offset, length, to.remote());
  }

  /** A client has one far side: what it sends goes at once. */
  @Override
  public boolean gather(byte[] buffer, int offset, int length) {
    return send(buffer, offset, length);
  }

  @Override
  public void flush() {}

  @Override
  public void heard(SocketAddress source, long nowNanos) {}

  @Override
  public @Nullable AddressPair selected() {
    return selected;
  }

  @Override
  public long switches() {
    return 0;
  }

  private boolean send(byte[] buffer, int offset, int length, InetSocketAddress to) {
    try {
      socket.send(new DatagramPacket(buffer, offset, length, to));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    socket.close();
  }

  private void run() {
    byte[] buffer = new byte[RECEIVE_BYTES];
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    try {
      while (!closed) {
        ConnectivityChecks checking = Objects.requireNonNull(checks);
        checking.poll(System.nanoTime(), (message, to) -> send(message, 0, message.length, to));
        socket.setSoTimeout(checking.connected() ? CONNECTED_WAIT_MILLIS : CHECKING_WAIT_MILLIS);
        packet.setLength(buffer.length);
        try {
          socket.receive(packet);
        } catch (SocketTimeoutException e) {
          continue;
        }
        received(
            buffer, packet.getLength(), (InetSocketAddress) packet.getSocketAddress(), checking);
      }
    } catch (IOException e) {
      if (!closed) {
        listener.failed("the socket failed: " + e.getMessage());
      }
    }
  }

  private void received(
      byte[] buffer, int length, InetSocketAddress from, ConnectivityChecks checking) {
    long nowNanos = System.nanoTime();
    if (PacketKind.of(buffer, 0, length) != PacketKind.STUN) {
      listener.datagram(buffer, 0, length, from, nowNanos);
      return;
    }
    switch (StunMessage.type(buffer, length)) {
      case StunMessage.BINDING_SUCCESS -> {
        boolean before = checking.connected();
        InetSocketAddress proved = checking.answered(buffer, length, from, nowNanos);
        if (proved != null) {
          if (!before) {
            selected = new Selected(proved);
          }
          listener.validated(proved);
        }
        if (checking.lastAnswerNanos() == nowNanos) {
          listener.consented(nowNanos);
        }
      }
      case StunMessage.BINDING_REQUEST -> {
        String password = local.password();
        if (StunMessage.authentic(buffer, length, password)) {
          byte[] answer =
              StunMessage.success(
                  StunMessage.transaction(buffer), from.getAddress(), from.getPort(), password);
          send(answer, 0, answer.length, from);
        }
      }
      default -> {
        // Errors and indications change nothing: the next check tells.
      }
    }
  }
}
