package dev.amphi.cluster.hazelcast;

import dev.amphi.cluster.room.RemovalList;
import dev.amphi.cluster.room.RemovalListContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Two real members on loopback. */
class HazelcastRemovalListIT extends RemovalListContract {
  private static HazelcastCluster a;
  private static HazelcastCluster b;

  @BeforeAll
  static void join() throws IOException {
    int portA = freePort();
    int portB = freePort();
    List<String> members = List.of("127.0.0.1:" + portA, "127.0.0.1:" + portB);
    a = HazelcastCluster.join(new MemberSettings("test-" + portA, "127.0.0.1", portA, members));
    b = HazelcastCluster.join(new MemberSettings("test-" + portA, "127.0.0.1", portB, members));
  }

  @AfterAll
  static void leave() {
    b.close();
    a.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  protected RemovalList first() {
    return a.removals();
  }

  @Override
  protected RemovalList second() {
    return b.removals();
  }
}
