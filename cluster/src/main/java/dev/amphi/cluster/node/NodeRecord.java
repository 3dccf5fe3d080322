package dev.amphi.cluster.node;

/**
 * A member of the cluster.
 *
 * @param id unique for each start of a node
 * @param httpUrl where other nodes reach its HTTP port, as {@code http://10.0.0.5:8080}
 */
public record NodeRecord(String id, String httpUrl, NodeLoad load) {}
