package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.ice.AddressPair;
import dev.amphi.interactive.transport.ice.IceCredentials;
import dev.amphi.interactive.transport.ice.IcePath;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An ICE path that names no candidates, gathers nothing and never moves. */
abstract class BarePath implements IcePath {
  @Override
  public List<String> candidates() {
    return List.of();
  }

  @Override
  public void start(IceCredentials remote, List<String> remoteCandidates) {}

  @Override
  public void restart(IceCredentials remote, List<String> remoteCandidates) {}

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
    return null;
  }

  @Override
  public long switches() {
    return 0;
  }

  @Override
  public void close() {}
}
