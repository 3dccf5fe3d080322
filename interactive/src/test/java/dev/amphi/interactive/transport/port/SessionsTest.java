package dev.amphi.interactive.transport.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.transport.ice.IcePath;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.1", 5_000);
  private static final UdpPair PAIR = new UdpPair(0, REMOTE);
  private static final long HELD = Sessions.HELD_NANOS;

  private static final class Deaf implements IcePath.Listener {
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

  @Test
  void anAddressIsNotTakenFromASessionThatIsHeard() {
    MediaPortConfig config =
        new MediaPortConfig(0, List.of(InetAddress.getLoopbackAddress()), false, 1);
    try (MediaPort port = MediaPort.open(config, new SecureRandom())) {
      ServerPath victim = new ServerPath(port, Runnable::run, new Deaf());
      ServerPath other = new ServerPath(port, Runnable::run, new Deaf());
      Sessions sessions = new Sessions(1);
      sessions.add(PAIR, victim, 0);
      sessions.add(PAIR, other, HELD);
      assertThat(sessions.byRemote(0, REMOTE)).isSameAs(victim);
      sessions.remove(PAIR, other);
      assertThat(sessions.byRemote(0, REMOTE)).isSameAs(victim);

      sessions.add(PAIR, victim, HELD);
      sessions.add(PAIR, other, 2 * HELD);
      assertThat(sessions.byRemote(0, REMOTE)).isSameAs(victim);

      sessions.add(PAIR, other, 2 * HELD + 1);
      assertThat(sessions.byRemote(0, REMOTE)).isSameAs(other);
      sessions.remove(PAIR, other);
      assertThat(sessions.byRemote(0, REMOTE)).isNull();
    }
  }
}
