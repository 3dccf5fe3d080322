package dev.amphi.cluster.hazelcast;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/** Two real members on loopback that find each other by an explicit list. */
record TwoMembers(HazelcastCluster a, HazelcastCluster b) implements AutoCloseable {
  static TwoMembers join() throws IOException {
    int portA = freePort();
    int portB = freePort();
    List<String> members = List.of("127.0.0.1:" + portA, "127.0.0.1:" + portB);
    String name = "test-" + portA;
    return new TwoMembers(
        HazelcastCluster.join(new MemberSettings(name, "127.0.0.1", portA, members)),
        HazelcastCluster.join(new MemberSettings(name, "127.0.0.1", portB, members)));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    b.close();
    a.close();
  }
}
