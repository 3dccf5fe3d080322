package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.ice.AddressPair;
import dev.amphi.interactive.transport.ice.IceCredentials;
import dev.amphi.interactive.transport.ice.IcePath;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An ICE path without a network; what a test tells its listener has happened. */
final class FakePath implements IcePath {
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
  public List<String> candidates() {
    return List.of();
  }

  @Override
  public void start(IceCredentials remote, List<String> remoteCandidates) {}

  @Override
  public void restart(IceCredentials remote, List<String> remoteCandidates) {
    restarts++;
  }

  @Override
  public boolean gather(byte[] buffer, int offset, int length) {
    return send(buffer, offset, length);
  }

  @Override
  public void flush() {}

  @Override
  public void heard(SocketAddress source, long nowNanos) {
    heard.add(nowNanos);
  }

  @Override
  public @Nullable AddressPair selected() {
    return null;
  }

  @Override
  public long switches() {
    return 0;
  }

  @Override
  public synchronized boolean send(byte[] buffer, int offset, int length) {
    sent.add(java.util.Arrays.copyOfRange(buffer, offset, offset + length));
    return true;
  }

  @Override
  public void close() {}

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
