package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.ice.IceCredentials;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/** An ICE path without a network; what a test tells its listener has happened. */
final class FakePath extends BarePath {
  final Listener listener;
  final List<byte[]> sent = new ArrayList<>();
  final List<Long> heard = new ArrayList<>();
  int restarts;

  FakePath(Listener listener) {
    this.listener = listener;
  }

  @Override
  public IceCredentials credentials() {
    return new IceCredentials("ufrag" + restarts, "password");
  }

  @Override
  public void restart(IceCredentials remote, List<String> remoteCandidates) {
    restarts++;
  }

  @Override
  public void heard(SocketAddress source, long nowNanos) {
    heard.add(nowNanos);
  }

  @Override
  public synchronized boolean send(byte[] buffer, int offset, int length) {
    sent.add(java.util.Arrays.copyOfRange(buffer, offset, offset + length));
    return true;
  }

  /** Hears nothing. */
  static final class Deaf implements Listener {
    @Override
    public void datagram(
        byte[] buffer, int offset, int length, SocketAddress source, long nowNanos) {}

    @Override
    public void validated(SocketAddress remote) {}

    @Override
    public void consented(long nowNanos) {}

    @Override
    public void failed(String reason) {}
  }
}
