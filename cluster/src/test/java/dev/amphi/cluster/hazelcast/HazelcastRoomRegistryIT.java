package dev.amphi.cluster.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.cluster.node.NodeLoad;
import dev.amphi.cluster.node.NodeRecord;
import dev.amphi.cluster.room.RoomRegistry;
import dev.amphi.cluster.room.RoomRegistryContract;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two real members on loopback that find each other by an explicit list. */
class HazelcastRoomRegistryIT extends RoomRegistryContract {
  private static TwoMembers members;

  @BeforeAll
  static void join() throws IOException {
    members = TwoMembers.join();
  }

  @AfterAll
  static void leave() {
    members.close();
  }

  @Override
  protected RoomRegistry first() {
    return members.a().rooms();
  }

  @Override
  protected RoomRegistry second() {
    return members.b().rooms();
  }

  @Test
  void eachNodeSeesTheOthersRecordAndLoad() {
    members.a().nodes().publish("http://127.0.0.1:1", NodeLoad.IDLE);
    members.b().nodes().publish("http://127.0.0.1:2", new NodeLoad(0.5, 3, 4, 5, true));

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(members.a().nodes().node(members.b().nodes().selfId()))
                  .contains(
                      new NodeRecord(
                          members.b().nodes().selfId(),
                          "http://127.0.0.1:2",
                          new NodeLoad(0.5, 3, 4, 5, true)));
              assertThat(members.b().nodes().nodes()).hasSize(2);
            });
  }

  @Test
  void aTakenPortIsToldInASentence() {
    int taken =
        Integer.parseInt(
            members
                .a()
                .memberAddress()
                .substring(members.a().memberAddress().lastIndexOf(':') + 1));
    assertThatThrownBy(
            () ->
                HazelcastCluster.join(
                    new MemberSettings("another", "127.0.0.1", taken, List.of("127.0.0.1:1"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("127.0.0.1:" + taken)
        .hasMessageContaining("cluster.port");
  }
}
