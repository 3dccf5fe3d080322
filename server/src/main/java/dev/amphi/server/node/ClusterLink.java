package dev.amphi.server.node;

import dev.amphi.cluster.Cluster;
import dev.amphi.cluster.hazelcast.HazelcastCluster;
import dev.amphi.cluster.hazelcast.MemberSettings;
import dev.amphi.cluster.memory.MemoryCluster;
import dev.amphi.server.config.ServerConfig;
import java.util.UUID;

/** Joins the other nodes, or stands for a cluster of one. */
final class ClusterLink {
  private ClusterLink() {}

  static Cluster join(ServerConfig.Cluster config) throws StartException {
    if (!config.enabled()) {
      return new MemoryCluster(new MemoryCluster.Memory(), UUID.randomUUID().toString());
    }
    try {
      return HazelcastCluster.join(
          new MemberSettings("amphi", config.host(), config.port(), config.members()));
    } catch (IllegalStateException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }
}
