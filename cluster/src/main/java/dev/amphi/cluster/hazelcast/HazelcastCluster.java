package dev.amphi.cluster.hazelcast;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.amphi.cluster.Cluster;
import dev.amphi.cluster.node.NodeDirectory;
import dev.amphi.cluster.room.RemovalList;
import dev.amphi.cluster.room.RoomRegistry;

/** A cluster over Hazelcast members embedded in the nodes, which find each other by a list. */
public final class HazelcastCluster implements Cluster {
  private final HazelcastInstance member;
  private final HazelcastNodeDirectory nodes;
  private final HazelcastRoomRegistry rooms;
  private final HazelcastRemovalList removals;

  private HazelcastCluster(HazelcastInstance member) {
    this.member = member;
    this.nodes = new HazelcastNodeDirectory(member);
    this.rooms = new HazelcastRoomRegistry(member.getMap(MemberConfig.ROOMS), nodes.selfId());
    this.removals = new HazelcastRemovalList(member);
  }

  /**
   * Starts a member and joins the others that are there; blocks for some seconds.
   *
   * @throws IllegalStateException with a sentence for the operator when the port is taken or the
   *     address is not this machine's
   */
  public static HazelcastCluster join(MemberSettings settings) {
    try {
      return new HazelcastCluster(Hazelcast.newHazelcastInstance(MemberConfig.of(settings)));
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "The cluster port %s:%d cannot be used (%s): choose another cluster.port, or an address of this machine as cluster.host."
              .formatted(settings.bindAddress(), settings.port(), e.getMessage()),
          e);
    }
  }

  /** Where this member listens, as {@code 127.0.0.1:5701}. */
  public String memberAddress() {
    var address = member.getCluster().getLocalMember().getAddress();
    return address.getHost() + ":" + address.getPort();
  }

  @Override
  public NodeDirectory nodes() {
    return nodes;
  }

  @Override
  public RoomRegistry rooms() {
    return rooms;
  }

  @Override
  public RemovalList removals() {
    return removals;
  }

  @Override
  public void close() {
    member.shutdown();
  }
}
