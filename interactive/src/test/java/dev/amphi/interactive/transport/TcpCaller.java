package dev.amphi.interactive.transport;

import dev.amphi.interactive.rtp.PacketKind;
import dev.amphi.interactive.transport.ice.IceCredentials;
import dev.amphi.interactive.transport.ice.StunMessage;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.Random;

/** A client's ICE session over TCP (RFC 6544, active), without consent checks. */
final class TcpCaller extends BarePath {
  private final Listener listener;
  private final Random random = new Random();
  private final IceCredentials local = IceCredentials.random(random);
  final Socket socket;
  private final DataOutputStream out;

  TcpCaller(int port, Listener listener) {
    try {
      this.listener = listener;
      socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
      out = new DataOutputStream(socket.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public IceCredentials credentials() {
    return local;
  }

  @Override
  public void start(IceCredentials remote, List<String> remoteCandidates) {
    check(remote);
    Thread.ofVirtual().start(() -> read(remote));
  }

  /** Sends a check that nominates. */
  void check(IceCredentials remote) {
    byte[] transaction = new byte[StunMessage.TRANSACTION_BYTES];
    random.nextBytes(transaction);
    byte[] check =
        StunMessage.request(
            transaction, remote.ufrag() + ":" + local.ufrag(), remote.password(), 1, 100);
    send(check, 0, check.length);
  }

  private void read(IceCredentials remote) {
    byte[] frame = new byte[MAX_DATAGRAM_BYTES];
    try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
      while (true) {
        int length = in.readUnsignedShort();
        in.readFully(frame, 0, length);
        SocketAddress from = socket.getRemoteSocketAddress();
        if (PacketKind.of(frame, 0, length) != PacketKind.STUN) {
          listener.datagram(frame, 0, length, from, System.nanoTime());
        } else if (StunMessage.authentic(frame, length, remote.password())) {
          listener.validated(from);
        }
      }
    } catch (IOException e) {
      listener.failed("the connection ended");
    }
  }

  @Override
  public void restart(IceCredentials remote, List<String> remoteCandidates) {
    check(remote);
  }

  @Override
  public synchronized boolean send(byte[] buffer, int offset, int length) {
    try {
      out.writeShort(length);
      out.write(buffer, offset, length);
      out.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
