package dev.amphi.cluster.hazelcast;

import java.util.List;

/**
 * How this node joins the others.
 *
 * @param clusterName nodes with another name are not let in
 * @param bindAddress the one private interface to listen on
 * @param port the member port, 0 for any free one
 * @param members {@code host:port} of the nodes to look for; the only way nodes find each other
 */
public record MemberSettings(
    String clusterName, String bindAddress, int port, List<String> members) {
  public MemberSettings {
    members = List.copyOf(members);
  }
}
