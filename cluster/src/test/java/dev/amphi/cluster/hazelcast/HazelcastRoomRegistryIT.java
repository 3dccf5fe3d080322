package dev.amphi.cluster.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.cluster.node.NodeLoad;
import dev.amphi.cluster.node.NodeRecord;
import dev.amphi.cluster.room.RoomRegistry;
import dev.amphi.cluster.room.RoomRegistryContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two real members on loopback that find each other by an explicit list. */
class HazelcastRoomRegistryIT extends RoomRegistryContract {
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
  protected RoomRegistry first() {
    return a.rooms();
  }

  @Override
  protected RoomRegistry second() {
    return b.rooms();
  }

  @Test
  void eachNodeSeesTheOthersRecordAndLoad() {
    a.nodes().publish("http://127.0.0.1:1", NodeLoad.IDLE);
    b.nodes().publish("http://127.0.0.1:2", new NodeLoad(0.5, 3, 4, 5, true));

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(a.nodes().node(b.nodes().selfId()))
                  .contains(
                      new NodeRecord(
                          b.nodes().selfId(),
                          "http://127.0.0.1:2",
                          new NodeLoad(0.5, 3, 4, 5, true)));
              assertThat(b.nodes().nodes()).hasSize(2);
            });
  }

  @Test
  void aTakenPortIsToldInASentence() {
    int taken =
        Integer.parseInt(a.memberAddress().substring(a.memberAddress().lastIndexOf(':') + 1));
    assertThatThrownBy(
            () ->
                HazelcastCluster.join(
                    new MemberSettings("another", "127.0.0.1", taken, List.of("127.0.0.1:1"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("127.0.0.1:" + taken)
        .hasMessageContaining("cluster.port");
  }
}
