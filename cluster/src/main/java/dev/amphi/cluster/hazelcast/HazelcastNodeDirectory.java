package dev.amphi.cluster.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.replicatedmap.ReplicatedMap;
import dev.amphi.cluster.node.NodeDirectory;
import dev.amphi.cluster.node.NodeLoad;
import dev.amphi.cluster.node.NodeRecord;
import java.util.List;
import java.util.Optional;

/** The nodes' records on a replicated map: every member has them all, reading is local. */
final class HazelcastNodeDirectory implements NodeDirectory {
  private final HazelcastInstance member;
  private final ReplicatedMap<String, NodeRecord> published;

  HazelcastNodeDirectory(HazelcastInstance member) {
    this.member = member;
    this.published = member.getReplicatedMap(MemberConfig.NODES);
  }

  private static String idOf(Member member) {
    return member.getUuid().toString();
  }

  @Override
  public String selfId() {
    return idOf(member.getCluster().getLocalMember());
  }

  @Override
  public void publish(String httpUrl, NodeLoad load) {
    String id = selfId();
    published.put(id, new NodeRecord(id, httpUrl, load));
  }

  @Override
  public List<NodeRecord> nodes() {
    return member.getCluster().getMembers().stream()
        .map(HazelcastNodeDirectory::idOf)
        .map(id -> Optional.ofNullable(published.get(id)))
        .flatMap(Optional::stream)
        .toList();
  }
}
